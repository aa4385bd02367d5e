import assert from "node:assert/strict";
import { test } from "node:test";

import { createStopCutter } from "../../src/model/stopCutter.ts";

/** What a reader of the stream gets when the text comes in these pieces. */
function read(stops: readonly string[], pieces: readonly string[], maxTokens = 64): readonly string[] {
  const cutter = createStopCutter(stops, maxTokens);
  const seen: string[] = [];
  for (const piece of pieces) {
    const { text, stopped } = cutter.push(piece);
    if (text !== "") seen.push(text);
    if (stopped) return seen;
  }
  const rest = cutter.rest();
  return rest === "" ? seen : [...seen, rest];
}

test("passes text on as it comes when nothing can become a stop", () => {
  assert.deepEqual(read(["<|end|>"], ["a", "b < c", "d"]), ["a", "b < c", "d"]);
  assert.deepEqual(read([], ["a", "b"]), ["a", "b"]);
  assert.deepEqual(read([""], ["a"]), ["a"]);
});

test("ends before a stop, however it is cut in pieces", () => {
  const whole = "x = 1\n### End of it";
  for (let at = 0; at <= whole.length; at++) {
    const pieces = [whole.slice(0, at), whole.slice(at)];
    assert.equal(read(["### End"], pieces).join(""), "x = 1\n", `cut at ${at}`);
  }
  assert.equal(read(["### End"], whole.split("")).join(""), "x = 1\n");
});

test("ends before the first of several stops", () => {
  assert.equal(read(["b", "ab"], ["xxab"]).join(""), "xx");
});

test("gives back the start of a stop that did not become one", () => {
  assert.equal(read(["<|end|>"], ["a <|e", "nough"]).join(""), "a <|enough");
  assert.equal(read(["<|end|>"], ["a <|end"]).join(""), "a <|end");
});

test("ends an answer that is surely longer than asked for, also in the middle of a piece and of what was held back", () => {
  assert.deepEqual(read([], ["a".repeat(10), "b".repeat(10)], 2), ["a".repeat(10), "b".repeat(6)]);
  assert.deepEqual(read(["c".repeat(20)], ["c".repeat(19)], 2), ["c".repeat(16)]);
});
