import { assignmentTest, type AssignmentTest } from "./assignments.ts";
import { malformed } from "./checks.ts";
import { finished, type Outcome, tooFew } from "./outcome.ts";
import { comparing, differences, flawInStrata, type Stratum } from "./strata.ts";

/** `p` is one-sided, of S <= 1: small speaks for a speed-up. The others are in the test itself. */
export type PermutationResult = AssignmentTest & { readonly p: number };

/**
 * The randomisation test of strata: the share of all draws of the blocks without suggestions under which the mean difference would
 * have been at least the observed one. Nothing is assumed of how throughputs are distributed.
 *
 * Source: Fisher, The Design of Experiments, 1935; Imbens and Rubin, Causal Inference, 2015, chapter 5.
 *
 * @param random Numbers in [0, 1), drawn where there are more than 1,048,576 assignments.
 */
export function permutation(strata: readonly Stratum[], random: () => number): Outcome<PermutationResult> {
  const flaw = flawInStrata(strata);
  if (flaw) return flaw;
  const compared = comparing(strata);
  if (compared.length === 0) return tooFew("strata", 0, 1);
  const choices = compared.map(({ values }) => differences(values));
  // With one that is beyond all numbers no assignment could be told from another.
  if (!choices.every((ways) => ways.every((way) => Number.isFinite(way * compared.length))))
    return malformed("beyond-numbers", "difference");
  // One of the choices themselves, so that the assignment that was drawn is always among those that reach it.
  const observed = compared.reduce((sum, { off }, index) => sum + (choices[index]?.[off] ?? 0), 0);
  const test = assignmentTest(choices, observed, random);
  return finished({ p: test.pUpper, ...test });
}
