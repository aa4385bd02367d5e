import { assignmentTest, type AssignmentTest } from "./assignments.ts";
import { flawIn, unequalLengths } from "./checks.ts";
import { claimTails, type ClaimTails } from "./claims.ts";
import { isWithoutSpread, momentsOf, varianceOf } from "./moments.ts";
import { isResult, lacking, type Outcome, tooFew } from "./outcome.ts";
import { type SpeedUp, speedUp } from "./speedUp.ts";

/** `p` is that of the sign flips, two-sided; `pStudent` that of the t distribution, which the interval comes from. */
export type PairsResult = SpeedUp & ClaimTails & { readonly pStudent: number; readonly signFlips: AssignmentTest };

/**
 * Pairs of throughputs, one with suggestions and one without: d = ln(on / off), mean d +- t s / sqrt(n) with n - 1 degrees of freedom.
 * The p of no effect is that of the signs: which of a pair was without suggestions was drawn at random, so that without an effect
 * each of the 2^n signs of the d was equally likely.
 *
 * Source: Student, The Probable Error of a Mean, Biometrika 6, 1908; Fisher, The Design of Experiments, 1935, section 21.
 *
 * @param random Numbers in [0, 1), drawn where there are more than 20 pairs.
 */
export function pairs(
  { on, off }: { readonly on: readonly number[]; readonly off: readonly number[] },
  random: () => number,
): Outcome<PairsResult> {
  const flaw =
    unequalLengths(["on", on], ["off", off]) ?? flawIn("on", on, "positive") ?? flawIn("off", off, "positive");
  if (flaw) return flaw;
  if (on.length < 2) return tooFew("pairs", on.length, 2);
  const logs = on.map((value, index) => Math.log(value) - Math.log(off[index] ?? value));
  const moments = momentsOf(logs);
  if (isWithoutSpread(moments)) return lacking({ kind: "no-spread", what: "pairs" });
  const result = speedUp(moments.mean, Math.sqrt(varianceOf(moments) / moments.n), moments.n - 1);
  if (!isResult(result)) return result;
  const signFlips = assignmentTest(
    logs.map((log) => [log, -log]),
    logs.reduce((sum, log) => sum + log, 0),
    random,
  );
  return { ...result, p: signFlips.pTwoSided, pStudent: result.p, signFlips, claims: claimTails(result) };
}
