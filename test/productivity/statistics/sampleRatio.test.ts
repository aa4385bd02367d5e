import assert from "node:assert/strict";
import { test } from "node:test";
import { sampleRatio } from "../../../src/productivity/statistics/sampleRatio.ts";
import { agrees, resultOf } from "../../support/estimates.ts";

test("splits agree with SciPy 1.17.1's binomtest, and only those that chance hardly makes are flagged", () => {
  for (const [k, n, share, p] of [
    [30, 100, 0.2, 0.016945359676785184],
    [7, 50, 0.5, 2.098677427397888e-7],
    [2100, 4000, 0.5, 0.0016492663751357264],
    [0, 30, 0.2, 0.002139809368012913],
  ] as const) {
    const result = resultOf(sampleRatio({ k, n, share }));
    agrees(result.p, p, 1e-10);
    assert.equal(result.isFlagged, p < 0.001);
  }
});

test("the split that was most likely is no sign of anything", () => {
  assert.equal(resultOf(sampleRatio({ k: 10, n: 50, share: 0.2 })).p, 1);
});

test("no block is no split, and more than all is an error", () => {
  assert.deepEqual(sampleRatio({ k: 0, n: 0, share: 0.5 }), {
    insufficient: { kind: "too-few", what: "observations", have: 0, need: 1 },
  });
  assert.deepEqual(sampleRatio({ k: 3, n: 2, share: 0.5 }), { malformed: { kind: "above-total", field: "k" } });
  assert.deepEqual(sampleRatio({ k: 1, n: 2, share: 1 }), { malformed: { kind: "not-a-share", field: "share" } });
});
