import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "../../../src/productivity/statistics/seededRandom.ts";
import type { Stratum } from "../../../src/productivity/statistics/strata.ts";
import { verdicts } from "../../../src/productivity/statistics/verdicts.ts";
import { normalFrom, resultOf, sixStrata } from "../../support/estimates.ts";

/** Strata of five blocks by somebody whom suggestions make `truth` times as fast. */
function worked(strata: number, truth: number, seed: number): readonly Stratum[] {
  const random = seededRandom(seed);
  const normal = normalFrom(random);
  return Array.from({ length: strata }, () => {
    const off = Math.floor(random() * 5);
    return {
      values: Array.from({ length: 5 }, (_, at) => 3 + 0.4 * normal() + (at === off ? 0 : Math.log(truth))),
      off,
    };
  });
}

test("six strata rule out 2.5x and more, show an effect, and leave the rest undecided with what it still takes", () => {
  const ladder = resultOf(verdicts(sixStrata)).verdicts;
  assert.deepEqual(
    ladder.map(({ claim, verdict, decidedAfter, moreStrata, moreBlocks }) => [
      claim,
      verdict,
      decidedAfter ?? `${moreStrata} strata, ${moreBlocks} blocks`,
    ]),
    [
      [10, "ruled-out", 3],
      [4, "ruled-out", 3],
      [3, "ruled-out", 4],
      [2.5, "ruled-out", 5],
      [1.67, "undecided", "14 strata, 70 blocks"],
      [1.25, "undecided", "6 strata, 30 blocks"],
      [1.1, "undecided", "1 strata, 5 blocks"],
      [1, "shown", 5],
    ],
  );
});

test("a claim that is decided stays decided, whatever comes after", () => {
  const turned = [
    ...sixStrata,
    ...sixStrata.map(({ values }) => ({ values, off: values.indexOf(Math.max(...values)) })),
  ];
  const [verdict] = resultOf(verdicts(turned, [1])).verdicts;
  assert.ok((verdict?.eMinus ?? 20) < 20);
  assert.equal(verdict?.verdict, "shown");
  assert.equal(verdict?.decidedAfter, 5);
});

test("somebody who is slowed down is told so: the claim of no effect or better is ruled out", () => {
  const ladder = resultOf(verdicts(worked(80, 0.6, 5))).verdicts;
  assert.ok(ladder.every(({ verdict }) => verdict === "ruled-out"));
});

test("where the evidence grows to neither side no number of blocks is made up", () => {
  // What one stratum says the next takes back.
  const strata: readonly Stratum[] = [
    { values: [3, 3.4], off: 0 },
    { values: [3, 3.4], off: 1 },
  ];
  const [verdict] = resultOf(verdicts(strata, [1])).verdicts;
  assert.equal(verdict?.verdict, "undecided");
  assert.equal(verdict !== undefined && "moreStrata" in verdict, false);
});

test("how many strata it still takes is near what it then takes, in the middle of 60 experiments", () => {
  const ratios: number[] = [];
  for (let seed = 1; seed <= 60; seed += 1) {
    const strata = worked(600, 1.4, seed);
    const [early] = resultOf(verdicts(strata.slice(0, 10), [1])).verdicts;
    const [late] = resultOf(verdicts(strata, [1])).verdicts;
    if (early?.moreStrata !== undefined) ratios.push((10 + early.moreStrata) / (late?.decidedAfter ?? 600));
  }
  assert.ok(ratios.length >= 30, `${ratios.length}`);
  const middle = ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? 0;
  assert.ok(middle > 0.5 && middle < 2, `${middle}`);
});

test("without strata there is no verdict, and a claim below 0 is an error", () => {
  assert.deepEqual(verdicts([]), { insufficient: { kind: "too-few", what: "strata", have: 0, need: 1 } });
  const malformed = { kind: "not-positive", field: "claims", index: 0 };
  assert.deepEqual(verdicts(sixStrata, [-1]), { malformed });
});
