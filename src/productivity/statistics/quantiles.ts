/**
 * Quantiles of Student's and the normal distribution, from stdlib. Its inverse of the incomplete beta function is a port of Boost's;
 * the values agree with SciPy's to about 1e-15.
 */
import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import studentCdf from "@stdlib/stats-base-dists-t-cdf";
import studentQuantile from "@stdlib/stats-base-dists-t-quantile";

/** Every interval of the report covers the truth in this share of cases. */
export const CONFIDENCE = 0.95;

/** The quantile of the standard normal distribution, `p` in (0, 1). */
export function zQuantile(p: number): number {
  return normalQuantile(p, 0, 1);
}

/** The quantile of Student's distribution, `p` in (0, 1), `df` above 0 and not necessarily whole. */
export function tQuantile(p: number, df: number): number {
  return studentQuantile(p, df);
}

/** How many standard errors a two-sided interval reaches to each side. */
export function tReach(df: number): number {
  return studentQuantile((1 + CONFIDENCE) / 2, df);
}

/** The same of the normal distribution. */
export function zReach(): number {
  return normalQuantile((1 + CONFIDENCE) / 2, 0, 1);
}

/** How likely a Student variable is at `t` or above. */
export function upperTail(t: number, df: number): number {
  return studentCdf(-t, df);
}

/** How likely a Student variable is at least as far from 0 as `t`. */
export function twoTails(t: number, df: number): number {
  return Math.min(1, 2 * studentCdf(-Math.abs(t), df));
}
