/** Which strata go on: what was drawn for their half-hours is not told yet. */

import type { Assignment } from "./assigning.ts";
import { SLOT_MS } from "./slots.ts";
import type { ExperimentStatus } from "./state.ts";

export interface OpenWish {
  /** Half-hours in a stratum. */
  readonly k: number;
  readonly status: ExperimentStatus;
  /** Since the epoch. */
  readonly nowMs: number;
}

type Drawn = Pick<Assignment, "stratum" | "slotMs">;

/**
 * Those of which a half-hour goes on, or one may still come: one of each is without suggestions, so that the parts of the others tell
 * its own, or leave little to guess. Of an experiment that has ended there is none.
 *
 * @param drawn all half-hours of the experiment so far, in any order
 */
export function openStrata(drawn: readonly Drawn[], { k, status, nowMs }: OpenWish): ReadonlySet<number> {
  if (status === "stopped" || status === "completed") return new Set();
  const strata = Map.groupBy(drawn, ({ stratum }) => stratum);
  const last = drawn.reduce((most, { stratum }) => Math.max(most, stratum), -Infinity);
  // It ends with the user's day, whenever that is.
  const mayGrow = (stratum: number, own: readonly Drawn[]): boolean =>
    stratum === last && own.length < k && own.some(({ slotMs }) => nowMs < slotMs + DAY_MS);
  return new Set(
    [...strata].flatMap(([stratum, own]) =>
      own.some((slot) => goesOn(slot, nowMs)) || mayGrow(stratum, own) ? [stratum] : [],
    ),
  );
}

/** Also one that begins later: then the clock of who looks is behind that of who draws. */
const goesOn = ({ slotMs }: Drawn, nowMs: number): boolean => slotMs + SLOT_MS > nowMs;

const DAY_MS = 86_400_000;
