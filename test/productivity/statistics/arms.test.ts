import assert from "node:assert/strict";
import { test } from "node:test";
import { logRatioOfSums } from "../../../src/productivity/statistics/logRatioOfSums.ts";
import { meanOfLogs } from "../../../src/productivity/statistics/meanOfLogs.ts";
import { agrees, arms, published, resultOf } from "../../support/estimates.ts";

/** One block of nothing among them. */
const other = {
  on: [
    [812, 30],
    [120, 22.5],
    [455, 26],
    [0, 11],
    [603, 27],
  ],
  off: [
    [300, 25],
    [410, 29.5],
    [90, 14],
  ],
} as const;

test("the ratio of sums of twelve blocks is the published one", () => {
  const result = resultOf(logRatioOfSums(arms));
  published(result.estimate, 1.470274);
  published(result.lower, 0.793336);
  published(result.upper, 2.724829);
  published(result.df, 5.036859);
});

test("the mean of logarithms of twelve blocks is the published one, and so is what it says of 3x", () => {
  const result = resultOf(meanOfLogs(arms));
  published(result.estimate, 1.489053);
  published(result.lower, 0.784723);
  published(result.upper, 2.825556);
  published(result.df, 5.628246);
  published(result.claims.find(({ claim }) => claim === 3)?.pAtLeast, 0.0185004);
});

test("other blocks agree with SciPy 1.17.1: ttest_ind of the logarithms with unequal variances", () => {
  const result = resultOf(meanOfLogs(other));
  agrees(result.estimate, 0.5394120317261051);
  agrees(result.lower, 0.028895064873412705);
  agrees(result.upper, 10.069724406073625);
  agrees(result.df, 4.382630746039057);
  agrees(result.p, 0.5991647955605626);
  agrees(result.claims.find(({ claim }) => claim === 3)?.pAtLeast, 0.09229471057957125);
});

test("the ratio of sums of other blocks agrees with the formula worked in NumPy 2 with SciPy 1.17.1's quantile", () => {
  const result = resultOf(logRatioOfSums(other));
  agrees(result.estimate, 1.462607296137339);
  agrees(result.lower, 0.6960379835049577);
  agrees(result.upper, 3.073424372534894);
  agrees(result.df, 5.825990125560731);
});

for (const [name, estimator] of Object.entries({ logRatioOfSums, meanOfLogs })) {
  test(`${name}: one block in an arm is too few, and which arm is told`, () => {
    const few = estimator({ on: arms.on, off: arms.off.slice(0, 1) });
    assert.deepEqual(few, { insufficient: { kind: "too-few", what: "blocksOff", have: 1, need: 2 } });
  });

  test(`${name}: blocks all alike have no interval of no width`, () => {
    const alike = [
      [300, 30],
      [100, 10],
    ] as const;
    const outcome = estimator({ on: alike, off: alike });
    assert.deepEqual(outcome, { insufficient: { kind: "no-spread", what: "blocksOn" } });
  });

  test(`${name}: a block of no time, and less than no characters, are errors`, () => {
    const noTime = estimator({
      on: [
        [12, 3],
        [30, 0],
      ],
      off: arms.off,
    });
    assert.deepEqual(noTime, { malformed: { kind: "not-positive", field: "on", index: 1, part: "minutes" } });
    const negative = estimator({ on: arms.on, off: [[-1, 3]] });
    assert.deepEqual(negative, { malformed: { kind: "negative", field: "off", index: 0, part: "characters" } });
  });
}

test("an arm that left nothing at all has no ratio of sums", () => {
  const nothing = [
    [0, 20],
    [0, 25],
  ] as const;
  assert.deepEqual(logRatioOfSums({ on: arms.on, off: nothing }), {
    insufficient: { kind: "nothing-counted", field: "off" },
  });
});
