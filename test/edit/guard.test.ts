import assert from "node:assert/strict";
import { test } from "node:test";
import { outlineReader } from "../../src/context/syntax/fileOutlines.ts";
import { type Change, judge } from "../../src/edit/guard.ts";
import { readWasm } from "../support/grammars.ts";

const readOutline = await outlineReader(readWasm, ["typescript", "python"], () => performance.now());
const file = `export function a(): number {\n  const one = 1;\n  return one + 1;\n}\n\nfunction b(): void {\n  a();\n}\n`;

function reasonOf(change: Partial<Change> & { readonly after: string }): string {
  const verdict = judge({ before: file, languageId: "typescript", format: "whole-file", ...change }, readOutline);
  return verdict.kind === "refused" ? verdict.refusal.reason : "accepted";
}

test("a change that parses and loses nothing is accepted, with its counts", () => {
  const verdict = judge(
    { before: file, after: `${file}\nfunction c(): void {}\n`, languageId: "typescript", format: "symbols" },
    readOutline,
  );
  const nothing = { removed: [], renamed: [] };
  assert.deepEqual(verdict, { kind: "accepted", errors: { before: 0, after: 0 }, added: ["c"], ...nothing });
});

test("what could be parsed still can be", () => {
  assert.equal(reasonOf({ after: file.replace("a();", "a(;") }), "does-not-parse");
  assert.equal(reasonOf({ before: file.replace("a();", "a(;"), after: file.replace("a();", "b(;") }), "accepted");
});

test("a function that is gone is refused, unless a diff or the user says so", () => {
  const after = file.slice(0, file.indexOf("function b"));
  assert.equal(reasonOf({ after }), "symbols-lost");
  assert.equal(reasonOf({ after, format: "diff" }), "accepted");
  assert.equal(reasonOf({ after, mayRemove: ["b"] }), "accepted");
});

test("a function whose code is gone is refused, and one that has become a single line is not", () => {
  const emptied = file.replace("  const one = 1;\n  return one + 1;\n", "");
  assert.equal(reasonOf({ after: emptied }), "emptied");
  assert.equal(reasonOf({ after: emptied.replace("{\n}", "{\n  // TODO\n}") }), "emptied");
  assert.equal(reasonOf({ after: emptied.replace("number {\n}", "number {}") }), "emptied");
  assert.equal(reasonOf({ after: emptied.replace("number {\n}", "number { return 2; }") }), "accepted");
  assert.equal(reasonOf({ after: emptied, format: "diff" }), "accepted");
  assert.equal(reasonOf({ after: emptied, mayRemove: ["a"] }), "accepted");
  const python = { before: "def f(a):\n    if a:\n        return 1\n    return 2\n", languageId: "python" };
  assert.equal(reasonOf({ ...python, after: "def f(a):\n    pass\n" }), "emptied");
  assert.equal(reasonOf({ ...python, after: "def f(a):\n    return 1 if a else 2\n" }), "accepted");
});

test("a function under another name is told as renamed", () => {
  const verdict = judge(
    {
      before: file,
      after: file.replace("function a", "function first"),
      languageId: "typescript",
      format: "whole-file",
    },
    readOutline,
  );
  assert.deepEqual(verdict.kind === "accepted" ? verdict.renamed : verdict, [{ from: "a", to: "first" }]);
});

test("a function that stands twice is refused", () => {
  assert.equal(reasonOf({ after: `${file}\nfunction b(): void {\n  a();\n}\n` }), "symbols-doubled");
});

test("placeholders, fences and marks of conflicts are refused where the file had none", () => {
  for (const line of [
    "// ... existing code ...",
    "```",
    "<<<<<<< HEAD",
    "=======",
    "// 其余代码不变",
    "/* rest unchanged */",
  ]) {
    const after = file.replace("  a();", `  a();\n${line}`);
    assert.equal(reasonOf({ after }), "marks-left", line);
    assert.notEqual(reasonOf({ before: after, after: after.replace("one + 1", "one") }), "marks-left", line);
  }
});

test("comments that say something are no placeholders", () => {
  for (const line of [
    "// the rest is silence",
    "// same as above, but faster",
    "// keep this in order",
    "// TODO: more tests ...",
  ]) {
    assert.equal(reasonOf({ after: file.replace("  a();", `  ${line}\n  a();`) }), "accepted", line);
  }
});

test("far less, or far more, than was there is refused", () => {
  const long = Array.from({ length: 100 }, (_, row) => `log(${row});\n`).join("");
  assert.equal(reasonOf({ before: long, after: "log(1);\n" }), "size");
  assert.equal(reasonOf({ before: long, after: "log(1);\n", format: "diff" }), "accepted");
  assert.equal(reasonOf({ after: file + "log(1);\n".repeat(20_000) }), "size");
});

test("Python whose blocks are uneven does not parse", () => {
  const before = "def a():\n    if b:\n        c()\n    return 1\n";
  const python = { languageId: "python", before, format: "fragment" } as const;
  assert.equal(reasonOf({ ...python, after: "def a():\n    if b:\n        c()\n  return 1\n" }), "does-not-parse");
  assert.equal(reasonOf({ ...python, after: "def a():\n    if b:\n        c()\n    return 2\n" }), "accepted");
});
