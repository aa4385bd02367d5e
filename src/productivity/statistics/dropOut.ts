import { flawAt, malformed } from "./checks.ts";
import { finished, type Outcome, tooFew } from "./outcome.ts";

/** As `sampleRatio`: so unlikely a difference is a fault of what is left out, and no chance. */
const FLAGGED_BELOW = 0.001;

/** Of so many that were drawn so many were kept. */
export interface KeptOf {
  readonly kept: number;
  readonly drawn: number;
}

export interface DropOut {
  /** Of those with suggestions the share that was left out, and of those without. */
  readonly on: number;
  readonly off: number;
  /** How likely a table at most as likely as this one is where both are left out alike; two-sided. */
  readonly p: number;
  readonly isFlagged: boolean;
}

/**
 * Whether as many blocks with suggestions were left out as without: Fisher's exact test, given how many were drawn to be either and
 * how many were kept. The draw is balanced by itself, so that a binomial test of those that were kept takes it for more random than
 * it is and sees too little.
 *
 * Source: Fisher, 1935; the two sides as in R's fisher.test. Fabijan and others, KDD 2019 (why it is looked at).
 */
export function dropOut({ on, off }: { readonly on: KeptOf; readonly off: KeptOf }): Outcome<DropOut> {
  for (const [field, { kept, drawn }] of [["on", on] as const, ["off", off] as const]) {
    const flaw = flawAt(field, kept, "count") ?? flawAt(field, drawn, "count");
    if (flaw) return flaw;
    if (kept > drawn) return malformed("above-total", field);
  }
  if (on.drawn === 0) return tooFew("blocksOn", 0, 1);
  if (off.drawn === 0) return tooFew("blocksOff", 0, 1);
  const kept = on.kept + off.kept;
  const least = Math.max(0, kept - on.drawn);
  const most = Math.min(off.drawn, kept);
  // Each in proportion to the first one, from which it follows by a ratio; as logarithms, so that none is too small or too large.
  const logs = [0];
  for (let at = least; at < most; at += 1) {
    const ratio = ((off.drawn - at) * (kept - at)) / ((at + 1) * (on.drawn - kept + at + 1));
    logs.push((logs.at(-1) ?? 0) + Math.log(ratio));
  }
  const highest = logs.reduce((high, log) => Math.max(high, log), 0);
  const weights = logs.map((log) => Math.exp(log - highest));
  // As in R: weights that are equal by arithmetic differ by rounding.
  const asLikely = (weights[off.kept - least] ?? 0) * (1 + 1e-7);
  const sum = (of: readonly number[]): number => of.reduce((total, weight) => total + weight, 0);
  const p = Math.min(1, sum(weights.filter((weight) => weight <= asLikely)) / sum(weights));
  const lost = (arm: KeptOf): number => 1 - arm.kept / arm.drawn;
  return finished({ on: lost(on), off: lost(off), p, isFlagged: p < FLAGGED_BELOW });
}
