import { type MicroSum, microRandomisedOf } from "./microRandomised.ts";
import { finished, isResult, type Outcome } from "./outcome.ts";
import { tReach } from "./quantiles.ts";

/** Suggestions of one session and one arm that took about as long, or at least that. */
export interface TimeSum extends MicroSum {
  /** Whole numbers that grow with the time. */
  readonly bin: number;
  readonly isKnown: boolean;
}

export interface CensoredResult {
  /** Time where it was shown, by that where it was not: below 1 is faster. */
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  /** Share of each arm that took longer than the longest one that is known. */
  readonly beyond: { readonly shown: number; readonly notShown: number };
}

interface Arm {
  /** How many each known one of a bin stands for. */
  readonly weights: ReadonlyMap<number, number>;
  /** Share that took longer than all known ones. */
  readonly beyond: number;
  /** Mean of the logarithms of all others. */
  readonly mean: number;
  /** Of the logarithms of the longest bin with a known one. */
  readonly lastLog: number;
}

/**
 * The ratio of geometric means of time, where of some it is only known that they took at least so long. Leaving these out would
 * leave out long ones above all, and more of them in the slower arm. So each known one stands for those, too, of its arm that were
 * lost before (its jump in the Kaplan-Meier curve of its arm, of bins, those lost within one at risk for half of it), in ordinary
 * least squares on shown with CR1 by session, which it is exactly where none is censored. That holds if what ends the looking does
 * not depend on the time that is left. Who took longer than the longest known one took that at least, and `mostSeconds` at most: the
 * interval has both extremes in it, the estimate lies between them.
 *
 * Source: Robins and Rotnitzky, AIDS Epidemiology, 1992, for the weights; Kaplan and Meier, Journal of the American Statistical
 * Association 53, 1958; Satten and Datta, The American Statistician 55, 2001, for both being the same.
 */
export function censoredRandomised(sums: readonly TimeSum[], mostSeconds: number): Outcome<CensoredResult> {
  const arms = { shown: armOf(sums, true), notShown: armOf(sums, false) };
  const fit = microRandomisedOf(
    sums
      .filter(({ isKnown }) => isKnown)
      .map((sum) => ({ ...sum, weight: (sum.isShown ? arms.shown : arms.notShown).weights.get(sum.bin) ?? 1 })),
  );
  if (!isResult(fit)) return fit;
  const ends = ({ beyond, mean, lastLog }: Arm) => ({
    least: (1 - beyond) * mean + beyond * lastLog,
    most: (1 - beyond) * mean + beyond * Math.max(lastLog, Math.log(mostSeconds)),
  });
  const [shown, notShown] = [ends(arms.shown), ends(arms.notShown)];
  const [least, most] = [shown.least - notShown.most, shown.most - notShown.least];
  const reach = tReach(fit.df) * fit.se;
  return finished({
    estimate: Math.exp((least + most) / 2),
    lower: Math.exp(least - reach),
    upper: Math.exp(most + reach),
    beyond: { shown: arms.shown.beyond, notShown: arms.notShown.beyond },
  });
}

function armOf(sums: readonly TimeSum[], isShown: boolean): Arm {
  const bins = new Map<number, { known: number; lost: number; sumLog: number }>();
  for (const { bin, n, sumLog, isKnown } of sums.filter((sum) => sum.isShown === isShown)) {
    const own = bins.get(bin) ?? { known: 0, lost: 0, sumLog: 0 };
    bins.set(bin, own);
    if (isKnown) {
      own.known += n;
      own.sumLog += sumLog;
    } else own.lost += n;
  }
  const weights = new Map<number, number>();
  let atRisk = Array.from(bins.values()).reduce((sum, { known, lost }) => sum + known + lost, 0);
  let beyond = 1;
  let mean = 0;
  let lastLog = 0;
  const total = atRisk;
  for (const [bin, { known, lost, sumLog }] of [...bins].toSorted(([one], [other]) => one - other)) {
    if (known > 0) {
      // With none left behind them they are all that there are.
      const share = atRisk === known + lost && lost === 0 ? 1 : known / (atRisk - lost / 2);
      lastLog = sumLog / known;
      mean += beyond * share * lastLog;
      weights.set(bin, (beyond * share * total) / known);
      beyond *= 1 - share;
    }
    atRisk -= known + lost;
  }
  return { weights, beyond, mean: beyond < 1 ? mean / (1 - beyond) : 0, lastLog };
}
