import { type Arms, type Block, flawInArms, welchDf } from "./arms.ts";
import { claimTails, type ClaimTails } from "./claims.ts";
import { isWithoutSpread, type Moments, noMoments, varianceOf, withValue } from "./moments.ts";
import { isResult, lacking, type Outcome, tooFew } from "./outcome.ts";
import { type SpeedUp, speedUp } from "./speedUp.ts";

/** The logarithm of a block's throughput in characters a minute; a block that left nothing counts as one character. */
export function logThroughput([characters, minutes]: Block): number {
  return Math.log(Math.max(characters, 1) / minutes);
}

/**
 * The throughputs of two arms compared as means of logarithms: u = ln(max(Y, 1) / T) of each block, theta = mean u_on - mean u_off,
 * its variance s²_on / n_on + s²_off / n_off, degrees of freedom after Welch and Satterthwaite. The method for blocks that were not
 * drawn in strata.
 *
 * Source: Welch, The Generalization of "Student's" Problem when Several Different Population Variances Are Involved, Biometrika 34, 1947.
 */
export function meanOfLogs(arms: Arms): Outcome<SpeedUp & ClaimTails> {
  const flaw = flawInArms(arms);
  if (flaw) return flaw;
  return welch(momentsOfLogs(arms.on), momentsOfLogs(arms.off));
}

/** The same from number, mean and squares of each arm's logarithms, for whoever has sums and no blocks. */
export function welch(on: Moments, off: Moments): Outcome<SpeedUp & ClaimTails> {
  if (on.n < 2) return tooFew("blocksOn", on.n, 2);
  if (off.n < 2) return tooFew("blocksOff", off.n, 2);
  if (isWithoutSpread(on) && isWithoutSpread(off)) return lacking({ kind: "no-spread", what: "blocksOn" });
  const first = varianceOf(on) / on.n;
  const second = varianceOf(off) / off.n;
  const result = speedUp(on.mean - off.mean, Math.sqrt(first + second), welchDf(first, on.n - 1, second, off.n - 1));
  return isResult(result) ? { ...result, claims: claimTails(result) } : result;
}

function momentsOfLogs(blocks: readonly Block[]): Moments {
  return blocks.reduce((moments, block) => withValue(moments, logThroughput(block)), noMoments);
}
