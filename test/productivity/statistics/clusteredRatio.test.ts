import assert from "node:assert/strict";
import { test } from "node:test";
import { clusteredRatio } from "../../../src/productivity/statistics/clusteredRatio.ts";
import { agrees, published, resultOf } from "../../support/estimates.ts";

const y = [12, 3, 30, 7, 0, 18, 22, 5, 9, 14];
const x = [40, 25, 70, 30, 12, 60, 55, 40, 35, 41];

test("ten sessions have the published rate, interval and design effect", () => {
  const result = resultOf(clusteredRatio({ y, x }));
  published(result.estimate, 0.294118);
  published(result.se, 0.0373151);
  published(result.lower, 0.2172, 4);
  published(result.upper, 0.384881);
  published(result.designEffect, 2.7364, 5);
  assert.equal(result.df, 9);
});

test("other sessions agree with the formula worked in NumPy 2 with SciPy 1.17.1's quantile", () => {
  const result = resultOf(clusteredRatio({ y: [3, 0, 8, 2, 5, 1], x: [10, 4, 21, 9, 9, 6] }));
  agrees(result.estimate, 0.3220338983050847);
  agrees(result.se, 0.05671805777284379);
  agrees(result.lower, 0.19588168985916707);
  agrees(result.upper, 0.4808480264386575);
});

test("sessions in which nothing was shown change nothing", () => {
  assert.deepEqual(clusteredRatio({ y: [...y, 0, 0], x: [...x, 0, 0] }), clusteredRatio({ y, x }));
});

test("one session has no interval, however many suggestions it had", () => {
  const insufficient = { kind: "too-few", what: "sessions", have: 1, need: 2 };
  assert.deepEqual(clusteredRatio({ y: [40, 0], x: [100, 0] }), { insufficient });
});

test("none and all, and sessions all alike, are told apart from a rate with an interval", () => {
  assert.deepEqual(clusteredRatio({ y: [0, 0], x: [5, 9] }), { insufficient: { kind: "none-or-all", estimate: 0 } });
  assert.deepEqual(clusteredRatio({ y: [5, 9], x: [5, 9] }), { insufficient: { kind: "none-or-all", estimate: 1 } });
  const alike = clusteredRatio({ y: [1, 3], x: [3, 9] });
  assert.deepEqual(alike, { insufficient: { kind: "no-spread", what: "sessions" } });
});

test("more accepted than shown in any session is an error", () => {
  const malformed = { kind: "above-total", field: "y", other: "x", index: 1 };
  assert.deepEqual(clusteredRatio({ y: [1, 4], x: [9, 3] }), { malformed });
  assert.deepEqual(clusteredRatio({ y: [1], x: [9, 3] }), {
    malformed: { kind: "unequal-lengths", field: "y", other: "x" },
  });
});
