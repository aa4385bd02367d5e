import { type Arms, type Block, flawInArms, welchDf } from "./arms.ts";
import { lacking, type Outcome, tooFew } from "./outcome.ts";
import { type SpeedUp, speedUp } from "./speedUp.ts";

/**
 * The throughputs of two arms compared as ratios of sums: R = sum of characters / sum of minutes in each, theta = ln(R_on / R_off),
 * its variance by linearization v = n / (n - 1) sum (Y - R T)² / (sum Y)² in each arm, degrees of freedom after Welch. For few
 * blocks its intervals are too narrow, so it only shows how much hangs on the choice of the method.
 *
 * Source: Cochran, Sampling Techniques, 3rd edition 1977, chapter 6 (ratio estimate); Welch, The Generalization of "Student's"
 * Problem when Several Different Population Variances Are Involved, Biometrika 34, 1947.
 */
export function logRatioOfSums(arms: Arms): Outcome<SpeedUp> {
  const flaw = flawInArms(arms);
  if (flaw) return flaw;
  const { on, off } = arms;
  if (on.length < 2) return tooFew("blocksOn", on.length, 2);
  if (off.length < 2) return tooFew("blocksOff", off.length, 2);
  const first = armOf(on);
  const second = armOf(off);
  if (first.characters === 0) return lacking({ kind: "nothing-counted", field: "on" });
  if (second.characters === 0) return lacking({ kind: "nothing-counted", field: "off" });
  const se = Math.sqrt(first.variance + second.variance);
  if (se <= 1e-12) return lacking({ kind: "no-spread", what: "blocksOn" });
  const df = welchDf(first.variance, on.length - 1, second.variance, off.length - 1);
  return speedUp(Math.log(first.rate / second.rate), se, df);
}

function armOf(blocks: readonly Block[]) {
  let characters = 0;
  let minutes = 0;
  for (const [blockCharacters, blockMinutes] of blocks) {
    characters += blockCharacters;
    minutes += blockMinutes;
  }
  const rate = characters / minutes;
  const n = blocks.length;
  let squares = 0;
  for (const [blockCharacters, blockMinutes] of blocks) {
    // Divided before it is squared, so that the squares of large sums stay numbers.
    squares += ((blockCharacters - rate * blockMinutes) / characters) ** 2;
  }
  return { characters, rate, variance: (n / (n - 1)) * squares };
}
