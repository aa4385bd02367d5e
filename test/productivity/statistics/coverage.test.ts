/** How often the intervals of a planned look have the truth in them, in experiments with a known effect. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { clusteredRatio } from "../../../src/productivity/statistics/clusteredRatio.ts";
import { survivalAt, kaplanMeier } from "../../../src/productivity/statistics/kaplanMeier.ts";
import { meanOfLogs } from "../../../src/productivity/statistics/meanOfLogs.ts";
import { isResult, type Outcome } from "../../../src/productivity/statistics/outcome.ts";
import { pairs } from "../../../src/productivity/statistics/pairs.ts";
import { seededRandom } from "../../../src/productivity/statistics/seededRandom.ts";
import { strataMean } from "../../../src/productivity/statistics/strata.ts";
import { team } from "../../../src/productivity/statistics/team.ts";
import { microRandomised } from "../../../src/productivity/statistics/microRandomised.ts";
import { normalFrom } from "../../support/estimates.ts";

const RUNS = 1_000;
const TRUTH = 1.25;
const random = seededRandom(20);
const normal = normalFrom(random);

interface Bounds {
  readonly lower?: number;
  readonly upper?: number;
}

/** The share of the experiments whose interval has the truth in it. One without an interval has it not. */
function coverage(truth: number, experiment: () => Outcome<object>): number {
  let covered = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const outcome = experiment();
    const { lower, upper } = (isResult(outcome) ? outcome : {}) as Bounds;
    if (lower !== undefined && upper !== undefined && lower <= truth && truth <= upper) covered += 1;
  }
  return covered / RUNS;
}

const throughput = (speedUp: number) => 20 * speedUp * Math.exp(0.4 * normal());
const many = <T>(count: number, one: (index: number) => T) => Array.from({ length: count }, (_, index) => one(index));
const block = (speedUp: number) => [throughput(speedUp) * 25, 25] as const;

for (const [name, truth, experiment] of [
  ["pairs", TRUTH, () => pairs({ on: many(8, () => throughput(TRUTH)), off: many(8, () => throughput(1)) }, random)],
  [
    "strata of five",
    TRUTH,
    () =>
      strataMean(
        many(8, () => {
          const off = Math.floor(random() * 5);
          return { values: many(5, (at) => Math.log(throughput(at === off ? 1 : TRUTH))), off };
        }),
      ),
  ],
  [
    "blocks that were not drawn in strata",
    TRUTH,
    () => meanOfLogs({ on: many(12, () => block(TRUTH)), off: many(6, () => block(1)) }),
  ],
  [
    "a team of six who differ",
    TRUTH,
    () => team({ theta: many(6, () => Math.log(TRUTH) + 0.2 * normal() + 0.15 * normal()), se: many(6, () => 0.15) }),
  ],
  [
    "held-back suggestions in ten sessions",
    TRUTH,
    () =>
      microRandomised(
        many(10, String).flatMap((session) => {
          const mood = 0.3 * normal();
          return many(12, () => {
            const isShown = random() < 0.5;
            return { session, isShown, seconds: 40 * Math.exp(mood + 0.5 * normal()) * (isShown ? 1 / TRUTH : 1) };
          });
        }),
      ),
  ],
  [
    "a rate over twenty sessions that differ",
    0.3,
    () => {
      const shown = many(20, () => 20 + Math.floor(40 * random()));
      const accepted = shown.map((count) => {
        const rate = 0.15 + 0.3 * random();
        return many(count, () => (random() < rate ? 1 : 0)).reduce<number>((sum, one) => sum + one, 0);
      });
      return clusteredRatio({ y: accepted, x: shown });
    },
  ],
  [
    "survival at a time, with some last seen before",
    Math.exp(-0.5),
    () => {
      const ends = many(60, () => ({ end: -Math.log(1 - random()), seen: 2.5 * random() }));
      const curve = kaplanMeier({
        t: ends.map(({ end, seen }) => Math.min(end, seen)),
        event: ends.map(({ end, seen }) => (end <= seen ? 1 : 0)),
      });
      const step = isResult(curve) ? survivalAt(curve, 0.5) : undefined;
      return typeof step === "object" ? step : {};
    },
  ],
] as const)
  test(`the interval of ${name} has the truth in it in 95 % of experiments, give or take what 1,000 of them leave open`, (t) => {
    const share = coverage(truth, experiment);
    t.diagnostic(`${name}: ${share}`);
    assert.ok(share >= 0.925 && share <= 0.98, `${share}`);
  });
