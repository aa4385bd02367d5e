/** What became of texts, in a line: what is left of an accepted one, and where those of ten seconds came from. */

import * as vscode from "vscode";
import type { RecordOf } from "../productivity/ledger/columns.ts";
import { charsWords, durationWords, numberWords, timeOfDay } from "./ledgerFigures.ts";
import { clauses } from "./punctuation.ts";

/** @param acceptedMs when it was accepted, where that is known */
export function survivalWords(event: RecordOf<"survival">, acceptedMs: number | undefined): string {
  return clauses(
    fateWords(event),
    event.lateMs >= LATE_MS ? vscode.l10n.t("{0} late", durationWords(event.lateMs)) : "",
    acceptedMs === undefined ? "" : vscode.l10n.t("accepted at {0}", timeOfDay(acceptedMs)),
  );
}

function fateWords(event: RecordOf<"survival">): string {
  const { l10n } = vscode;
  const when = checkWords(event.check);
  const { state, isRescued, survivingChars, insertedChars } = event;
  if (state === "censored") return l10n.t("{0}: not known, {1}", when, reasonWords(event.reason));
  const left = l10n.t("left: {0} of {1}", numberWords(survivingChars), charsWords(insertedChars));
  if (isRescued) return l10n.t("{0}: still there, only written another way", when);
  return state === "alive" ? l10n.t("{0}: still there, {1}", when, left) : l10n.t("{0}: gone, {1}", when, left);
}

/** Less is nothing that anybody would notice. */
const LATE_MS = 10_000;

function checkWords(check: RecordOf<"survival">["check"]): string {
  const { l10n } = vscode;
  switch (check) {
    case "30s":
      return l10n.t("after 30 seconds");
    case "2m":
    case "5m":
    case "10m":
    case "15m":
      return l10n.t("after {0} minutes", Number.parseInt(check, 10));
    case "24h":
      return l10n.t("after a day");
    case "commit":
      return l10n.t("at the next commit");
  }
}

/** A reason of a later version stands as it is. */
function reasonWords(reason: string): string {
  const { l10n } = vscode;
  const words: Readonly<Record<string, string>> = {
    "nothing-inserted": l10n.t("nothing new was inserted"),
    "not-found": l10n.t("the text was not found again"),
    "not-seen": l10n.t("the change that inserted it was not seen"),
    "deleted-file": l10n.t("the file was deleted"),
    "too-many": l10n.t("too many texts were followed at once"),
    "too-late": l10n.t("nobody could look in time"),
    "no-commit": l10n.t("no commit was made"),
    unreadable: l10n.t("what was known of it was damaged"),
    clock: l10n.t("the machine's clock was wrong"),
  };
  return words[reason] ?? reason;
}

/** What there was none of is left out. */
export function changedWords(event: RecordOf<"edit">): string {
  const { l10n } = vscode;
  const some = (count: number, words: (count: string) => string): string =>
    count === 0 ? "" : words(numberWords(count));
  const parts = clauses(
    some(event.typedChars, (count) => l10n.t("{0} typed", count)),
    some(event.aiChars, (count) => l10n.t("{0} of suggestions", count)),
    some(event.ownChars, (count) => l10n.t("{0} of Pairwise's edits and answers", count)),
    some(event.pasteChars + event.longPasteChars, (count) => l10n.t("{0} pasted", count)),
    some(event.bulkChars, (count) => l10n.t("{0} in many places at once", count)),
    some(event.formatterChars, (count) => l10n.t("{0} by a formatter", count)),
    some(event.diskChars, (count) => l10n.t("{0} from the disk", count)),
    some(event.otherChars, (count) => l10n.t("{0} by other extensions and commands", count)),
    some(event.deletedChars, (count) => l10n.t("{0} deleted", count)),
  );
  return (
    clauses(
      parts && l10n.t("characters: {0}", parts),
      some(event.undos, (count) => l10n.t("steps undone: {0}", count)),
      some(event.redos, (count) => l10n.t("steps done again: {0}", count)),
    ) || l10n.t("nothing came, and nothing was deleted by hand")
  );
}
