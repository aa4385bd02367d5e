import assert from "node:assert/strict";
import { test } from "node:test";

import { createBackOff } from "../../src/model/backOff.ts";
import type { ModelFailure } from "../../src/model/failure.ts";

const broken: ModelFailure = { kind: "server-error", host: "h", status: 503 };

test("waits twice as long after each refusal in a row, half a minute at most, and starts anew after an answer", () => {
  const backOff = createBackOff(() => 0);
  const waits = Array.from({ length: 7 }, () => backOff.refused(broken, undefined));
  assert.deepEqual(waits, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  backOff.forget();
  assert.equal(backOff.failure(), undefined);
  assert.equal(backOff.refused(broken, undefined), 1_000);
});

test("says the same failure until the wait is over", () => {
  let now = 10_000;
  const backOff = createBackOff(() => now);
  backOff.refused(broken, undefined);
  now += 999;
  assert.deepEqual(backOff.failure(), broken);
  now += 1;
  assert.equal(backOff.failure(), undefined);
});

test("a server's own word counts, and what is left of it is told", () => {
  let now = 0;
  const backOff = createBackOff(() => now);
  assert.equal(backOff.refused({ kind: "rate-limited", host: "h", retryAfterMs: 60_000 }, 60_000), 60_000);
  now = 45_000;
  assert.deepEqual(backOff.failure(), { kind: "rate-limited", host: "h", retryAfterMs: 15_000 });
});

test("a clock that is set back does not prolong the wait", () => {
  let now = 1_000_000;
  const backOff = createBackOff(() => now);
  backOff.refused(broken, undefined);
  now = 0;
  assert.equal(backOff.failure(), undefined);
});

test("a server that asks for a day is asked again after five minutes, and its own word is told until then", () => {
  let now = 0;
  const backOff = createBackOff(() => now);
  backOff.refused({ kind: "rate-limited", host: "h", retryAfterMs: 86_400_000 }, 86_400_000);
  now = 299_999;
  assert.deepEqual(backOff.failure(), { kind: "rate-limited", host: "h", retryAfterMs: 86_400_000 - 299_999 });
  now = 300_000;
  assert.equal(backOff.failure(), undefined);
});
