import assert from "node:assert/strict";
import { test } from "node:test";
import { ThreadChooser, threadCandidates } from "../../../src/model/embedded/threads.ts";

test("no more threads than the machine has are tried, and at least one", () => {
  assert.deepEqual(threadCandidates(0, 1, 4), [1]);
  assert.deepEqual(threadCandidates(0, 2, 2), [1, 2]);
  assert.deepEqual(threadCandidates(0, 16, 8), [8, 16]);
  assert.deepEqual(threadCandidates(0, 12, 8), [6, 8, 12]);
});

test("more threads than the machine has are not taken from the settings either", () => {
  assert.deepEqual(threadCandidates(256, 2, 2), [2]);
  assert.deepEqual(threadCandidates(3, 8, 4), [3]);
});

test("prompt and answer each get the count that was faster for them", () => {
  const chooser = new ThreadChooser([1, 2]);
  chooser.record("prompt", 1, 32, 160, 0);
  chooser.record("prompt", 2, 32, 80, 0);
  chooser.record("generation", 1, 4, 48, 0);
  chooser.record("generation", 2, 4, 100, 0);
  assert.equal(chooser.choose("prompt", 0), 2);
  assert.equal(chooser.choose("generation", 0), 1);
  assert.equal(chooser.msPerToken("generation", 0), 12);
});

test("when another program takes the processor the next token has another count, and the first comes back later", () => {
  const chooser = new ThreadChooser([1, 2]);
  chooser.record("generation", 1, 1, 11, 0);
  chooser.record("generation", 2, 1, 8, 0);
  assert.equal(chooser.choose("generation", 0), 2);
  chooser.record("generation", 2, 1, 1000, 1000);
  assert.equal(chooser.choose("generation", 1000), 1);
  assert.equal(chooser.choose("generation", 11_000), 1);
  assert.equal(chooser.choose("generation", 240_000), 2);
});

test("a count that cannot be measured while another program computes is tried later", () => {
  const chooser = new ThreadChooser([1, 2]);
  chooser.record("generation", 1, 1, 10, 0);
  chooser.record("prompt", 1, 32, 160, 0);
  assert.equal(chooser.isHopeless("generation", 25, 0), false);
  assert.equal(chooser.isHopeless("generation", 900, 0), true);
  chooser.giveUp(2, 0);
  assert.equal(chooser.choose("generation", 1000), 1);
  assert.equal(chooser.choose("prompt", 1000), 1);
  assert.equal(chooser.choose("prompt", 240_000), 2);
});

test("a count set by the user is the only one", () => {
  assert.equal(new ThreadChooser([3]).choose("prompt", 0), 3);
});
