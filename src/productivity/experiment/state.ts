/** How an experiment stands, from its records. */

import type { BeliefRecord, ConsentRecord, ExperimentRecord, PreregRecord } from "./records.ts";
import { type ExperimentPlan, isKept, planFrom, type Sha256 } from "./plan.ts";

export type ExperimentStatus = "running" | "paused" | "stopped" | "completed";

/** All the records of one experiment but its assignments, in the order in which they were written. */
export interface ExperimentRecords {
  readonly prereg: PreregRecord;
  readonly consents: readonly ConsentRecord[];
  readonly beliefs: readonly BeliefRecord[];
  readonly events: readonly ExperimentRecord[];
}

export interface ExperimentState {
  readonly experiment: string;
  /** Undefined where it is of a form that is not known here. */
  readonly plan: ExperimentPlan | undefined;
  readonly configuration: string;
  readonly commitment: string;
  /**
   * False where seed or configuration are others than those that were laid down, or, where it was looked at (`isAsDrawn`), a half-hour
   * has another part than the seed says: what comes of it proves nothing.
   */
  readonly isCommitmentKept: boolean;
  /** In files that were exported while it went on: nobody can tell whether it was kept. */
  readonly isSeedHidden?: true;
  /** Where it was looked at (`missingIn`): at least so many half-hours that were drawn are not there any more. */
  readonly missingSlots?: number;
  readonly status: ExperimentStatus;
  readonly startedMs: number;
  /** Since when its status is what it is. */
  readonly statusSinceMs: number;
  /** When it was not running between its start and now; the last one may have no end. */
  readonly interruptions: readonly { readonly fromMs: number; readonly toMs: number | undefined }[];
  readonly consent: { readonly textVersion: number; readonly isGiven: boolean; readonly atMs: number } | undefined;
  /** Factors: 1.2 is 20 % faster. The last that was said of each. */
  readonly beliefBefore: number | undefined;
  readonly beliefAfter: number | undefined;
  /** Half-hours that were drawn so far. */
  readonly slotsOn: number;
  readonly slotsOff: number;
  /** Of at most `plan.mostStrata`. */
  readonly strataBegun: number;
}

export type AssignedCounts = Pick<ExperimentState, "slotsOn" | "slotsOff" | "strataBegun">;

export function stateOf(records: ExperimentRecords, counts: AssignedCounts, sha256: Sha256): ExperimentState {
  const { prereg, consents, beliefs, events } = records;
  const { experiment, commitment, configuration, atMs: startedMs } = prereg;
  const last = events.at(-1);
  const consent = consents.at(-1);
  const belief = (when: BeliefRecord["when"]): number | undefined =>
    beliefs.findLast((each) => each.when === when)?.factor;
  return {
    experiment,
    plan: planFrom(configuration),
    configuration,
    commitment,
    isCommitmentKept: isKept(prereg, sha256),
    ...(prereg.seed === "" && { isSeedHidden: true }),
    status: statusAfter(last),
    startedMs,
    statusSinceMs: last?.atMs ?? startedMs,
    interruptions: interruptionsIn(events),
    consent: consent && { textVersion: consent.textVersion, isGiven: consent.isGiven, atMs: consent.atMs },
    beliefBefore: belief("before"),
    beliefAfter: belief("after"),
    ...counts,
  };
}

function statusAfter(event: ExperimentRecord | undefined): ExperimentStatus {
  return event === undefined || event.what === "resumed" ? "running" : event.what;
}

function interruptionsIn(events: readonly ExperimentRecord[]): ExperimentState["interruptions"] {
  const found: { readonly fromMs: number; toMs: number | undefined }[] = [];
  for (const { what, atMs } of events) {
    const open = found.at(-1);
    const isOpen = open !== undefined && open.toMs === undefined;
    if (what === "resumed" && isOpen) open.toMs = atMs;
    else if (what !== "resumed" && !isOpen) found.push({ fromMs: atMs, toMs: undefined });
  }
  return found;
}

/** What somebody may do with it. Undefined where there is nothing to change: it is so already, or it has ended. */
export function eventOf(
  status: ExperimentStatus,
  wish: "pause" | "resume" | "stop",
): ExperimentRecord["what"] | undefined {
  if (wish === "pause") return status === "running" ? "paused" : undefined;
  if (wish === "resume") return status === "paused" ? "resumed" : undefined;
  return status === "running" || status === "paused" ? "stopped" : undefined;
}
