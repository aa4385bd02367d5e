/** Many simulated experiments with an effect that is known, some weeks long. */

import {
  type SimulatedTruth,
  type SimulationSummary,
  simulatedRun,
  simulatedVerdicts,
  summaryOf,
} from "../productivity/experiment/simulate.ts";
import { seededRandom } from "../productivity/statistics/seededRandom.ts";

export interface SimulatedWeeks {
  readonly weeks: number;
  /** Of work. */
  readonly halfHours: number;
  /** So many of the experiments have an interval, of which `summary` has the usual one. Of the claims it has them all. */
  readonly intervals: number;
  readonly summary: SimulationSummary;
}

/** The same for the same effect, whenever one looks. It takes seconds: for a thread of its own. */
export function simulatedWeeks(effect: number): readonly SimulatedWeeks[] {
  const random = seededRandom(Math.round(effect * 1_000));
  return WEEKS.map((weeks) => {
    const truth: SimulatedTruth = { ...USUAL, effect, strata: weeks * STRATA_A_WEEK };
    const first = Array.from({ length: INTERVALS }, () => simulatedRun(truth, CLAIMS, random));
    const others = Array.from({ length: RUNS - INTERVALS }, () => ({
      interval: undefined,
      plannedInterval: undefined,
      verdicts: simulatedVerdicts(truth, CLAIMS, random),
    }));
    const { usualInterval } = summaryOf(first, truth, CLAIMS);
    const summary = { ...summaryOf([...first, ...others], truth, CLAIMS), usualInterval };
    return { weeks, halfHours: truth.strata * truth.k, intervals: INTERVALS, summary };
  });
}

const CLAIMS = [1, 1.25, 3, 10] as const;
const WEEKS = [1, 2, 4, 8] as const;
/** Of 100 one may see six in a hundred where five are the most. Intervals take most of the time, and their middle needs fewer. */
const RUNS = 500;
const INTERVALS = 100;
/** Five days with six pairs of half-hours. */
const STRATA_A_WEEK = 30;
/** The page says so. */
const USUAL = { sd: 0.6, sdBetween: 0.5, k: 2, compliance: 1, qualifying: 0.8, charsPerMinute: 25 } as const;
