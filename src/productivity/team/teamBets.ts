/** The e-value's bets on each claim of the ladder, over the strata of many people. */

import { CLAIMS_LADDER } from "../statistics/claimsLadder.ts";
import { type Bets, LAMBDAS, type Side } from "../statistics/evalue.ts";

/** One of the bets: against `claim` from one side, with how much of the stake. */
export interface BetPlace {
  readonly claim: number;
  readonly side: Side;
  readonly lambda: number;
}

const sides: readonly Side[] = ["+", "-"];

/** By claim, side and lambda: the order in which their sums of ln e stand in a list. */
export const betPlaces: readonly BetPlace[] = CLAIMS_LADDER.flatMap((claim) =>
  sides.flatMap((side) => LAMBDAS.map((lambda) => ({ claim, side, lambda }))),
);

/** Nothing bet yet: for each of `betPlaces` a sum of ln e that is 0. */
export const noTeamBets = (): Float64Array => new Float64Array(betPlaces.length);

/**
 * Adds a stratum's ln e to each bet. With d = u_on - u_off of each of its blocks with suggestions and m blocks in all,
 * ln e = ln m - ln(1 + exp(-+lambda ln claim) sum of exp(+-lambda d)): what `withStratum` computes, with the exponentials that all
 * claims have in common taken once, as the warehouse's query does.
 */
export function betsOf(bets: Float64Array, away: readonly number[]): void {
  const lnBlocks = Math.log(away.length + 1);
  let bet = 0;
  for (const [index, scale] of signed.entries()) {
    bet = 0;
    for (const d of away) bet += Math.exp(scale * d);
    for (let claim = 0; claim < CLAIMS_LADDER.length; claim += 1) {
      const at = claim * signed.length + index;
      bets[at] = (bets[at] ?? 0) + lnBlocks - Math.log1p((claimFactors[at] ?? 0) * bet);
    }
  }
}

/** Fair bets one after the other: the sums of ln e of several people's. */
export function betsOfAll(people: readonly Float64Array[]): Float64Array {
  return noTeamBets().map((_, index) => people.reduce((sum, bets) => sum + (bets[index] ?? 0), 0));
}

/** As `verdicts` and `evalue` have them: those of one claim and side. */
export function claimBets(bets: Float64Array, claim: number, side: Side): Bets {
  return betPlaces.flatMap((place, index) => (place.claim === claim && place.side === side ? [bets[index] ?? 0] : []));
}

const signed: readonly number[] = sides.flatMap((side) => LAMBDAS.map((lambda) => (side === "+" ? lambda : -lambda)));
const claimFactors: readonly number[] = CLAIMS_LADDER.flatMap((claim) =>
  signed.map((scale) => Math.exp(-scale * Math.log(claim))),
);
