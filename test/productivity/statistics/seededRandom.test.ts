import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom, seededWords } from "../../../src/productivity/statistics/seededRandom.ts";

test("numbers that come many at a time are those that come one by one", () => {
  for (const seed of [0, 1, -5, 4_294_967_295]) {
    const random = seededRandom(seed);
    const fill = seededWords(seed);
    for (const length of [1, 7, 100]) {
      const words = new Uint32Array(length);
      fill(words);
      assert.deepEqual(
        Array.from(words),
        Array.from(words, () => random() * 2 ** 32),
      );
    }
  }
});
