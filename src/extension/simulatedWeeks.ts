/** Many simulated experiments with an effect that is known, some weeks long. */

import {
  type SimulatedTruth,
  type SimulationSummary,
  simulatedRun,
  summaryOf,
} from "../productivity/experiment/simulate.ts";
import { seededRandom } from "../productivity/statistics/seededRandom.ts";

export interface SimulatedWeeks {
  readonly weeks: number;
  /** Of work. */
  readonly halfHours: number;
  readonly summary: SimulationSummary;
}

/** The same for the same effect, whenever one looks. It takes seconds: for a thread of its own. */
export function simulatedWeeks(effect: number): readonly SimulatedWeeks[] {
  const random = seededRandom(Math.round(effect * 1_000));
  return WEEKS.map((weeks) => {
    const truth: SimulatedTruth = { ...USUAL, effect, strata: weeks * STRATA_A_WEEK };
    const runs = Array.from({ length: RUNS }, () => simulatedRun(truth, CLAIMS, random));
    return { weeks, halfHours: truth.strata * truth.k, summary: summaryOf(runs, truth, CLAIMS) };
  });
}

const CLAIMS = [1, 1.25, 3, 10] as const;
const WEEKS = [1, 2, 4, 8] as const;
const RUNS = 100;
/** Five days with six pairs of half-hours. */
const STRATA_A_WEEK = 30;
/** The page says so. */
const USUAL = { sd: 0.6, sdBetween: 0.5, k: 2, compliance: 1, qualifying: 0.8, charsPerMinute: 25 } as const;
