/** What is said of experiments, in few words. */

import * as vscode from "vscode";
import { SLOT_MS, slotOf } from "../productivity/experiment/slots.ts";
import type { ExperimentState } from "../productivity/experiment/state.ts";
import type { CountingState } from "./countingState.ts";
import { numberWords } from "./ledgerFigures.ts";
import { sentences } from "./punctuation.ts";

/** A factor, so that nobody takes 1.2 for 2.2: "1.2 times as much in the same time, which is 20 % more". */
export function factorWords(factor: number): string {
  const { l10n } = vscode;
  const percent = Math.round(Math.abs(factor - 1) * 100);
  if (percent === 0) return l10n.t("no difference");
  return factor > 1
    ? l10n.t("{0} times as much in the same time, which is {1} % more", numberWords(factor), numberWords(percent))
    : l10n.t("{0} times as much in the same time, which is {1} % less", numberWords(factor), numberWords(percent));
}

/** When the next half-hour begins. */
export function nextHalfHour(nowMs: number): string {
  const next = new Date(slotOf(nowMs) + SLOT_MS);
  return next.toLocaleTimeString(vscode.env.language, { hour: "numeric", minute: "2-digit" });
}

/** Beneath the sentence that one goes on. Not how many half-hours were with and without: that would tell of this one. */
export function progressWords(
  { status, plan, slotsOn, slotsOff }: ExperimentState,
  counting: CountingState["kind"],
): string {
  const { l10n } = vscode;
  const isCounted = counting === "counting" || counting === "starting";
  const now =
    status === "running" && isCounted ? l10n.t("Suggest Now always works.") : l10n.t("Suggestions come as ever.");
  const done = numberWords(slotsOn + slotsOff);
  return sentences(
    isCounted ? now : sentences(l10n.t("Nothing is counted."), now),
    plan
      ? l10n.t("Half-hours drawn so far: {0}, of at most {1}.", done, numberWords(plan.k * plan.mostStrata))
      : l10n.t("Half-hours drawn so far: {0}.", done),
  );
}
