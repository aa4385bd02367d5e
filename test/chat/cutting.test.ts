import assert from "node:assert/strict";
import { test } from "node:test";
import { blockEnd, headOfLines, tailOfLines, windowOfLines } from "../../src/chat/cutting.ts";
import { fileTree } from "../../src/chat/fileTree.ts";

test("the first lines that fit are whole; a single long line is cut in no character", () => {
  assert.deepEqual(headOfLines("one\ntwo\nthree", 8), { line: 0, text: "one\ntwo", isCut: true });
  assert.deepEqual(headOfLines("one\ntwo", 7), { line: 0, text: "one\ntwo", isCut: false });
  assert.equal(headOfLines("ab😀cd", 3).text, "ab");
});

test("the last lines that fit are told with the line they begin in", () => {
  assert.deepEqual(tailOfLines("one\ntwo\nthree", 9), { line: 1, text: "two\nthree", isCut: true });
  assert.deepEqual(tailOfLines("one\ntwo\nthree", 5), { line: 2, text: "three", isCut: true });
  assert.equal(tailOfLines("x".repeat(20), 5).text, "xxxxx");
  assert.equal(tailOfLines("ab😀cd", 3).text, "cd");
  assert.equal(tailOfLines("one", 0).text, "");
});

const lines = Array.from({ length: 100 }, (_, line) => `line ${String(line).padStart(2, "0")}`);

test("around what is on the screen there is more above than below, and never more than there is room for", () => {
  const { line, text, isCut } = windowOfLines(lines, 50, 52, 100);
  assert.ok(isCut && text.length <= 100, text);
  assert.ok(text.includes("line 50") && text.includes("line 51"));
  assert.equal(text.split("\n")[0], lines[line]);
  assert.ok(50 - line > line + text.split("\n").length - 52);
});

test("a window at an end of the file gives its room to the other side; one without limits is the file", () => {
  assert.equal(windowOfLines(lines, 0, 1, 79).text.split("\n").length, 10);
  assert.equal(windowOfLines(lines, 99, 100, 79).line, 90);
  assert.deepEqual(windowOfLines(lines, 10, 20, 10_000), { line: 0, text: lines.join("\n"), isCut: false });
  assert.deepEqual(windowOfLines(lines, 200, 300, 79).line, 99 - 9);
  assert.deepEqual(windowOfLines([""], 0, 1, 10), { line: 0, text: "", isCut: false });
});

test("what is on the screen and too long by itself is its start", () => {
  assert.equal(windowOfLines(lines, 10, 90, 20).text, "line 10\nline 11");
});

test("a definition ends where its indentation does, brackets included", () => {
  const code = "class A {\n  f() {\n    x;\n\n    y;\n  }\n\n  g() {}\n}\n\nlast;".split("\n");
  assert.equal(blockEnd(code, 1), 6);
  assert.equal(blockEnd(code, 0), 9);
  assert.equal(blockEnd(code, 7), 8);
  const python = "def f(\n    a,\n):\n    return a\n\ndef g():\n    pass".split("\n");
  assert.equal(blockEnd(python, 0), 4);
  assert.equal(blockEnd(python, 5), 7);
});

test("a folder is listed with its folders first, each file once under its own", () => {
  const { text, shown } = fileTree(["b.ts", "src/z.ts", "src/a/one.ts", "src/a/two.ts", "a.ts", "购物/车.ts"], 1_000);
  assert.equal(text, "src/\n  a/\n    one.ts\n    two.ts\n  z.ts\n购物/\n  车.ts\na.ts\nb.ts");
  assert.equal(shown, 6);
});

test("a folder that is too large is listed as far as there is room", () => {
  const { text, shown } = fileTree(
    Array.from({ length: 1_000 }, (_, at) => `f${at}.ts`),
    100,
  );
  assert.ok(text.length <= 100 && shown === text.split("\n").length && shown > 5);
});
