import { aboveTotal, flawIn, unequalLengths } from "./checks.ts";
import { finished, lacking, type Outcome, tooFew } from "./outcome.ts";
import { tReach } from "./quantiles.ts";

export interface ClusteredRatio {
  readonly estimate: number;
  readonly se: number;
  readonly df: number;
  readonly lower: number;
  readonly upper: number;
  /** How many times the variance is that of as many suggestions that had nothing to do with each other. */
  readonly designEffect: number;
}

/**
 * A rate over sessions g, accepted `y` of shown `x` in each: R = sum y / sum x, with the variance by linearization over whole
 * sessions, G / (G - 1) sum (y - R x)² / (sum x)², since suggestions of one session are alike. The interval is made on the logit,
 * ln(R / (1 - R)) +- t SE / (R (1 - R)) with G - 1 degrees of freedom, and so stays within 0 and 1.
 *
 * Source: Cochran, Sampling Techniques, 3rd edition 1977, chapter 6; on the logit: Korn and Graubard, Analysis of Health Surveys, 1999.
 */
export function clusteredRatio(input: {
  readonly y: readonly number[];
  readonly x: readonly number[];
}): Outcome<ClusteredRatio> {
  const { y, x } = input;
  const above = y.findIndex((value, index) => value > (x[index] ?? 0));
  const flaw =
    unequalLengths(["y", y], ["x", x]) ??
    flawIn("y", y, "count") ??
    flawIn("x", x, "count") ??
    (above < 0 ? undefined : aboveTotal("y", "x", above));
  if (flaw) return flaw;
  const sumY = sum(y);
  const sumX = sum(x);
  // A session in which nothing was shown says nothing of the rate.
  const sessions = x.filter((shown) => shown > 0).length;
  if (sessions < 2) return tooFew("sessions", sessions, 2);
  const rate = sumY / sumX;
  if (sumY === 0 || sumY === sumX) return lacking({ kind: "none-or-all", estimate: sumY === 0 ? 0 : 1 });
  const squares = sum(y.map((value, index) => (value - rate * (x[index] ?? 0)) ** 2));
  const se = Math.sqrt((sessions / (sessions - 1)) * squares) / sumX;
  if (se <= 1e-12 * rate) return lacking({ kind: "no-spread", what: "sessions" });
  const logit = Math.log(rate / (1 - rate));
  const reach = (tReach(sessions - 1) * se) / (rate * (1 - rate));
  return finished({
    estimate: rate,
    se,
    df: sessions - 1,
    lower: 1 / (1 + Math.exp(reach - logit)),
    upper: 1 / (1 + Math.exp(-reach - logit)),
    designEffect: se ** 2 / ((rate * (1 - rate)) / sumX),
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
