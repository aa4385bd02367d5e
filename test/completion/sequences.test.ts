/**
 * Somebody types, pastes, moves, undoes and asks in any order, in front of models that answer in any way: what has to hold
 * then, always.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import type { Origin } from "../../src/completion/suggestion.ts";
import { action, setting } from "../support/randomWriting.ts";
import { WritingSession } from "../support/writingSession.ts";

for (const seed of [1, 2, 3, 4]) {
  test(`whatever happens, a suggestion fits, a call settles and nothing is left behind (${seed} of 4)`, async () => {
    const seen = new Map<Origin, number>();
    const unhandled: unknown[] = [];
    const collect = (error: unknown): void => void unhandled.push(error);
    process.on("unhandledRejection", collect);
    try {
      await fc.assert(
        fc.asyncProperty(
          setting,
          fc.array(action, { minLength: 4, maxLength: 24, size: "max" }),
          async (world, actions) => {
            await new WritingSession(world, seen).run(actions);
            assert.deepEqual(unhandled, [], "no rejection is left unhandled");
          },
        ),
        { seed, numRuns: 2_500 },
      );
    } finally {
      process.off("unhandledRejection", collect);
    }
    for (const origin of ["model", "cache", "typed-through", "joined"] as const) {
      assert.ok(
        (seen.get(origin) ?? 0) > 50,
        `the sequences lead to suggestions of all kinds: ${JSON.stringify([...seen])}`,
      );
    }
  });
}
