/** Which part of an experiment a half-hour gets. */

import type { AssignRecord } from "./records.ts";
import type { ExperimentPlan, Sha256 } from "./plan.ts";
import { offPosition } from "./schedule.ts";
import { isSlot, slotOf } from "./slots.ts";

export type Assignment = Omit<AssignRecord, "kind" | "atMs" | "session" | "experiment">;

/** A half-hour in which somebody works. */
export interface WorkedSlot {
  /** Where it begins: a multiple of 1,800,000 since the epoch. */
  readonly slotMs: number;
  /** The user's local day: `2026-11-29`. */
  readonly day: string;
  /** Of the local time, east of UTC. */
  readonly zoneOffsetMinutes: number;
}

export type NoAssignment =
  /** The experiment was paused, or has ended. */
  | "paused"
  | "stopped"
  | "completed"
  /** It began, or was resumed, within this half-hour or after it: it takes part from the next one on. */
  | "not-yet"
  /** It is not the half-hour of now: what was done in it was done without knowing its part. */
  | "not-now";

export type Assigning =
  | { readonly kind: "kept" | "new"; readonly assignment: Assignment }
  | { readonly kind: "none"; readonly why: NoAssignment };

export interface AssigningState {
  readonly plan: ExperimentPlan;
  readonly seed: string;
  readonly status: "running" | "paused" | "stopped" | "completed";
  /** When it is, by the clock of who asks. */
  readonly nowMs: number;
  /** When it began, or was resumed last, by such a clock. */
  readonly runningSinceMs: number;
  /** Of this half-hour, if it has one. */
  readonly own: Assignment | undefined;
  /** The one that was given out last: of the highest stratum, and in it of the highest position. */
  readonly last: Assignment | undefined;
}

/**
 * What has been given out stays, whoever asks again: another window, the same one after a reload, or a clock that was set back.
 * What is new comes next in the order of the schedule, which knows no time: nothing of it is used twice or left out. A stratum
 * ends early with the user's day, with a journey to another time zone, and where the clock has gone back.
 *
 * @returns `completed` also where the plan has no further stratum
 * @throws {RangeError} where it is no half-hour
 */
export function assigned(state: AssigningState, slot: WorkedSlot, sha256: Sha256): Assigning {
  const { plan, seed, status, nowMs, runningSinceMs, own, last } = state;
  if (!isSlot(slot.slotMs)) throw new RangeError("No half-hour begins there.");
  // While it is paused nothing is held back, not in a half-hour that was drawn to be without either.
  if (status !== "running") return { kind: "none", why: status };
  if (slot.slotMs < runningSinceMs) return { kind: "none", why: "not-yet" };
  if (slot.slotMs !== slotOf(nowMs)) return { kind: "none", why: "not-now" };
  if (own) return { kind: "kept", assignment: own };
  const goesOn = last !== undefined && last.position + 1 < plan.k && isNextOf(last, slot);
  const stratum = last === undefined ? 0 : last.stratum + (goesOn ? 0 : 1);
  const position = last !== undefined && goesOn ? last.position + 1 : 0;
  if (stratum >= plan.mostStrata) return { kind: "none", why: "completed" };
  const arm = offPosition(seed, stratum, plan.k, sha256) === position ? "off" : "on";
  const { slotMs, day, zoneOffsetMinutes } = slot;
  return { kind: "new", assignment: { slotMs, day, stratum, position, arm, zoneOffsetMinutes } };
}

/** Whether it has the part that the seed says: whoever changes one in the file changes what is compared. */
export function isAsDrawn(
  { stratum, position, arm }: Assignment,
  { seed, k }: { readonly seed: string; readonly k: number },
  sha256: Sha256,
): boolean {
  return position < k && (arm === "off") === (offPosition(seed, stratum, k, sha256) === position);
}

const isNextOf = (last: Assignment, { slotMs, day, zoneOffsetMinutes }: WorkedSlot): boolean =>
  day === last.day && zoneOffsetMinutes === last.zoneOffsetMinutes && slotMs > last.slotMs;
