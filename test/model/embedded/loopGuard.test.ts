import assert from "node:assert/strict";
import { test } from "node:test";
import { LoopGuard } from "../../../src/model/embedded/loopGuard.ts";

/** What is not to come next, after each of the tokens. */
function unwanted(tokens: readonly number[], guard = new LoopGuard()): readonly (number | undefined)[] {
  return tokens.map((token) => guard.push(token));
}

const times = (tokens: readonly number[], count: number): readonly number[] =>
  Array.from({ length: count }, () => tokens).flat();
const sentence = Array.from({ length: 30 }, (_, at) => 100 + at);

test("a phrase that comes again and again is not gone on with", () => {
  const said = unwanted([1, 2, 3, ...times([7, 8, 9], 9)]);
  assert.deepEqual(
    said.slice(0, 29).filter((token) => token !== undefined),
    [],
  );
  // 24 tokens beside the first three: the next one of the loop is the 7.
  assert.equal(said.at(-1), 7);
});

test("a whole sentence may come three times, and not a fourth", () => {
  const said = unwanted(times(sentence, 3));
  assert.equal(
    said.findIndex((token) => token !== undefined),
    89,
  );
  assert.equal(said.at(-1), 100);
});

test("a line of dashes, a table's head and lines of code that begin alike are no loops", () => {
  for (const tokens of [
    times([5], 24),
    times([5, 6], 12),
    [...Array(40).keys()].flatMap((at) => [1, 2, 3, 1_000 + at]),
  ])
    assert.deepEqual(
      unwanted(tokens).filter((token) => token !== undefined),
      [],
    );
});

test("a model that begins a fourth loop is lost", () => {
  const guard = new LoopGuard();
  for (const word of [1, 2, 3]) {
    unwanted([...times([word, 50], 20), 900 + word], guard);
    assert.equal(guard.isLost, false);
  }
  unwanted(times([4, 50], 20), guard);
  assert.equal(guard.isLost, true);
});
