import assert from "node:assert/strict";
import { test } from "node:test";
import { logThroughput, meanOfLogs, welch } from "../../../src/productivity/statistics/meanOfLogs.ts";
import { momentsOf, varianceOf } from "../../../src/productivity/statistics/moments.ts";
import { difference, meanOf, strataMean } from "../../../src/productivity/statistics/strata.ts";
import { agrees, arms, resultOf, sixStrata } from "../../support/estimates.ts";

test("the variance of values that are large beside how they differ keeps its digits", () => {
  const moments = momentsOf([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]);
  assert.equal(moments.mean, 1e9 + 10);
  agrees(varianceOf(moments), 30);
});

test("whoever has only number, mean and squares gets the same result as from the blocks", () => {
  const on = momentsOf(arms.on.map(logThroughput));
  const off = momentsOf(arms.off.map(logThroughput));
  assert.deepEqual(welch(on, off), meanOfLogs(arms));
  const differences = momentsOf(sixStrata.map(({ values, off }) => difference(values, off)));
  assert.deepEqual(resultOf(meanOf(differences)), resultOf(strataMean(sixStrata)));
});

test("a block that left nothing counts as one character, so that it has a logarithm", () => {
  assert.equal(logThroughput([0, 20]), -Math.log(20));
});
