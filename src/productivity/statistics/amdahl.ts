import { flawAt, malformed } from "./checks.ts";
import { finished, lacking, type Malformed, type Outcome } from "./outcome.ts";

export interface Ceiling {
  /** The speed-up of the whole job: at the local one that was given, or at an endless one, which is the ceiling. */
  readonly estimate: number;
  /** Not there where all of the job is editing. */
  readonly ceiling?: number;
}

/**
 * What a speed-up `s` of one part of the work does to the whole: 1 / ((1 - f) + f / s), and at most 1 / (1 - f).
 *
 * Source: Amdahl, Validity of the Single Processor Approach to Achieving Large Scale Computing Capabilities, AFIPS 30, 1967.
 *
 * @param input `f`: the part's share of the working day, 0 to 1. `s`: the speed-up of that part, above 0.
 */
export function amdahl({ f, s }: { readonly f: number; readonly s?: number }): Outcome<Ceiling> {
  const flaw = flawAt("f", f, "share") ?? (s === undefined ? undefined : flawAt("s", s, "positive"));
  if (flaw) return flaw;
  const whole = s === undefined ? undefined : 1 / (1 - f + f / s);
  if (f === 1) return whole === undefined ? lacking({ kind: "no-ceiling" }) : finished({ estimate: whole });
  const ceiling = 1 / (1 - f);
  return finished({ estimate: whole ?? ceiling, ceiling });
}

/**
 * The share of the day that a part would have taken at its old speed, where it took `f` of a day in which it was at times sped up.
 * What is done per day is then (off + (1 - off) s) f of old time beside all else, 1 - f. Of a day in which it always was, the whole
 * becomes 1 - f + f s times what it would have been (Gustafson, Reevaluating Amdahl's Law, CACM 31(5), 1988): Amdahl's law takes the
 * share of the day without.
 *
 * @param input `f`: the share as it was, 0 to 1. `off`: the part's share of that time in which it was not sped up, 0 to 1. `s`: the
 *   speed-up in the rest of it, above 0.
 */
export function shareWithout({ f, off, s }: { readonly f: number; readonly off: number; readonly s: number }): number {
  const before = f * (off + (1 - off) * s);
  return before / (before + 1 - f);
}

/** The share of the day that a claim for the whole job takes at least: 1 - 1/S. 3x needs two thirds, 10x nine tenths. */
export function shareNeededFor(claim: number): number | Malformed {
  return claim >= 1 && Number.isFinite(claim) ? 1 - 1 / claim : malformed("not-positive", "claim");
}
