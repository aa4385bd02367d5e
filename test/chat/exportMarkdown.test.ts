import assert from "node:assert/strict";
import { test } from "node:test";
import MarkdownIt from "markdown-it";
import { contained } from "../../src/chat/containedMarkdown.ts";
import { emptyThread, type Thread } from "../../src/chat/conversation.ts";
import { type ExportWords, linkTo, markdownOf } from "../../src/chat/exportMarkdown.ts";
import { answered, asked } from "../../src/chat/threads.ts";
import { answer, picture, piece, question } from "../support/threads.ts";

const words: ExportWords = {
  untitled: "Untitled",
  question: "You",
  answer: "Pairwise",
  attached: "Attached",
  used: "Pieces used",
  tools: "Tools",
  state: ({ state }) => (state.kind === "stopped" ? "stopped" : ""),
  time: (at) => `at ${at}`,
  link: (place) =>
    "path" in place && place.path !== undefined ? `${place.path}#L${(place.line ?? 0) + 1}` : undefined,
};

function exported(text: string, reply: string, next?: string): string {
  let thread: Thread = asked(emptyThread("t", 1), question("q", undefined, { text }), 1);
  thread = answered(thread, answer("a", "q", { text: reply, state: { kind: "stopped" } }), 2);
  if (next !== undefined) thread = asked(thread, question("n", "a", { text: next }), 3);
  return markdownOf(thread, words);
}

test("a thread reads as a document, with models, times, attachments and pieces", () => {
  const first = question("q", undefined, {
    text: "What is this?",
    command: "explain",
    attachments: [picture(4)],
    pieces: [
      piece("x", { label: "a_b.ts:3", path: "src/a (1).ts" }),
      piece("x", { label: "problems", path: undefined }),
    ],
  });
  const tools = [{ id: "1", name: "read_file", arguments: '{"path":"a`b"}', state: "done", result: "secret" }] as const;
  const thread = answered(asked(emptyThread("t", 1), first, 1), answer("a", "q", { text: "A **cart**.", tools }), 2);
  assert.equal(
    markdownOf(thread, words),
    `# /explain What is this?

## You

*at 1000*

**/explain** What is this?

Attached:

- shot.png

Pieces used:

- [a\\_b.ts:3](<src/a%20(1).ts#L3>)
- problems

## Pairwise

*at 2000 · local/small*

A **cart**.

Tools:

- \`\`read_file {"path":"a\`b"}\`\`
`,
  );
  assert.match(markdownOf(emptyThread("t", 1), words), /^# Untitled\n$/);
});

test("a fence that an answer left open does not swallow what follows", () => {
  assert.match(exported("?", "```ts\nlet a = `x`;", "Next?"), /let a = `x`;\n```\n\n## You/);
  assert.match(exported("?", "````md\n```\ninner\n```", "Next?"), /inner\n```\n````\n\n## You/);
  assert.equal(contained("~~~\n```\n~~~ \nx"), "~~~\n```\n~~~ \nx");
  assert.equal(contained("``` not a `fence`\ntext"), "``` not a `fence`\ntext");
});

test("where only a parser could tell what is open, the text is quoted", () => {
  assert.equal(contained("- a\n  ```\ncode\n  ```"), "> - a\n>   ```\n> code\n>   ```");
  assert.equal(contained("> ```\n\ntext"), "> > ```\n>\n> text");
});

test("HTML in an answer is text, and code is left as it is", () => {
  assert.equal(contained("<!-- a\n<img src=x onerror=alert(1)>"), "\\<!-- a\n\\<img src=x onerror=alert(1)>");
  assert.equal(contained("`<b>` and ``<i> ` </i>`` but <u>"), "`<b>` and ``<i> ` </i>`` but \\<u>");
  assert.equal(contained("a ` <b> and 1 < 2"), "a ` \\<b> and 1 < 2");
  assert.equal(contained("<https://example.org>"), "<https://example.org>");
  assert.equal(contained("```html\n<div>\n```"), "```html\n<div>\n```");
});

test("names that files have can't write into the document", () => {
  const evil = piece("x", { label: "a](javascript:x)\n# b", path: "x>\n<y" });
  const thread = asked(emptyThread("t", 1), question("q", undefined, { text: "?", pieces: [evil] }), 1);
  assert.match(markdownOf(thread, words), /^- \[a\\\]\(javascript:x\) \\# b\]\(<x%3E%0A%3Cy#L3>\)$/m);
});

test("a link leads to the file, whatever its name has", () => {
  const name = "50% of a#b?c &amp; d.ts";
  const thread = asked(emptyThread("t", 1), question("q", undefined, { pieces: [piece("x", { label: name })] }), 1);
  const document = markdownOf(thread, { ...words, link: () => linkTo(name) });
  const html = new MarkdownIt().render(document);
  const [, target = "", label] = /<a href="([^"]*)">([^<]*)<\/a>/.exec(html) ?? [];
  assert.equal(new URL(target, "file:///w/").pathname.split("/").map(decodeURIComponent).join("/"), `/w/${name}`);
  assert.equal(label, name.replaceAll("&", "&amp;"));
  assert.equal(new URL(linkTo("javascript:x.md"), "file:///w/").pathname, "/w/javascript%3Ax.md");
});

test("a line of a million backticks takes no more than a moment", () => {
  assert.equal(contained(`<a ${"` ``".repeat(250_000)}`).length, 1_000_004);
});
