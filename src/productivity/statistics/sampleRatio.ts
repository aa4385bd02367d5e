import { flawAt, malformed } from "./checks.ts";
import { finished, type Outcome, tooFew } from "./outcome.ts";

/** So unlikely a split is a fault of the drawing or of what is left out, and no chance. */
const FLAGGED_BELOW = 0.001;

export interface SampleRatio {
  readonly estimate: number;
  /** How likely a split at most as likely as this one is where the share is the expected one; two-sided. */
  readonly p: number;
  readonly isFlagged: boolean;
}

/**
 * Whether as many blocks were without suggestions as the draw should have made: the exact binomial test, which adds up all splits
 * that are at most as likely as the observed one.
 *
 * Source: Clopper and Pearson, 1934; the two sides as in R's binom.test. Fabijan and others, Diagnosing Sample Ratio Mismatch in
 * Online Controlled Experiments, KDD 2019 (why it is looked at).
 *
 * @param input `k` of `n` were without, `share` was expected: above 0, below 1.
 */
export function sampleRatio(input: {
  readonly k: number;
  readonly n: number;
  readonly share: number;
}): Outcome<SampleRatio> {
  const { k, n, share } = input;
  const flaw =
    flawAt("k", k, "count") ??
    flawAt("n", n, "count") ??
    (k > n ? malformed("above-total", "k") : undefined) ??
    (share > 0 && share < 1 ? undefined : malformed("not-a-share", "share"));
  if (flaw) return flaw;
  if (n === 0) return tooFew("observations", 0, 1);
  // In proportion to the most likely split, from which each next one follows by a ratio: no factorial is too large that way.
  const mode = Math.min(n, Math.floor((n + 1) * share));
  const odds = share / (1 - share);
  const weights = new Float64Array(n + 1);
  weights[mode] = 1;
  let [first, last] = [mode, mode];
  // Of millions all but those near the most likely one are 0.
  for (; last < n && weights[last] !== 0; last += 1)
    weights[last + 1] = ((weights[last] ?? 0) * odds * (n - last)) / (last + 1);
  for (; first > 0 && weights[first] !== 0; first -= 1)
    weights[first - 1] = ((weights[first] ?? 0) * first) / (odds * (n - first + 1));
  const likely = weights.subarray(first, last + 1);
  // As in R: weights that are equal by arithmetic differ by rounding.
  const asLikely = (weights[k] ?? 0) * (1 + 1e-7);
  const all = likely.reduce((sum, weight) => sum + weight, 0);
  const p = Math.min(1, likely.reduce((sum, weight) => sum + (weight <= asLikely ? weight : 0), 0) / all);
  return finished({ estimate: k / n, p, isFlagged: p < FLAGGED_BELOW });
}
