import { flawAt } from "./checks.ts";
import { finished, type Outcome, tooFew } from "./outcome.ts";
import { comparing, flawInStrata, type Stratum } from "./strata.ts";

/** How boldly each part of the stake is bet; they are mixed in equal shares, so that none has to be chosen after the data are seen. */
export const LAMBDAS: readonly number[] = [0.25, 0.5, 1, 2, 4];

/** A claim is decided once the evidence against it has reached this: by Ville's inequality false in at most 5 %, at whatever time one looks. */
export const DECISIVE_E = 20;

/** "+" bets that S is less than the claim and so against S >= claim; "-" bets that it is more, against S <= claim. */
export type Side = "+" | "-";

/** ln of what each lambda's stake has become. */
export type Bets = readonly number[];

export const noBets: Bets = LAMBDAS.map(() => 0);

/**
 * The stakes after one stratum more. For the claim that suggestions multiply throughput by S0, the values u' = u - ln S0 with, u' = u
 * without suggestions, are exchangeable within the stratum, whichever block was drawn to be without. Each stake is multiplied by
 * exp(+-lambda u'_off) / mean of exp(+-lambda u'), whose mean over the draw is 1 at S = S0, and at most 1 beyond it.
 */
export function withStratum(bets: Bets, { values, off }: Stratum, lnClaim: number, side: Side): Bets {
  const sign = side === "+" ? 1 : -1;
  const without = values[off] ?? 0;
  return bets.map((ln, index) => {
    const lambda = sign * (LAMBDAS[index] ?? 0);
    // Without an array for it: a year's report comes here a million times.
    const exponentAt = (at: number): number =>
      at === off ? 0 : lambda * ((values[at] ?? without) - lnClaim - without);
    let most = -Infinity;
    for (let at = 0; at < values.length; at += 1) most = Math.max(most, exponentAt(at));
    let sum = 0;
    for (let at = 0; at < values.length; at += 1) sum += Math.exp(exponentAt(at) - most);
    return ln - (most + Math.log(sum / values.length));
  });
}

/** ln E: the mean of the stakes. */
export function lnEOf(bets: Bets): number {
  return lnMeanExp(bets);
}

/** ln E of all the strata. */
export function lnE(strata: readonly Stratum[], lnClaim: number, side: Side): number {
  return lnEOf(strata.reduce((bets, stratum) => withStratum(bets, stratum, lnClaim, side), noBets));
}

export interface EValue {
  readonly claim: number;
  /** The larger of both: the evidence against the claim from the side on which there is more of it. */
  readonly e: number;
  /** E+, the evidence against S >= claim. At 20 and above the claim is ruled out. */
  readonly ePlus: number;
  /** E-, the evidence against S <= claim. At 20 and above S is shown to be more than the claim. */
  readonly eMinus: number;
  readonly lnEPlus: number;
  readonly lnEMinus: number;
  /** How many strata compare something. */
  readonly strata: number;
}

/** Beyond it e^x is no longer a number that JSON can hold. The logarithm stays exact. */
const MOST_LN_E = 700;

/**
 * The evidence against a claim about S, which may be looked at as often as one likes: a bet with fair odds under the claim, whose
 * gain is E = mean over lambda in .25, .5, 1, 2, 4 of the product over strata of exp(+-lambda u'_off) / mean exp(+-lambda u').
 *
 * Source: Ramdas, Grünwald, Vovk and Shafer, Game-Theoretic Statistics and Safe Anytime-Valid Inference, Statistical Science 38,
 * 2023; Koning, Post-hoc and Anytime Valid Permutation and Group Invariance Testing, 2023 (exp of a statistic over its mean over
 * the group).
 *
 * @param claim S0, above 0.
 */
export function evalue(strata: readonly Stratum[], claim: number): Outcome<EValue> {
  const flaw = flawInStrata(strata) ?? flawAt("claim", claim, "positive");
  if (flaw) return flaw;
  const compared = comparing(strata);
  if (compared.length === 0) return tooFew("strata", 0, 1);
  const lnEPlus = lnE(compared, Math.log(claim), "+");
  const lnEMinus = lnE(compared, Math.log(claim), "-");
  const ePlus = boundedExp(lnEPlus);
  const eMinus = boundedExp(lnEMinus);
  return finished({ claim, e: Math.max(ePlus, eMinus), ePlus, eMinus, lnEPlus, lnEMinus, strata: compared.length });
}

/** e to the power of `x`, held at e^700 where it is larger. */
export function boundedExp(x: number): number {
  return Math.exp(Math.min(x, MOST_LN_E));
}

function lnMeanExp(values: readonly number[]): number {
  const most = Math.max(...values);
  let sum = 0;
  for (const value of values) sum += Math.exp(value - most);
  return most + Math.log(sum / values.length);
}
