/** How much more it takes, as far as that can be said at all. */

import type { Analysed } from "./analysed.ts";

export type Outlook =
  /** Half-hours of work, as they are drawn: also those that will turn out not to count. One or two digits of it mean something. */
  | { readonly kind: "half-hours"; readonly halfHours: number }
  /** The experiment has ended: there will be no more. */
  | { readonly kind: "ended" }
  /** So few groups say nothing of how it will go on. */
  | { readonly kind: "too-few" }
  /** What was seen so far leads to neither side. */
  | { readonly kind: "no-end" }
  /** More than the experiment has left. */
  | { readonly kind: "beyond-end" };

/** @param strata that would have to be compared still; undefined where they lead to nothing */
export function outlookOf({ state, plan, analysis }: Analysed, strata: number | undefined): Outlook {
  if (state.status === "stopped" || state.status === "completed") return { kind: "ended" };
  const compared = analysis.strata.active120Ms.length;
  if (compared < LEAST_STRATA) return { kind: "too-few" };
  if (strata === undefined) return { kind: "no-end" };
  const { on, off } = analysis.drawn;
  const halfHours = (strata * (on + off)) / compared;
  // Each group that is begun may have as many as the plan says, and no more.
  const left = Math.max(0, plan.mostStrata - state.strataBegun) * plan.k;
  return halfHours > left ? { kind: "beyond-end" } : { kind: "half-hours", halfHours: rounded(halfHours, compared) };
}

/** Upwards, to one digit while little is known, and to two later. */
function rounded(value: number, compared: number): number {
  const digits = compared < MANY_STRATA ? 1 : 2;
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(value, 1))) + 1 - digits);
  return Math.ceil(value / step) * step;
}

/** With fewer the mean growth of the evidence is mostly chance. */
const LEAST_STRATA = 10;
const MANY_STRATA = 40;
