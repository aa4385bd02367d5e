import { flawIn, malformed } from "./checks.ts";
import { claimTails, type ClaimTails } from "./claims.ts";
import { isWithoutSpread, type Moments, momentsOf, varianceOf } from "./moments.ts";
import { isResult, lacking, type Malformed, type Outcome, tooFew } from "./outcome.ts";
import { type SpeedUp, speedUp } from "./speedUp.ts";

/** The blocks of one stratum, one of them, drawn at random, without suggestions. */
export interface Stratum {
  /** The logarithm of each block's throughput. */
  readonly values: readonly number[];
  /** Which of them was without suggestions, from 0. */
  readonly off: number;
}

/** What is wrong with the strata, if anything is; the index is that of the stratum. */
export function flawInStrata(strata: readonly Stratum[]): Malformed | undefined {
  for (const [index, { values, off }] of strata.entries()) {
    if (flawIn("strata", values, "any")) return malformed("not-finite", "strata", index);
    if (!Number.isInteger(off) || off < 0 || off >= values.length) return malformed("not-an-index", "strata", index);
  }
  return undefined;
}

/** Those that compare something: a stratum of one block has nothing to hold against it. */
export function comparing(strata: readonly Stratum[]): readonly Stratum[] {
  return strata.filter(({ values }) => values.length > 1);
}

/** The mean of the blocks with suggestions minus the one without, as if `off` were that one. */
export function difference(values: readonly number[], off: number): number {
  const without = values[off] ?? 0;
  // From the differences and not from the values, so that a common size of them takes no digits away.
  return values.reduce((sum, value) => sum + (value - without), 0) / (values.length - 1);
}

/** `difference` for each of the blocks, in time linear in how many there are. */
export function differences(values: readonly number[]): readonly number[] {
  const n = values.length;
  // A common size of the values takes no digits away.
  const common = values[0] ?? 0;
  const sum = values.reduce((total, value) => total + (value - common), 0);
  return values.map((value) => (sum - n * (value - common)) / (n - 1));
}

/**
 * Strata of blocks with one of k drawn to be without suggestions: D = mean u_on - u_off of each, mean D +- t s / sqrt(n) with n - 1
 * degrees of freedom. Strata of one block are left out. The p of no effect that the draw itself gives is `permutation`'s.
 *
 * Source: Student, The Probable Error of a Mean, Biometrika 6, 1908; Imbens and Rubin, Causal Inference, 2015, chapter 9 (strata).
 */
export function strataMean(strata: readonly Stratum[]): Outcome<SpeedUp & ClaimTails> {
  return flawInStrata(strata) ?? meanOf(momentsOf(comparing(strata).map(({ values, off }) => difference(values, off))));
}

/** The same from number, mean and squares of the differences, for whoever has sums and no blocks. */
export function meanOf(differences: Moments): Outcome<SpeedUp & ClaimTails> {
  if (differences.n < 2) return tooFew("strata", differences.n, 2);
  if (isWithoutSpread(differences)) return lacking({ kind: "no-spread", what: "strata" });
  const se = Math.sqrt(varianceOf(differences) / differences.n);
  const result = speedUp(differences.mean, se, differences.n - 1);
  return isResult(result) ? { ...result, claims: claimTails(result) } : result;
}
