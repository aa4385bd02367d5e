/**
 * Single suggestions that were drawn, summed up by session, by what was drawn and by how long it took: all that the estimators need,
 * and all that stays of them when single events go.
 */

import type { TrialRecord } from "./records.ts";
import type { SinglesPlan } from "./plan.ts";

export interface TrialSum {
  readonly session: string;
  readonly isShown: boolean;
  /**
   * `long`: half an hour of work, after which none is waited for. `unknown`: not there until then, more is not known. `odd`: the seed
   * says otherwise.
   */
  readonly state: "known" | "long" | "unknown" | "odd";
  /** Half octaves of a second: from 2 ** (bin / 2) on. */
  readonly bin: number;
  readonly count: number;
  /** Natural logarithms of seconds. */
  readonly sumLog: number;
  /** Held back, then asked for by hand. */
  readonly asked: number;
  /** Of `known`: the document or window was closed before ten minutes were over, or the file was written by another program. */
  readonly early: number;
}

export type SummedTrial = Pick<TrialRecord, "session" | "isShown" | "isAsked" | "state" | "reason" | "activeMs">;

/** @param isAsDrawn whether a record says of its draw what the seed says */
export function trialSums<Each extends SummedTrial>(
  trials: Iterable<Each>,
  { leastSeconds }: Pick<SinglesPlan, "leastSeconds">,
  isAsDrawn: (trial: Each) => boolean,
): readonly TrialSum[] {
  const sessions = new Map<string, Map<string, { -readonly [Field in keyof TrialSum]: TrialSum[Field] }>>();
  for (const trial of trials) {
    const { session, isShown, isAsked, reason } = trial;
    const state = isAsDrawn(trial) ? stateOf(trial) : "odd";
    const log = Math.log(Math.max(trial.activeMs / 1_000, leastSeconds));
    const bin = Math.floor((2 * log) / Math.LN2 + ROUNDING);
    const sums = sessions.get(session) ?? new Map();
    if (sums.size === 0) sessions.set(session, sums);
    const key = `${isShown} ${state} ${bin}`;
    const sum = sums.get(key) ?? { session, isShown, state, bin, count: 0, sumLog: 0, asked: 0, early: 0 };
    sums.set(key, sum);
    sum.count += 1;
    sum.sumLog += log;
    if (isAsked) sum.asked += 1;
    if (state === "known" && reason !== "") sum.early += 1;
  }
  return Array.from(sessions.values()).flatMap((sums) => [...sums.values()]);
}

function stateOf({ state, reason }: SummedTrial): TrialSum["state"] {
  if (state === "reached") return "known";
  return reason === "too-long" ? "long" : "unknown";
}

/** So that two seconds are the begin of their own bin. */
const ROUNDING = 1e-9;
