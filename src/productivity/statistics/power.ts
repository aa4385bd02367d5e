import { flawAt } from "./checks.ts";
import { finished, lacking, type Outcome } from "./outcome.ts";
import { zQuantile } from "./quantiles.ts";

/** How often the plan may rule out a claim that is true, and how often it shall rule out one that is false. */
const PLAN_ALPHA = 0.05;
const PLAN_POWER = 0.8;

export interface Plan {
  /** Whole blocks in each arm. */
  readonly blocksPerArm: number;
  /** The same before it is rounded up. */
  readonly estimate: number;
}

/**
 * How many blocks each arm needs until a claim can be decided: (z_.95 + z_.80)² 2 sd² / (ln claim - ln truth)², one-sided 5 % with a
 * power of 80 %, for a look at the end alone. z_.95 + z_.80 is 2.48648.
 *
 * Source: Cohen, Statistical Power Analysis for the Behavioral Sciences, 2nd edition 1988; the normal approximation for two means.
 *
 * @param input `sd`: of the logarithms of the blocks' throughputs. `truth`, `claim`: ratios, above 0.
 */
export function power(input: { readonly sd: number; readonly truth: number; readonly claim: number }): Outcome<Plan> {
  const { sd, truth, claim } = input;
  const flaw = flawAt("sd", sd, "positive") ?? flawAt("truth", truth, "positive") ?? flawAt("claim", claim, "positive");
  if (flaw) return flaw;
  const away = Math.log(claim) - Math.log(truth);
  if (away === 0) return lacking({ kind: "claim-is-truth" });
  const estimate = (zQuantile(1 - PLAN_ALPHA) + zQuantile(PLAN_POWER)) ** 2 * 2 * (sd / away) ** 2;
  return finished({ blocksPerArm: Math.ceil(estimate), estimate });
}
