import assert from "node:assert/strict";
import { test } from "node:test";
import { team } from "../../../src/productivity/statistics/team.ts";
import { agrees, resultOf } from "../../support/estimates.ts";

// Expected values: statsmodels 0.15.0, combine_effects(method_re="dl"), its sd_eff_w_re_hksj; the intervals with SciPy 1.17.1's t.

test("six people who differ agree with statsmodels: tau², Q, error, interval, prediction", () => {
  const result = resultOf(
    team({ theta: [0.12, 0.31, -0.05, 0.22, 0.45, 0.08], se: [0.1, 0.15, 0.12, 0.08, 0.2, 0.11] }),
  );
  assert.equal(result.k, 6);
  assert.equal(result.df, 5);
  agrees(result.tau2, 0.006407804040584068);
  agrees(result.cochranQ, 7.408844130259821);
  agrees(result.q, 1.0865056546233829);
  agrees(result.theta, 0.15754342408017002);
  agrees(result.se, 0.06045767149527996);
  agrees(result.estimate, Math.exp(0.15754342408017002));
  agrees(Math.log(result.lower), 0.0021320319095359808, 1e-9);
  agrees(Math.log(result.upper), 0.31295481625080407);
  agrees(Math.log(result.predictionLower ?? 0), -0.12097338130168156);
  agrees(Math.log(result.predictionUpper ?? 0), 0.4360602294620216);
});

test("people more alike than chance make the interval no narrower than their own errors do", () => {
  const result = resultOf(team({ theta: [0.2, 0.21, 0.19, 0.2], se: [0.1, 0.1, 0.2, 0.15] }));
  assert.equal(result.tau2, 0);
  assert.equal(result.q, 1);
  agrees(result.theta, 0.2027835051546392);
  agrees(result.se, 0.06092076990801715);
});

test("two people have no prediction, and one has nobody to be pooled with", () => {
  const two = resultOf(team({ theta: [0.1, 0.4], se: [0.1, 0.1] }));
  assert.equal("predictionLower" in two, false);
  assert.deepEqual(team({ theta: [0.1], se: [0.1] }), {
    insufficient: { kind: "too-few", what: "people", have: 1, need: 2 },
  });
});

test("a standard error of 0 is an error", () => {
  const malformed = { kind: "not-positive", field: "se", index: 1 };
  assert.deepEqual(team({ theta: [0.1, 0.2], se: [0.1, 0] }), { malformed });
});
