import { CLAIMS_LADDER } from "./claimsLadder.ts";
import { type Bets, boundedExp, DECISIVE_E, lnEOf, noBets, type Side, withStratum } from "./evalue.ts";
import { flawIn } from "./checks.ts";
import { finished, type Outcome, tooFew } from "./outcome.ts";
import { rootOfRising } from "./root.ts";
import { comparing, flawInStrata, type Stratum } from "./strata.ts";

/** What the data say of one claim. */
export interface Verdict {
  readonly claim: number;
  /** "ruled-out": S is less than the claim. "shown": S is more than it. */
  readonly verdict: "ruled-out" | "shown" | "undecided";
  /** The evidence after the last stratum, against S >= claim and against S <= claim. */
  readonly ePlus: number;
  readonly eMinus: number;
  /** After how many strata it was decided. A claim that is decided stays so. */
  readonly decidedAfter?: number;
  /**
   * How many strata, and blocks of them, it still takes if they go on like those so far. Not there where the evidence grows to
   * neither side, so that there is nothing to go on with.
   */
  readonly moreStrata?: number;
  readonly moreBlocks?: number;
}

/**
 * The verdict on each claim of the ladder, from strata in the order of time. A claim is decided by its e-value as soon as that has
 * once reached 20, at whatever time one looks (Ville's inequality; see `evalue`). How many more it takes is read off the mean growth
 * of ln E so far, which is how bets grow (Kelly, A New Interpretation of Information Rate, 1956).
 */
export function verdicts(
  strata: readonly Stratum[],
  claims: readonly number[] = CLAIMS_LADDER,
): Outcome<{ readonly verdicts: readonly Verdict[] }> {
  const flaw = flawInStrata(strata) ?? flawIn("claims", claims, "positive");
  if (flaw) return flaw;
  const compared = comparing(strata);
  if (compared.length === 0) return tooFew("strata", 0, 1);
  return finished({ verdicts: claims.map((claim) => verdictOn(compared, claim)) });
}

function verdictOn(strata: readonly Stratum[], claim: number): Verdict {
  const plus = betsOn(strata, claim, "+");
  const minus = betsOn(strata, claim, "-");
  const evidence = { claim, ePlus: boundedExp(lnEOf(plus.bets)), eMinus: boundedExp(lnEOf(minus.bets)) };
  const decidedAfter = Math.min(plus.decidedAfter, minus.decidedAfter);
  if (decidedAfter < Infinity) {
    return { ...evidence, verdict: plus.decidedAfter === decidedAfter ? "ruled-out" : "shown", decidedAfter };
  }
  const moreStrata = Math.min(strataMissing(plus.bets, strata.length), strataMissing(minus.bets, strata.length));
  if (moreStrata > Number.MAX_SAFE_INTEGER) return { ...evidence, verdict: "undecided" };
  const blocks = strata.reduce((sum, { values }) => sum + values.length, 0);
  const moreBlocks = Math.ceil((moreStrata * blocks) / strata.length);
  return { ...evidence, verdict: "undecided", moreStrata, moreBlocks };
}

function betsOn(strata: readonly Stratum[], claim: number, side: Side) {
  const lnClaim = Math.log(claim);
  let bets = noBets;
  let decidedAfter = Infinity;
  for (const [index, stratum] of strata.entries()) {
    bets = withStratum(bets, stratum, lnClaim, side);
    if (decidedAfter === Infinity && lnEOf(bets) >= Math.log(DECISIVE_E)) decidedAfter = index + 1;
  }
  return { bets, decidedAfter };
}

/** After how many strata more E reaches 20 if each stake goes on to grow as it did on average. Infinity if none grows. */
function strataMissing(bets: Bets, strata: number): number {
  const after = (more: number) => lnEOf(bets.map((ln) => ln + (more * ln) / strata)) - Math.log(DECISIVE_E);
  // By then the best stake alone is enough, whatever the others have lost.
  const most = Math.min(
    ...bets.map((ln) => (ln > 0 ? ((Math.log(DECISIVE_E * bets.length) - ln) * strata) / ln : Infinity)),
  );
  return most < Infinity ? Math.ceil(rootOfRising(after, 0, Math.max(most, 1))) : Infinity;
}
