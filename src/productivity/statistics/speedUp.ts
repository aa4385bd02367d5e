import { finished, type Malformed } from "./outcome.ts";
import { tReach, twoTails } from "./quantiles.ts";

/** A comparison of two arms as a ratio S: above 1 the arm with suggestions is faster. */
export interface SpeedUp {
  /** S, and its interval of 95 %. */
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  /** ln S, with its standard error. */
  readonly theta: number;
  readonly se: number;
  /** Of the Student distribution that interval and p come from. */
  readonly df: number;
  /** How likely data at least as far from S = 1 are where S is 1; two-sided. */
  readonly p: number;
}

/** The interval of a mean of logarithms, theta +- t se, taken back to ratios. */
export function speedUp(theta: number, se: number, df: number): SpeedUp | Malformed {
  const reach = tReach(df) * se;
  return finished({
    estimate: Math.exp(theta),
    lower: Math.exp(theta - reach),
    upper: Math.exp(theta + reach),
    theta,
    se,
    df,
    p: twoTails(theta / se, df),
  });
}
