import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { CodeBlocks } from "../../../src/context/sources/codeBlocks.ts";
import { withoutOuterIndentation } from "../../../src/context/sources/outerIndentation.ts";
import { SnippetIndex, type SnippetQuery } from "../../../src/context/sources/similarSnippets.ts";
import { applied, codeText, edits } from "../../support/randomCode.ts";

const invoice = `import { round } from "./round";

export function invoiceTotal(invoice: Invoice): number {
  let total = 0;
  for (const position of invoice.positions) {
    total += position.price * position.quantity;
  }
  return round(total * (1 + invoice.taxRate));
}

export function invoiceNumber(invoice: Invoice): string {
  return \`\${invoice.year}-\${invoice.serial}\`;
}
`;
const weather = `export class Barometer {
  readonly #pressure: number;
  measure(): number {
    return this.#pressure * HECTOPASCAL;
  }
}
`;

function asked(before: string, more: Partial<SnippetQuery> = {}): SnippetQuery {
  return {
    path: "order.ts",
    languageId: "typescript",
    before,
    after: "",
    shown: { first: 0, last: 1_000 },
    mostPieces: 5,
    mostChars: 5_000,
    ...more,
  };
}

const writing =
  "export function orderTotal(order: Order) {\n  for (const position of order.positions) {\n    total += position.price";

function indexOf(files: Readonly<Record<string, string>>, languageId = "typescript"): SnippetIndex {
  const index = new SnippetIndex();
  for (const [path, text] of Object.entries(files)) index.open(path, languageId, text);
  return index;
}

test("code of an open file that names the same things comes first, as it stands there", () => {
  const [best] = indexOf({ "weather.ts": weather, "invoice.ts": invoice }).query(asked(writing));
  assert.equal(best?.path, "invoice.ts");
  assert.equal(best.source, "similar");
  assert.match(best.text, /export function invoiceTotal[^]*total \+= position\.price \* position\.quantity;/);
  assert.equal(best.text.split("\n")[0], invoice.split("\n")[best.line ?? -1]);
});

test("code that has no name in common is not shown", () => {
  assert.deepEqual(indexOf({ "weather.ts": weather }).query(asked(writing)), []);
});

test("of the file that is being written only what the model does not see is shown", () => {
  const index = indexOf({ "order.ts": invoice });
  assert.deepEqual(index.query(asked(writing, { shown: { first: 0, last: 40 } })), []);
  const pieces = index.query(asked(writing, { shown: { first: 9, last: 40 } }));
  assert.ok(pieces.length > 0);
  for (const { line = 0, text } of pieces) assert.ok(line + text.split("\n").length <= 9);
});

test("a snippet begins below the last line that is shown", () => {
  const index = indexOf({ "order.ts": invoice });
  const starts = invoice.split("\n").findIndex((line) => line.startsWith("export function invoiceTotal"));
  const from = (last: number) => index.query(asked(writing, { shown: { first: 0, last } })).map(({ line }) => line);
  assert.deepEqual(from(starts - 1), [starts]);
  assert.ok(from(starts).every((line = 0) => line > starts));
});

test("a file in the same language is preferred to one in another", () => {
  const index = new SnippetIndex();
  index.open("a.py", "python", invoice);
  index.open("b.tsx", "typescriptreact", `${invoice}\nconst other = 1;\n`);
  assert.equal(index.query(asked(writing, { mostPieces: 1 }))[0]?.path, "b.tsx");
});

test("copies of the same code are shown once", () => {
  const pieces = indexOf({ "a.ts": invoice, "b.ts": invoice, "c.ts": invoice }).query(asked(writing));
  const totals = pieces.filter(({ text }) => text.includes("invoiceTotal"));
  assert.equal(totals.length, 1);
});

test("what was typed into another file a moment ago is found, and what was deleted is not", () => {
  const index = indexOf({ "notes.ts": "" });
  assert.deepEqual(index.query(asked(writing)), []);
  index.change("notes.ts", { start: { line: 0, character: 0 }, end: { line: 0, character: 0 }, text: invoice });
  assert.equal(index.query(asked(writing))[0]?.path, "notes.ts");
  const end = { line: invoice.split("\n").length - 1, character: 0 };
  index.change("notes.ts", { start: { line: 0, character: 0 }, end, text: "" });
  assert.deepEqual(index.query(asked(writing)), []);
});

test("a closed file is forgotten", () => {
  const index = indexOf({ "invoice.ts": invoice });
  index.close("invoice.ts");
  assert.deepEqual(index.query(asked(writing)), []);
});

test("a change that does not fit what is known of the file makes it unknown", () => {
  const index = indexOf({ "invoice.ts": invoice });
  const far = { line: 500, character: 0 };
  assert.equal(index.change("invoice.ts", { start: far, end: far, text: "x" }), undefined);
  assert.equal(index.has("invoice.ts"), false);
});

test("with many files open those that were used least recently are forgotten, and one of a megabyte is not read", () => {
  const index = indexOf(Object.fromEntries(Array.from({ length: 80 }, (_, at) => [`${at}.ts`, invoice])));
  assert.equal(index.has("79.ts"), true);
  assert.equal(index.has("0.ts"), false);
  index.open("data.ts", "typescript", "x".repeat(1_000_001));
  assert.equal(index.has("data.ts"), false);
});

test("a change tells the whole lines that it replaced and those that are there now", () => {
  const index = indexOf({ "a.ts": "one\r\ntwo\r\nthree" });
  const change = { start: { line: 0, character: 2 }, end: { line: 1, character: 1 }, text: "X\r\nY" };
  assert.deepEqual(index.change("a.ts", change), { line: 0, oldLines: ["one", "two"], newLines: ["onX", "Ywo"] });
});

test("after any edits a file is in the same blocks as if it had been opened as it is", () => {
  fc.assert(
    fc.property(codeText, edits, (start, all) => {
      let text = start;
      const index = new SnippetIndex();
      index.open("a.ts", "typescript", text);
      const blocks = new CodeBlocks(text);
      for (const edit of all) {
        const edited = applied(text, edit);
        const change = index.change("a.ts", edited.change);
        assert.ok(change);
        blocks.replace(change.line, change.oldLines.length, change.newLines);
        text = edited.text;
        const anew = new CodeBlocks(text);
        assert.deepEqual(blocks.blocks, anew.blocks);
        assert.equal(blocks.lineCount, anew.lineCount);
      }
      const query = asked("total(item(price\nsave(load", { path: "b.ts" });
      const anew = indexOf({ "a.ts": text });
      assert.deepEqual(index.query(query), anew.query(query));
    }),
    { numRuns: 300 },
  );
});

test("every snippet is lines of its file in their place, outside of what is shown, and all are within the bounds", () => {
  fc.assert(
    fc.property(codeText, codeText, fc.nat({ max: 60 }), fc.nat({ max: 400 }), (one, other, first, mostChars) => {
      const files: Readonly<Record<string, string>> = { "order.ts": one, "other.ts": other };
      const shown = { first, last: first + 10 };
      const pieces = indexOf(files).query(asked("total(item(price", { shown, mostPieces: 3, mostChars }));
      assert.ok(pieces.length <= 3);
      assert.ok(pieces.reduce((sum, { text }) => sum + text.length, 0) <= mostChars);
      for (const { path = "", line = -1, text, value } of pieces) {
        const count = text.split("\n").length;
        const lines = (files[path] ?? "").split("\n").slice(line, line + count);
        assert.equal(text, withoutOuterIndentation(lines).join("\n"));
        if (path === "order.ts") assert.ok(line > shown.last || line + count <= shown.first);
        assert.ok(value > 0 && value <= 1);
      }
    }),
    { numRuns: 300 },
  );
});
