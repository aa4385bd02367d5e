/** Five hundred experiments of each effect: how often they say what is true. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { analysisOf } from "../../../src/productivity/experiment/analysis.ts";
import {
  simulatedBlocks,
  simulatedRun,
  type SimulatedTruth,
  summaryOf,
} from "../../../src/productivity/experiment/simulate.ts";
import { CLAIMS_LADDER } from "../../../src/productivity/statistics/claimsLadder.ts";
import { strataToRuleOut } from "../../../src/productivity/statistics/evaluePlan.ts";
import { isResult } from "../../../src/productivity/statistics/outcome.ts";
import { seededRandom } from "../../../src/productivity/statistics/seededRandom.ts";
import { strataMean } from "../../../src/productivity/statistics/strata.ts";

const RUNS = 500;
const usual: SimulatedTruth = {
  effect: 1,
  sd: 0.5,
  sdBetween: 0.4,
  k: 2,
  strata: 40,
  compliance: 1,
  qualifying: 0.9,
  charsPerMinute: 20,
};

function runsOf(truth: SimulatedTruth, seed: number) {
  const random = seededRandom(seed);
  return Array.from({ length: RUNS }, () => simulatedRun(truth, CLAIMS_LADDER, random));
}

for (const k of [2, 5] as const)
  for (const [index, effect] of [1, 1.25, 3].entries())
    test(`of 500 experiments with an effect of ${effect}x and one of ${k} half-hours without, at least 93 % have it in their interval`, (t) => {
      const truth = { ...usual, k, effect };
      const { covered, coveredPlanned, claims } = summaryOf(runsOf(truth, 100 * k + index), truth, CLAIMS_LADDER);
      t.diagnostic(`e-value ${covered}, planned ${coveredPlanned}, faster ${claims.at(-1)?.shown}`);
      assert.ok(covered !== undefined && covered >= 0.93, `${covered}`);
      assert.ok(coveredPlanned !== undefined && coveredPlanned >= 0.93 && coveredPlanned <= 0.98, `${coveredPlanned}`);
      const faster = claims.find(({ claim }) => claim === 1)?.shown ?? Number.NaN;
      if (effect === 1) assert.ok(faster <= 0.05, `${faster}`);
      if (effect === 3) assert.ok(faster >= 0.95, `${faster}`);
      const isTrue = (claim: number) => claim <= effect;
      for (const { claim, shown, ruledOut } of claims) {
        const wrong = isTrue(claim) ? ruledOut : 0;
        const tooMuch = claim >= effect ? shown : 0;
        assert.ok(wrong <= 0.05 && tooMuch <= 0.05, `${claim}: ${wrong} ${tooMuch}`);
      }
    });

test("who asks for suggestions anyway in half of the half-hours without sees a smaller effect, not a larger one", () => {
  const estimate = (compliance: number): number => {
    const truth = { ...usual, effect: 3, strata: 2_000, compliance };
    const blocks = simulatedBlocks(truth, seededRandom(4));
    const analysis = analysisOf({ blocks, k: 2, status: "completed", nowMs: Infinity });
    const mean = strataMean(analysis.strata.active120Ms);
    assert.ok(isResult(mean));
    return mean.estimate;
  };
  assert.ok(Math.abs(estimate(1) - 3) < 0.15, `${estimate(1)}`);
  // Half of the logarithm: the square root of three.
  assert.ok(Math.abs(estimate(0.5) - Math.sqrt(3)) < 0.1, `${estimate(0.5)}`);
});

test("too short an experiment is said to have no interval, and no middle is made of the few that have one", () => {
  const truth = { ...usual, strata: 4 };
  const summary = summaryOf(runsOf(truth, 3), truth, CLAIMS_LADDER);
  assert.deepEqual([summary.usualInterval, summary.covered], [undefined, undefined]);
  assert.ok(
    summary.claims.every(({ shown, ruledOut, undecided }) => Math.abs(shown + ruledOut + undecided - 1) < 1e-12),
  );
});

test("the same seed gives the same blocks, on half-hours, none of them twice", () => {
  const blocks = simulatedBlocks({ ...usual, k: 5, strata: 30 }, seededRandom(1));
  assert.deepEqual(blocks, simulatedBlocks({ ...usual, k: 5, strata: 30 }, seededRandom(1)));
  assert.equal(new Set(blocks.map(({ slotMs }) => slotMs)).size, 150);
  assert.ok(blocks.every(({ slotMs }) => slotMs % 1_800_000 === 0));
  assert.equal(blocks.filter(({ arm }) => arm === "off").length, 30);
});

test("with one of five half-hours without, an interval as narrow takes about half as many again, and to rule out 10x hardly more", () => {
  const width = (k: 2 | 5, halfHours: number): number => {
    const random = seededRandom(9);
    const truth = {
      effect: 1.25,
      sd: 0.6,
      sdBetween: 0.3,
      k,
      strata: halfHours / k,
      compliance: 1,
      charsPerMinute: 25,
    };
    const widths = Array.from({ length: 60 }, () => {
      const { interval } = simulatedRun({ ...truth, qualifying: 0.9 }, [2], random);
      return interval ? Math.log(interval.upper / interval.lower) : Infinity;
    }).toSorted((one, other) => one - other);
    return widths[30] ?? Infinity;
  };
  assert.ok(Math.abs(width(5, 300) / width(2, 200) - 1) < 0.05);
  const toRuleOut = (claim: number, k: 2 | 5): number =>
    k * (strataToRuleOut({ sd: 0.6, claim, k, qualifying: 0.8, random: seededRandom(3) }) ?? Infinity);
  assert.ok(toRuleOut(10, 5) < 1.2 * toRuleOut(10, 2));
});
