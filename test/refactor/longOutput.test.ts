import assert from "node:assert/strict";
import { test } from "node:test";
import { failureInstruction } from "../../src/refactor/failureInstruction.ts";
import { shortened } from "../../src/refactor/longOutput.ts";

const lines = (count: number, name: string): string[] => Array.from({ length: count }, (_, at) => `${name} ${at}`);

test("what is short is told as it is", () => {
  assert.equal(shortened("a\nb\n", 100), "a\nb\n");
});

test("of a long output its beginning, its end and the lines of errors between them are told, and what is left out is counted", () => {
  const output = [...lines(500, "step"), "src/a.ts: error TS2322: no", "note", ...lines(500, "later")].join("\n");
  const short = shortened(output, 2_000);
  assert.ok(short.length <= 2_000 + 100);
  assert.match(short, /^step 0\nstep 1\n/);
  assert.match(short, /later 499$/);
  assert.match(short, /\nstep 499\nsrc\/a\.ts: error TS2322: no\nnote\n/);
  const shown = short.split("\n").filter((line) => !line.startsWith("[…")).length;
  const left = Array.from(short.matchAll(/\[… (\d+) lines\]/g), ([, count]) => Number(count)).reduce(
    (a, b) => a + b,
    0,
  );
  assert.equal(shown + left, 1_002);
});

test("of many errors the last ones are told", () => {
  const short = shortened(lines(2_000, "Error: number").join("\n"), 1_000);
  assert.ok(short.length <= 1_100);
  assert.match(short, /number 1999$/);
});

test("a line without an end is cut in its middle, and an emoji is not cut in two", () => {
  const short = shortened("😀".repeat(20_000), 1_000);
  assert.ok(short.length <= 1_000);
  assert.ok(short.isWellFormed());
});

test("the model is told of the test, of what was printed and of the code, in fences that none of it closes", () => {
  const story = {
    name: "a cart > sums up",
    output: "TypeError: no\n```\nat total",
    lines: [2, 4],
    test: { path: "test/cart.test.ts", line: 8, text: "expect(total([])).toBe(0);" },
    others: [{ path: "src/price.ts", line: 0, text: "export const price = 1;" }],
    changesTest: false,
  };
  const told = failureInstruction(story, 6_000);
  assert.match(told, /The test itself stays as it is\./);
  assert.match(told, /Failing test: a cart > sums up/);
  assert.match(told, /line 3, then 5\./);
  assert.match(told, /````\nTypeError: no\n```\nat total\n````/);
  assert.match(told, /The test, test\/cart\.test\.ts from line 9:/);
  assert.match(told, /Code that it went through, src\/price\.ts from line 1:/);
  const ofTest = failureInstruction({ ...story, test: undefined, changesTest: true }, 6_000);
  assert.match(ofTest, /Correct the test\. Do not delete it, skip it/);
  const long = { ...story, output: "x\n".repeat(50_000), test: { ...story.test, text: "y\n".repeat(50_000) } };
  assert.ok(failureInstruction(long, 6_000).length < 8_000);
});
