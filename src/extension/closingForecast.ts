/** The guess after an experiment, which is worth something only before its result was seen. */

import type * as vscode from "vscode";
import type { ReportModel } from "../productivity/report/model.ts";

/** Of the installation. */
type Memory = Pick<vscode.Memento, "get" | "update">;

/** Whoever has seen a measured interval of the experiment, also while it was running, knows too much. */
export function isClosingDue(memory: Memory, experiment: string): boolean {
  return memory.get<unknown>(SEEN) !== experiment && memory.get<unknown>(ASKED) !== experiment;
}

/** What a report is going to tell of an experiment. */
export interface ClosingReport {
  readonly experiment: string;
  /** It has ended, and the report has no guess after it. */
  readonly isWithoutGuess: boolean;
  /** There is an interval in it, or a decided claim. */
  readonly saysAnything: boolean;
}

export interface ClosingNeeds {
  readonly memory: Memory;
  /** A factor, or none. */
  ask(): Promise<number | undefined>;
  /** Writes it down. */
  believe(experiment: string, factor: number): Promise<void>;
}

/** `undefined` without an experiment that something may come of. */
export function closingReportOf({ verdict, forecast, ladder, methods }: ReportModel): ClosingReport | undefined {
  const experiment = methods.experiment?.experiment;
  if (experiment === undefined || !("status" in verdict)) return undefined;
  const hasEnded = verdict.status === "stopped" || verdict.status === "completed";
  return {
    experiment,
    isWithoutGuess: hasEnded && forecast?.after === undefined,
    saysAnything: verdict.kind === "measured" || ladder.rows.some(({ verdict: of }) => isDecided(of)),
  };
}

/**
 * Before a report is shown: of an experiment that has ended, and of which something came, the guess is asked for, once.
 *
 * @returns whether one was given, which the report does not have yet
 */
export async function askClosing(report: ClosingReport | undefined, needs: ClosingNeeds): Promise<boolean> {
  if (!report?.isWithoutGuess || !report.saysAnything) return false;
  // Where it is being asked already, as at the stop while a report is open, nothing is shown before it is answered.
  const asked = asking.get(needs.memory);
  if (asked) return asked;
  if (!isClosingDue(needs.memory, report.experiment)) return false;
  const answer = askOnce(report.experiment, needs).finally(() => asking.delete(needs.memory));
  asking.set(needs.memory, answer);
  return answer;
}

async function askOnce(experiment: string, needs: ClosingNeeds): Promise<boolean> {
  await needs.memory.update(ASKED, experiment);
  const factor = await needs.ask();
  if (factor !== undefined) await needs.believe(experiment, factor);
  return factor !== undefined;
}

const asking = new WeakMap<Memory, Promise<boolean>>();

/** It is shown, or in a file of the user's. */
export async function noteSeen(report: ClosingReport | undefined, memory: Memory): Promise<void> {
  if (report?.saysAnything) await memory.update(SEEN, report.experiment);
}

const isDecided = (verdict: ReportModel["ladder"]["rows"][number]["verdict"]): boolean =>
  verdict === "ruled-out" || verdict === "shown";

const SEEN = "experiment.seenResult";
const ASKED = "experiment.askedAfter";
