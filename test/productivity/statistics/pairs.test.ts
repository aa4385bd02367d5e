import assert from "node:assert/strict";
import { test } from "node:test";
import { pairs } from "../../../src/productivity/statistics/pairs.ts";
import { seededRandom } from "../../../src/productivity/statistics/seededRandom.ts";
import { agrees, eightPairs, normalFrom, nothingDrawn, published, resultOf } from "../../support/estimates.ts";

test("eight pairs have the published ratio, interval and exact p", () => {
  const result = resultOf(pairs(eightPairs, nothingDrawn));
  published(result.estimate, 1.208077);
  published(result.lower, 1.03208);
  published(result.upper, 1.414086);
  assert.equal(result.p, 0.03125);
  assert.equal(result.signFlips.assignments, 256);
});

test("eleven pairs agree with SciPy 1.17.1: ttest_1samp, permutation_test of the signs, and all signs by NumPy", () => {
  const on = [12, 30, 18, 25, 9, 14, 21, 17, 11, 28, 16];
  const off = [10, 31, 15, 19, 9.5, 12, 22, 13, 10, 20, 17];
  const result = resultOf(pairs({ on, off }, nothingDrawn));
  agrees(result.estimate, 1.125374581839477);
  agrees(result.lower, 1.019523870857392);
  agrees(result.upper, 1.2422151022175791);
  agrees(result.pStudent, 0.023724116431286905);
  assert.equal(result.signFlips.pUpper, 0.013671875);
  assert.equal(result.p, 0.02734375);
});

test("beyond twenty pairs the signs are drawn, near the exact p, and the error of that is told", () => {
  const normal = normalFrom(seededRandom(3));
  const logs = Array.from({ length: 20 }, () => 0.2 + 0.4 * normal());
  const exact = resultOf(pairs({ on: logs.map(Math.exp), off: logs.map(() => 1) }, nothingDrawn));
  // A pair that is equal doubles the assignments and leaves the p as it is.
  const withEqual = [...logs, 0];
  const drawn = resultOf(pairs({ on: withEqual.map(Math.exp), off: withEqual.map(() => 1) }, seededRandom(1)));
  assert.equal(drawn.signFlips.assignments, undefined);
  assert.equal(drawn.signFlips.draws, 99_999);
  const error = drawn.signFlips.monteCarloSe ?? 0;
  assert.ok(error > 0 && error < 0.002);
  assert.ok(Math.abs(drawn.p - exact.p) < 4 * error, `${drawn.p} is not near ${exact.p}`);
});

test("pairs all of the same ratio have no interval of no width", () => {
  const outcome = pairs({ on: [2.2, 3.3, 4.4], off: [2, 3, 4] }, nothingDrawn);
  assert.deepEqual(outcome, { insufficient: { kind: "no-spread", what: "pairs" } });
});

test("one pair is too few; a throughput of 0 and pairs of one are errors", () => {
  const one = pairs({ on: [2], off: [1] }, nothingDrawn);
  assert.deepEqual(one, { insufficient: { kind: "too-few", what: "pairs", have: 1, need: 2 } });
  const nothing = pairs({ on: [2, 0], off: [1, 1] }, nothingDrawn);
  assert.deepEqual(nothing, { malformed: { kind: "not-positive", field: "on", index: 1 } });
  const single = pairs({ on: [2, 3], off: [1] }, nothingDrawn);
  assert.deepEqual(single, { malformed: { kind: "unequal-lengths", field: "on", other: "off" } });
});
