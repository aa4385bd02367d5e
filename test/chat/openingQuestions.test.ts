import assert from "node:assert/strict";
import { test } from "node:test";
import { type FileSymbol, type OpenFile, openingQuestions } from "../../src/chat/openingQuestions.ts";

const symbol = (name: string, line: number, endLine: number, kind: FileSymbol["kind"] = "function"): FileSymbol => ({
  name,
  kind,
  line,
  endLine,
});
const file: OpenFile = {
  name: "cart.ts",
  symbols: [],
  problems: [],
  visible: { line: 40, endLine: 80 },
  isTest: false,
};
const kinds = (open: Partial<OpenFile>) =>
  openingQuestions({ ...file, ...open }).map((each) => ("name" in each ? `${each.kind} ${each.name}` : each.kind));

test("a file with nothing in it that is known is asked about as a whole", () => {
  assert.deepEqual(kinds({}), ["file", "risks", "order"]);
});

test("what is wrong comes first, an error before a warning, the nearest to the screen", () => {
  const problems = [
    { line: 50, severity: "warning", message: "unused" },
    { line: 3, severity: "error", message: "far" },
    { line: 90, severity: "error", message: "near" },
  ] as const;
  assert.deepEqual(openingQuestions({ ...file, problems })[0], { kind: "problem", line: 90, message: "near" });
});

test("what is on the screen is asked about before what is elsewhere", () => {
  const symbols = [symbol("Cart", 0, 100, "class"), symbol("first", 1, 20), symbol("addItem", 45, 60)];
  assert.deepEqual(kinds({ symbols }), ["function addItem", "class Cart", "tests first"]);
});

test("a long function may be simpler, and nothing is asked twice", () => {
  const symbols = [symbol("short", 41, 44), symbol("long", 100, 200)];
  assert.deepEqual(kinds({ symbols }), ["function short", "longest long", "tests long"]);
  assert.deepEqual(kinds({ symbols: [symbol("only", 41, 90)] }), ["function only", "file", "risks"]);
});

test("of a file of tests it is asked what they leave out", () => {
  assert.deepEqual(kinds({ isTest: true }), ["uncovered", "file", "risks"]);
});

test("what has no name that could be asked for is passed over", () => {
  assert.deepEqual(kinds({ symbols: [symbol("<function>", 41, 44), symbol("a callback()", 45, 46)] })[0], "file");
});
