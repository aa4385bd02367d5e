/** Figures and times of the ledger, in the editor's language. */

import * as vscode from "vscode";

export const numberWords = (value: number): string => value.toLocaleString(vscode.env.language);

export function charsWords(count: number): string {
  const { l10n } = vscode;
  return count === 1 ? l10n.t("1 character") : l10n.t("{0} characters", numberWords(count));
}

/** As exact as somebody wants to read it. */
export function durationWords(ms: number): string {
  const { l10n } = vscode;
  if (ms < SECOND_MS) return l10n.t("{0} ms", numberWords(Math.round(ms)));
  if (ms < MINUTE_MS) return l10n.t("{0} s", numberWords(Math.round((ms * 10) / SECOND_MS) / 10));
  return l10n.t("{0} min", numberWords(Math.round(ms / MINUTE_MS)));
}

/** In the user's time zone, so that it sorts: `16:35:28`. */
export function timeOfDay(atMs: number): string {
  const at = new Date(atMs);
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map(twoDigits).join(":");
}

/** `2026-11-29`, which sorts, too. */
export function dayOf(atMs: number): string {
  const at = new Date(atMs);
  return [at.getFullYear(), twoDigits(at.getMonth() + 1), twoDigits(at.getDate())].join("-");
}

/** With the day of the week. */
export function dayWords(atMs: number): string {
  return new Date(atMs).toLocaleDateString(vscode.env.language, { dateStyle: "full" });
}

const twoDigits = (part: number): string => String(part).padStart(2, "0");
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
