import { flawAt, flawIn } from "./checks.ts";
import { isWithoutSpread, type Moments, momentsOf } from "./moments.ts";
import { finished, lacking, type Outcome, tooFew } from "./outcome.ts";
import { CONFIDENCE } from "./quantiles.ts";
import { rootOfRising } from "./root.ts";

const ALPHA = 1 - CONFIDENCE;

/** It holds for many values; from so many on it is shown. */
export const SHOWN_FROM = 10;

export interface SequenceAt {
  /** How many differences. */
  readonly t: number;
  /** S and its interval, which holds at whatever time one looks. */
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  /** ln S, and how far the interval reaches to each side of it. */
  readonly theta: number;
  readonly halfWidth: number;
  /** Whether there are enough for the approximation that it is: 10. */
  readonly isShown: boolean;
}

/**
 * An interval of a mean that holds at all times at once, approximately: mean +- sd sqrt(2 (t r² + 1) / (t² r²) ln(sqrt(t r² + 1) / alpha)),
 * with the sd divided by t. r² = x / t* makes it narrowest at t = t*; x solves x = ln(1 + x) - 2 ln alpha.
 *
 * Source: Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, Time-uniform Central Limit Theory and Asymptotic Confidence Sequences,
 * Annals of Statistics 52, 2024 (with its appendix on the choice of rho).
 *
 * @param input `d`: ln(on / off) of each pair, or the mean difference of each stratum. `tStar`: by when one means to know.
 */
export function confidenceSequence(input: {
  readonly d: readonly number[];
  readonly tStar: number;
}): Outcome<SequenceAt> {
  const flaw = flawIn("d", input.d, "any");
  return flaw ?? sequenceAt(momentsOf(input.d), input.tStar);
}

/** The same from number, mean and squares of the differences. */
export function sequenceAt(differences: Moments, tStar: number): Outcome<SequenceAt> {
  const flaw = flawAt("tStar", tStar, "positive");
  if (flaw) return flaw;
  const { n: t, mean: theta, m2 } = differences;
  if (t < 2) return tooFew("pairs", t, 2);
  if (isWithoutSpread(differences)) return lacking({ kind: "no-spread", what: "pairs" });
  const r2 = NARROWEST / tStar;
  const grown = t * r2 + 1;
  const halfWidth = Math.sqrt(m2 / t) * Math.sqrt(((2 * grown) / (t ** 2 * r2)) * Math.log(Math.sqrt(grown) / ALPHA));
  return finished({
    t,
    estimate: Math.exp(theta),
    lower: Math.exp(theta - halfWidth),
    upper: Math.exp(theta + halfWidth),
    theta,
    halfWidth,
    isShown: t >= SHOWN_FROM,
  });
}

/** The x of x = ln(1 + x) - 2 ln alpha: 8.2119681 at alpha = .05. */
const NARROWEST = rootOfRising((x) => x - Math.log1p(x) + 2 * Math.log(ALPHA), 1, 100);
