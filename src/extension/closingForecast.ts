/** The guess after an experiment, which is worth something only before its result was seen. */

import type * as vscode from "vscode";
import type { ReportModel } from "../productivity/report/model.ts";

/** Of the installation. */
type Memory = Pick<vscode.Memento, "get" | "update">;

/** Whoever has seen a measured interval of the experiment, also while it was running, knows too much. */
export function isClosingDue(memory: Memory, experiment: string): boolean {
  return memory.get<unknown>(SEEN) !== experiment && memory.get<unknown>(ASKED) !== experiment;
}

/** Asked once, whatever comes of it. */
export async function noteClosingAsked(memory: Memory, experiment: string): Promise<void> {
  await memory.update(ASKED, experiment);
}

export interface ClosingNeeds {
  readonly memory: Memory;
  /** A factor, or none. */
  ask(): Promise<number | undefined>;
  /** Writes it down. */
  believe(experiment: string, factor: number): Promise<void>;
}

/**
 * Before a report is shown: of an experiment that has ended the guess is asked for, once.
 *
 * @returns whether one was given, which the report does not have yet
 */
export async function closeBefore(model: ReportModel, needs: ClosingNeeds): Promise<boolean> {
  const { memory } = needs;
  const { verdict, forecast } = model;
  const experiment = model.methods.experiment?.experiment;
  if (experiment === undefined || !("status" in verdict)) return false;
  const hasEnded = verdict.status === "stopped" || verdict.status === "completed";
  let factor: number | undefined;
  if (hasEnded && forecast?.after === undefined && isClosingDue(memory, experiment)) {
    await noteClosingAsked(memory, experiment);
    factor = await needs.ask();
    if (factor !== undefined) await needs.believe(experiment, factor);
  }
  const saysAnything = verdict.kind === "measured" || model.ladder.rows.some(({ verdict: of }) => isDecided(of));
  if (saysAnything) await memory.update(SEEN, experiment);
  return factor !== undefined;
}

const isDecided = (verdict: ReportModel["ladder"]["rows"][number]["verdict"]): boolean =>
  verdict === "ruled-out" || verdict === "shown";

const SEEN = "experiment.seenResult";
const ASKED = "experiment.askedAfter";
