import assert from "node:assert/strict";
import { test } from "node:test";
import { confidenceSequence } from "../../../src/productivity/statistics/confidenceSequence.ts";
import { agrees, eightPairs, published, resultOf } from "../../support/estimates.ts";

test("eight pairs aimed at twenty have the published width, and are too few to be shown", () => {
  const d = eightPairs.on.map((value, index) => Math.log(value / (eightPairs.off[index] ?? 1)));
  const result = resultOf(confidenceSequence({ d, tStar: 20 }));
  published(result.halfWidth, 0.19412581, 8);
  published(result.estimate, 1.208077);
  assert.equal(result.isShown, false);
});

test("twelve differences agree with the formula worked in NumPy 2, its x by SciPy 1.17.1's brentq", () => {
  const d = [0.2, -0.1, 0.35, 0.05, 0.4, 0.12, -0.02, 0.3, 0.18, 0.22, 0.09, 0.27];
  const result = resultOf(confidenceSequence({ d, tStar: 30 }));
  agrees(result.theta, 0.17166666666666666);
  agrees(result.halfWidth, 0.12933127085994797);
  agrees(result.lower, Math.exp(0.17166666666666666 - 0.12933127085994797));
  assert.equal(result.isShown, true);
});

test("one difference, and differences all alike, have no interval", () => {
  const one = confidenceSequence({ d: [0.1], tStar: 20 });
  assert.deepEqual(one, { insufficient: { kind: "too-few", what: "pairs", have: 1, need: 2 } });
  const alike = confidenceSequence({ d: [0.1, 0.1, 0.1], tStar: 20 });
  assert.deepEqual(alike, { insufficient: { kind: "no-spread", what: "pairs" } });
});

test("an aim of no differences is an error", () => {
  assert.deepEqual(confidenceSequence({ d: [1, 2], tStar: 0 }), {
    malformed: { kind: "not-positive", field: "tStar" },
  });
});
