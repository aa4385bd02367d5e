/** Half-hours of which nothing is told yet that says whether they have suggestions, or leaves little to guess. */

import type { DatabaseSync } from "node:sqlite";
import type { Assignment } from "../experiment/assigning.ts";
import { openStrata } from "../experiment/openStrata.ts";
import { slotOf } from "../experiment/slots.ts";
import type { ExperimentState } from "../experiment/state.ts";
import { assignmentsOf, experimentIn } from "./experimentRecords.ts";

export interface HiddenSlots {
  /** Whether a time is in one of them. */
  has(atMs: number): boolean;
  /** None begins before it; `Infinity` where there is none. */
  readonly fromMs: number;
}

/** Of the last experiment: only that one can go on. */
export function hiddenSlotsIn(database: DatabaseSync, nowMs: number): HiddenSlots {
  const found = experimentIn(database);
  return found ? hiddenSlotsOf(found.state, assignmentsOf(database, found), nowMs) : none;
}

/** Those of groups that go on, and the one of now, also where its part is not known yet. */
export function hiddenSlotsOf(
  { plan, status }: Pick<ExperimentState, "plan" | "status">,
  assignments: readonly Assignment[],
  nowMs: number,
): HiddenSlots {
  if (status === "stopped" || status === "completed") return none;
  // Of a plan that is not known here a group may have any number.
  const open = openStrata(assignments, { k: plan?.k ?? Infinity, status, nowMs });
  const slots = new Set(assignments.flatMap(({ stratum, slotMs }) => (open.has(stratum) ? [slotMs] : [])));
  const nowSlotMs = slotOf(nowMs);
  return {
    has: (atMs) => atMs >= nowSlotMs || slots.has(slotOf(atMs)),
    fromMs: Math.min(nowSlotMs, ...slots),
  };
}

const none: HiddenSlots = { has: () => false, fromMs: Infinity };
