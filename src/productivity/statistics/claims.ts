import { CLAIMS_LADDER } from "./claimsLadder.ts";
import { upperTail } from "./quantiles.ts";
import type { SpeedUp } from "./speedUp.ts";

/** What a look that was planned beforehand says of a claim. It does not allow looking again and again, as the e-value does. */
export interface ClaimTail {
  readonly claim: number;
  /** One-sided: how likely data so low are where S is the claim or more. Small speaks against S >= claim. */
  readonly pAtLeast: number;
  /** One-sided: how likely data so high are where S is the claim or less. Small speaks against S <= claim. */
  readonly pAtMost: number;
}

export interface ClaimTails {
  readonly claims: readonly ClaimTail[];
}

/** Student's test of every claim of the ladder, from ln S, its standard error and degrees of freedom. */
export function claimTails({ theta, se, df }: SpeedUp): readonly ClaimTail[] {
  return CLAIMS_LADDER.map((claim) => {
    const away = (theta - Math.log(claim)) / se;
    return { claim, pAtLeast: upperTail(-away, df), pAtMost: upperTail(away, df) };
  });
}
