/** What is known of each claim of the ladder: about people's average, and, apart from that, about each of them. */

import { CLAIMS_LADDER } from "../statistics/claimsLadder.ts";
import { boundedExp, DECISIVE_E, lnEOf } from "../statistics/evalue.ts";
import { tReach } from "../statistics/quantiles.ts";
import type { TeamResult } from "../statistics/team.ts";
import { betsOfAll, claimBets } from "./teamBets.ts";

export interface TeamClaim {
  readonly claim: number;
  /**
   * Of the average, by its interval of 95 %, which is for one look: "ruled-out" lies above it, "shown" below it. "not-known": no claim
   * is judged, and there are no e-values.
   */
  readonly verdict: "ruled-out" | "shown" | "undecided" | "not-known";
  /** Of "undecided": how many people like these it still takes if their average and their scatter stay as they are. */
  readonly morePeople?: number;
  /** Decided by e-values, at whatever time one looks: not all of them reach the claim; not all stay at it or below. */
  readonly isSomebodyBelow: boolean;
  readonly isSomebodyAbove: boolean;
  /** Against the claim that each of them reaches it, and that each of them stays at it or below. */
  readonly lnEPlus?: number;
  readonly lnEMinus?: number;
  /** Held at e^700. */
  readonly ePlus?: number;
  readonly eMinus?: number;
}

/** Where half-hours of one kind got lost: what is left of them proves nothing, neither of the average nor of anybody. */
export const withheldLadder: readonly TeamClaim[] = CLAIMS_LADDER.map((claim) => ({
  claim,
  verdict: "not-known",
  isSomebodyBelow: false,
  isSomebodyAbove: false,
}));

/**
 * The product over everybody's half-hours is a fair bet where the claim holds for each of them. So one person who differs from the
 * others may win it alone, and it says nothing of their average.
 *
 * @param bets Of each person who is in the average.
 */
export function teamLadder(pooled: TeamResult, bets: readonly Float64Array[]): readonly TeamClaim[] {
  const all = betsOfAll(bets);
  return CLAIMS_LADDER.map((claim): TeamClaim => {
    const lnEPlus = lnEOf(claimBets(all, claim, "+"));
    const lnEMinus = lnEOf(claimBets(all, claim, "-"));
    return {
      claim,
      ...averageVerdict(pooled, claim),
      isSomebodyBelow: lnEPlus >= Math.log(DECISIVE_E),
      isSomebodyAbove: lnEMinus >= Math.log(DECISIVE_E),
      lnEPlus,
      lnEMinus,
      ePlus: boundedExp(lnEPlus),
      eMinus: boundedExp(lnEMinus),
    };
  });
}

function averageVerdict(pooled: TeamResult, claim: number): Pick<TeamClaim, "verdict" | "morePeople"> {
  if (pooled.upper < claim) return { verdict: "ruled-out" };
  if (pooled.lower > claim) return { verdict: "shown" };
  const morePeople = peopleMissing(pooled, Math.abs(pooled.theta - Math.log(claim)));
  return morePeople === undefined ? { verdict: "undecided" } : { verdict: "undecided", morePeople };
}

/** How many more until the interval reaches no farther than `distance`, its standard error shrinking with the root of people. */
function peopleMissing({ k, se }: TeamResult, distance: number): number | undefined {
  const scatter = se * Math.sqrt(k);
  const isEnough = (people: number): boolean => (tReach(people - 1) * scatter) / Math.sqrt(people) < distance;
  if (!isEnough(MOST_PEOPLE)) return undefined;
  let [few, enough] = [k, MOST_PEOPLE];
  while (enough - few > 1) {
    const middle = Math.floor((few + enough) / 2);
    if (isEnough(middle)) enough = middle;
    else few = middle;
  }
  return enough - k;
}

/** Of more nobody will ever have the half-hours. */
const MOST_PEOPLE = 1_000_000;
