/** Each person's estimates, from their sums: what they scatter around is pooled, and none of them is ever shown. */

import { isWithoutSpread, type Moments } from "../statistics/moments.ts";
import { isResult, type Outcome } from "../statistics/outcome.ts";
import type { SpeedUp } from "../statistics/speedUp.ts";
import { speedUp } from "../statistics/speedUp.ts";
import { meanOf } from "../statistics/strata.ts";
import { welchDf } from "../statistics/arms.ts";
import { welch } from "../statistics/meanOfLogs.ts";
import type { PersonSums } from "./personSums.ts";

/** The plan's estimator, the same with other counts of time, and two that know nothing of strata. */
export type TeamMethod = "strata" | "active60" | "active300" | "focus" | "meanOfLogs" | "ratioOfSums";
export const teamMethods: readonly TeamMethod[] = [
  "strata",
  "active60",
  "active300",
  "focus",
  "meanOfLogs",
  "ratioOfSums",
];

/** With fewer strata somebody's own scatter is too little known to weigh their result by it. */
export const LEAST_STRATA = 10;

/** ln S and its standard error; undefined where the sums have none. */
export function estimateOf(
  sums: PersonSums,
  method: TeamMethod,
): { readonly theta: number; readonly se: number } | undefined {
  const outcome = outcomeOf(sums, method);
  return outcome && isResult(outcome) ? { theta: outcome.theta, se: outcome.se } : undefined;
}

function outcomeOf(sums: PersonSums, method: TeamMethod): Outcome<SpeedUp> | undefined {
  const { strata } = sums;
  switch (method) {
    case "strata":
      return ofDifferences(moments(strata, sums.sumD, sums.sumD2));
    case "active60":
      return ofDifferences(moments(strata, sums.sumD60, sums.sumD60Squared));
    case "active300":
      return ofDifferences(moments(strata, sums.sumD300, sums.sumD300Squared));
    case "focus":
      return ofDifferences(moments(strata, sums.sumDFocus, sums.sumDFocusSquared));
    case "meanOfLogs": {
      const on = moments(sums.qualifyingOn, sums.onU, sums.onUU);
      const off = moments(sums.qualifyingOff, sums.offU, sums.offUU);
      return on && off && welch(on, off);
    }
    case "ratioOfSums":
      return ratioOfSums(sums);
  }
}

const ofDifferences = (differences: Moments | undefined): Outcome<SpeedUp> | undefined =>
  differences && meanOf(differences);

/** Undefined where they don't scatter but for what rounding has left of large sums. */
function moments(n: number, sum: number, squares: number): Moments | undefined {
  if (n < 2) return undefined;
  const mean = sum / n;
  const m2 = Math.max(0, squares - (sum * sum) / n);
  const found = { n, mean, m2 };
  return isWithoutSpread(found) || m2 <= ROUNDING * Math.max(1, squares) ? undefined : found;
}

/** As `logRatioOfSums`, with the sum of (Y - R T)² taken apart: YY - 2 R YT + R² TT. */
function ratioOfSums(sums: PersonSums): Outcome<SpeedUp> | undefined {
  const on = arm(sums.qualifyingOn, sums.onY, sums.onT, sums.onYY, sums.onYT, sums.onTT);
  const off = arm(sums.qualifyingOff, sums.offY, sums.offT, sums.offYY, sums.offYT, sums.offTT);
  if (!on || !off) return undefined;
  const df = welchDf(on.variance, sums.qualifyingOn - 1, off.variance, sums.qualifyingOff - 1);
  return speedUp(Math.log(on.rate / off.rate), Math.sqrt(on.variance + off.variance), df);
}

function arm(n: number, y: number, t: number, yy: number, yt: number, tt: number) {
  if (n < 2 || y <= 0 || t <= 0) return undefined;
  const rate = y / t;
  const squares = yy - 2 * rate * yt + rate * rate * tt;
  return squares <= ROUNDING * yy ? undefined : { rate, variance: ((n / (n - 1)) * squares) / (y * y) };
}

/** Of what is summed up in 64 bits and taken apart again, so much may be nothing but rounding. */
const ROUNDING = 1e-12;
