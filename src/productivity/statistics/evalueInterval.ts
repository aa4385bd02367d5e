import { DECISIVE_E, lnE, lnEOf, noBets, type Side, withStratum } from "./evalue.ts";
import { finished, type Outcome, tooFew } from "./outcome.ts";
import { rootOfRising } from "./root.ts";
import { comparing, difference, flawInStrata, type Stratum } from "./strata.ts";

/** Each side may err in half of 5 %. */
const TWO_SIDED_E = 2 * DECISIVE_E;

/** An interval of ratios that holds at whatever time one looks. */
export interface EValueInterval {
  /** exp of the mean difference. */
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  /** How many strata compare something. */
  readonly strata: number;
}

/**
 * All S of which neither side has evidence of 40: from where E- falls below it to where E+ reaches it, each found by halving, since
 * E- falls and E+ rises with S. The interval covers the truth in 95 % of cases however often one looks, and is never empty.
 *
 * With m blocks in a stratum E is at most the product of the m, so the interval has ends from a product above 40 on: six pairs, or
 * three strata of five.
 *
 * Source: see `evalue`; Howard, Ramdas, McAuliffe and Sekhon, Time-uniform, Nonparametric, Nonasymptotic Confidence Sequences,
 * Annals of Statistics 49, 2021 (tests turned into intervals).
 *
 * @param k blocks of the strata to come, by which it is said how many it takes: as many as usual so far, or two, without it
 */
export function evalueInterval(strata: readonly Stratum[], k?: number): Outcome<EValueInterval> {
  const flaw = flawInStrata(strata);
  if (flaw) return flaw;
  const compared = comparing(strata);
  const missing = strataMissing(compared, k);
  if (missing > 0) return tooFew("strata", compared.length, compared.length + missing);
  const middle = compared.reduce((sum, { values, off }) => sum + difference(values, off), 0) / compared.length;
  const above = (lnClaim: number) => lnE(compared, lnClaim, "+") - Math.log(TWO_SIDED_E);
  // Mirrored, so that it rises as the other does.
  const below = (mirrored: number) => lnE(compared, -mirrored, "-") - Math.log(TWO_SIDED_E);
  return finished({
    estimate: Math.exp(middle),
    lower: Math.exp(-crossing(below, -middle)),
    upper: Math.exp(crossing(above, middle)),
    strata: compared.length,
  });
}

/** What a claim is decided by: one side alone, at whatever time one looks. */
export interface OneSided {
  /** S is at least this: every claim below it is shown. Undefined while too few strata could have shown any. */
  readonly atLeast: number | undefined;
  /** S is at most this: every claim above it is ruled out. */
  readonly atMost: number | undefined;
}

/**
 * The bounds of all claims that `verdicts` decides: S0 beyond which the evidence for one side has once reached 20, after whichever
 * stratum. Each of them alone errs in at most 5 % however often one looks; both ends at once are `evalueInterval`'s. A claim that is
 * decided stays so, and so does its bound: it may lie within the interval, which asks for 40 on each side, and for it now.
 *
 * Source: as `evalueInterval`.
 */
export function oneSidedBounds(strata: readonly Stratum[]): Outcome<OneSided> {
  const flaw = flawInStrata(strata);
  if (flaw) return flaw;
  const compared = comparing(strata);
  const lnReach = compared.reduce((sum, { values }) => sum + Math.log(values.length), 0);
  if (lnReach <= Math.log(DECISIVE_E)) return finished({ atLeast: undefined, atMost: undefined });
  const middle = compared.reduce((sum, { values, off }) => sum + difference(values, off), 0) / compared.length;
  const above = (lnClaim: number) => lnMostE(compared, lnClaim, "+") - Math.log(DECISIVE_E);
  const below = (mirrored: number) => lnMostE(compared, -mirrored, "-") - Math.log(DECISIVE_E);
  return finished({
    atLeast: finiteOnly(Math.exp(-crossing(below, -middle))),
    atMost: finiteOnly(Math.exp(crossing(above, middle))),
  });
}

const finiteOnly = (ratio: number): number | undefined => (ratio > 0 && ratio < Infinity ? ratio : undefined);

/** ln of the most that E has been, after any of the strata. It rises and falls with the claim as E does. */
function lnMostE(strata: readonly Stratum[], lnClaim: number, side: Side): number {
  let bets = noBets;
  let most = 0;
  for (const stratum of strata) {
    bets = withStratum(bets, stratum, lnClaim, side);
    most = Math.max(most, lnEOf(bets));
  }
  return most;
}

/** How many strata more make an interval with two ends possible. */
function strataMissing(strata: readonly Stratum[], k: number | undefined): number {
  const lnReach = strata.reduce((sum, { values }) => sum + Math.log(values.length), 0);
  const usual = k === undefined && strata.length > 0 ? lnReach / strata.length : Math.log(k ?? 2);
  return lnReach > Math.log(TWO_SIDED_E) ? 0 : Math.floor((Math.log(TWO_SIDED_E) - lnReach) / usual) + 1;
}

/** Where a rising function crosses 0, looked for from `start` outwards in growing steps. */
function crossing(f: (x: number) => number, start: number): number {
  let low = start;
  let high = start;
  for (let step = 0.5; f(low) >= 0; step *= 2) low -= step;
  for (let step = 0.5; f(high) < 0; step *= 2) {
    high += step;
    // Values so far apart are not throughputs, and rounding may keep E at its most for ever.
    if (high === Infinity) return high;
  }
  return rootOfRising(f, low, high);
}
