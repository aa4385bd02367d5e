import { aboveTotal, flawAt } from "./checks.ts";
import { finished, type Outcome, tooFew } from "./outcome.ts";
import { zReach } from "./quantiles.ts";

export interface Proportion {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  readonly n: number;
}

/**
 * The interval of one proportion, `k` of `n`: all p whose distance from k/n is at most z standard errors, sqrt(p (1 - p) / n).
 * Its ends are (k + z²/2 -+ z sqrt(k (n - k) / n + z²/4)) / (n + z²).
 *
 * Source: Wilson, Probable Inference, the Law of Succession, and Statistical Inference, JASA 22, 1927; recommended by Brown, Cai
 * and DasGupta, Interval Estimation for a Binomial Proportion, Statistical Science 16, 2001.
 */
export function wilson({ k, n }: { readonly k: number; readonly n: number }): Outcome<Proportion> {
  const flaw = flawAt("k", k, "count") ?? flawAt("n", n, "count") ?? (k > n ? aboveTotal("k", "n") : undefined);
  if (flaw) return flaw;
  if (n === 0) return tooFew("observations", 0, 1);
  const z = zReach();
  const middle = k + z ** 2 / 2;
  const reach = z * Math.sqrt((k * (n - k)) / n + z ** 2 / 4);
  const all = n + z ** 2;
  // Of none and of all an end is 0 or 1, which rounding would miss.
  return finished({
    estimate: k / n,
    lower: k === 0 ? 0 : (middle - reach) / all,
    upper: k === n ? 1 : (middle + reach) / all,
    n,
  });
}
