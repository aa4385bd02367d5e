import assert from "node:assert/strict";
import { test } from "node:test";
import { array, constantFrom, nat, property, assert as check } from "fast-check";
import MarkdownIt, { type Token } from "markdown-it";
import { AnswerBlocks } from "../../media/chatBlocks.ts";
import { codeBlocks } from "../../src/chat/codeBlocks.ts";

const parser = new MarkdownIt({ html: false });

interface Shown {
  readonly line: number;
  readonly kind: string;
  text: string;
  /** Code blocks within. */
  readonly nested: readonly { readonly line: number; readonly text: string }[];
}

/** What stands on the page after the chunks have come: blocks in order, code as text and the others as HTML. */
function shown(chunks: readonly string[]): readonly Shown[] {
  const blocks = new AnswerBlocks(parser);
  const done: Shown[] = [];
  const take = (): void => {
    for (let steps = 0; ; steps += 1) {
      assert.ok(steps < 100_000, "It goes on for ever.");
      const parts = blocks.next();
      if (parts.length === 0) return;
      for (const part of parts) {
        if (part.kind === "markdown") {
          if (part.isDone) done.push(...rendered(part.tokens, part.line));
          continue;
        }
        const known = done.at(-1);
        if (known?.line === part.line && known.kind === part.kind) known.text += part.added;
        else done.push({ line: part.line, kind: part.kind, text: part.added, nested: [] });
      }
    }
  };
  for (const chunk of chunks) {
    blocks.append(chunk);
    take();
  }
  blocks.end();
  take();
  return done;
}

function rendered(tokens: readonly Token[], line: number): readonly Shown[] {
  const all: Shown[] = [];
  for (let from = 0; from < tokens.length;) {
    let to = from + 1;
    while (to < tokens.length && tokens[to - 1]?.level !== 0) to += 1;
    if (tokens[from]?.nesting === 1)
      to = tokens.findIndex(({ level, nesting }, at) => at > from && level === 0 && nesting === -1) + 1;
    const token = tokens[from];
    const at = line + (token?.map?.[0] ?? 0);
    if (token?.type === "fence") all.push({ line: at, kind: "code", text: token.content, nested: [] });
    else {
      const part = tokens.slice(from, to);
      const text = parser.renderer.render(part, parser.options, {});
      const fences = part.filter(({ type }) => type === "fence");
      const nested = fences.map(({ map, content }) => ({ line: line + (map?.[0] ?? 0), text: content }));
      all.push({ line: at, kind: "html", text, nested });
    }
    from = to;
  }
  return all;
}

const piece = constantFrom(
  "```",
  "````ts\n",
  "~~~",
  "\n> ",
  "\n- ",
  "\n1. ",
  "2",
  "  ",
  "    ",
  "\t",
  "\n",
  "\n\n",
  "\r\n",
  "\r",
  "a",
  " | ",
  "\n---|---\n",
  "===",
  "---",
  "`",
  "*b*",
  "# ",
);

test("an answer that comes in pieces is shown like one that comes at once", () => {
  check(
    property(array(piece, { maxLength: 40 }), array(nat(5), { minLength: 1, maxLength: 8 }), (pieces, cuts) => {
      const markdown = pieces.join("");
      const chunks: string[] = [];
      for (let at = 0, turn = 0; at < markdown.length; turn += 1) {
        const size = (cuts[turn % cuts.length] ?? 0) + 1;
        chunks.push(markdown.slice(at, at + size));
        at += size;
      }
      assert.deepEqual(shown(chunks), rendered(parser.parse(markdown, {}), 0));
    }),
    { numRuns: 3_000 },
  );
});

test("the code blocks of a long answer have the lines by which the extension knows them", () => {
  const parts = Array.from(
    { length: 400 },
    (_, at) =>
      `Text ${at}\n\n- item\n\n  \`\`\`ts\n  a(${at});\n  \`\`\`\n\n~~~ py\nb = ${at}\n\n\n${"c\n".repeat(at)}~~~\n`,
  );
  const markdown = parts.join("\n");
  const lines = shown([markdown]).flatMap(({ line, kind, text }) => (kind === "code" ? [[line, text]] : []));
  const known = codeBlocks(markdown).filter(({ language }) => language === "py");
  assert.deepEqual(
    lines,
    known.map(({ line, text }) => [line, text]),
  );
});

test("a line of megabytes is not parsed", () => {
  const line = "[a](b)*".repeat(700_000);
  const [only, next] = shown([`${line}\n`, "after"]);
  assert.deepEqual([only?.kind, only?.text.length, next?.text], ["plain", line.length + 1, "<p>after</p>\n"]);
});

test("a definition counts once it is whole, for what comes later too", () => {
  const blocks = shown(["one\n\ntwo\n\n[a]: htt", "ps://example.com\n\nthree\n\n", "[a] four\n\nfive"]);
  assert.match(blocks.map(({ text }) => text).join(""), /<a href="https:\/\/example.com">a<\/a> four/);
});

const rows = (count: number, prefix: string): string =>
  Array.from({ length: count }, (_, at) => `${prefix}const value${at} = ${at};\n`).join("");

for (const [name, markdown] of Object.entries({
  "in the items of a list": Array.from(
    { length: 300 },
    (_, at) => `${at + 1}. Step ${at}\n\n       indented\n\n   \`\`\`ts\n${rows(at % 9, "   ")}   \`\`\`\n   and on\n`,
  ).join(""),
  "that are longer than what is parsed at once": `- a\n\n  ~~~ts a.ts\n${rows(900, "    ")}\n  ~~~\n\n  b\n- c\n\n  ~~~\n${rows(900, "  ")}- d\n\n# e\n`,
  "below each other's marks": `10. - \`\`\`ts\n${rows(900, "      ")}      \`\`\`\n10. b\n    \`\`\`\`\n${rows(900, "\t")}    \`\`\`\n    \`\`\`\`\n\nafter\n`,
  "in quotations": `> - a\n>   \`\`\`ts\n${rows(900, ">   ")}>   \`\`\`\n\n> \`\`\`\n${rows(900, "> ")}after\n\n\`\`\`\nb\n\`\`\`\n`,
}))
  test(`code blocks ${name} are shown as the extension knows them, however they come`, () => {
    const known = codeBlocks(markdown).map(({ line, text }) => ({ line, text }));
    assert.ok(known.length > 1);
    for (const size of [markdown.length, 4_000, 7]) {
      const chunks = Array.from({ length: Math.ceil(markdown.length / size) }, (_, at) =>
        markdown.slice(at * size, (at + 1) * size),
      );
      assert.deepEqual(codeOf(shown(chunks)), known);
    }
  });

/** Of code that stands in a list or a quotation, too. */
function codeOf(blocks: readonly Shown[]): readonly { readonly line: number; readonly text: string }[] {
  return blocks.flatMap(({ kind, line, text, nested }) => (kind === "code" ? [{ line, text }] : nested));
}
