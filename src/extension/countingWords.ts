/** What is said of the counting: today's figures, and why nothing is counted. */

import * as vscode from "vscode";
import type { LedgerNotice } from "../productivity/ledger/messages.ts";
import type { Today } from "../productivity/ledger/today.ts";
import { commands } from "./contributions.ts";
import type { CountingState, Trouble } from "./countingState.ts";
import { type Action, openSettings } from "./notices.ts";
import { clauses, sentences } from "./punctuation.ts";
import { setting } from "./settings.ts";

/** For a menu. `undefined`: it is not known. */
export function todayCounted(today: Today | undefined): string {
  const { l10n } = vscode;
  if (!today) return l10n.t("Today's figures are not known");
  const { shown, accepted, undone } = today;
  if (shown === 0) return l10n.t("No suggestions shown");
  const number = (value: number): string => value.toLocaleString(vscode.env.language);
  return clauses(
    shown === 1 ? l10n.t("1 suggestion shown") : l10n.t("{0} suggestions shown", number(shown)),
    l10n.t("{0} accepted", number(accepted)),
    undone > 0 ? l10n.t("{0} of them undone at once", number(undone)) : "",
  );
}

/** What is left of today's accepted text. Empty where nothing was accepted: there is nothing to know. */
export function todaySurviving(today: Today | undefined): string {
  const { l10n, env } = vscode;
  if (!today || today.accepted === 0) return "";
  const { countedChars, survivingChars } = today;
  if (countedChars === 0) return l10n.t("What is left of it is looked at ten minutes after it was accepted.");
  return l10n.t(
    "Ten minutes later, {0} of {1} accepted characters were still there.",
    survivingChars.toLocaleString(env.language),
    countedChars.toLocaleString(env.language),
  );
}

export interface TroubleWords {
  /** One sentence. */
  readonly text: string;
  /** Why, as a sentence of its own: for a place that is narrow. */
  readonly reason: string;
  readonly action: Action;
}

/** Nothing is counted, and why; and what can be done about it. `undefined` where it is as it should be, or switched off. */
export function troubleWords(state: CountingState): TroubleWords | undefined {
  if (state.kind !== "stopped") return undefined;
  const why = reasonWords(state);
  return {
    text: vscode.l10n.t("Suggestions are not counted: {0}", why),
    reason: `${why.charAt(0).toLocaleUpperCase(vscode.env.language)}${why.slice(1)}`,
    action: actionFor(state),
  };
}

/** For the status item: why nothing is counted, which needs the user, or else that an experiment goes on. */
export interface MeasuringNote {
  readonly trouble: string;
  readonly note: string;
}

export function measuringNote(measuring: {
  readonly counting: { readonly state: CountingState };
  readonly experiment: { readonly status: "running" | "paused" | undefined };
}): MeasuringNote {
  const trouble = troubleWords(measuring.counting.state)?.text ?? "";
  const note = experimentSentence(measuring.experiment.status);
  const isOff = measuring.counting.state.kind === "off";
  return { trouble, note: note !== "" && isOff ? sentences(note, vscode.l10n.t("Nothing is counted.")) : note };
}

/** Never whether suggestions are held back now: whoever knows it works otherwise. Empty where there is none. */
export function experimentSentence(status: "running" | "paused" | undefined): string {
  if (status === undefined) return "";
  return status === "running" ? vscode.l10n.t("An experiment is running.") : vscode.l10n.t("An experiment is paused.");
}

/** Completes a sentence such as "Suggestions are not counted: …". */
export function reasonWords({ reason, secret }: Trouble): string {
  const { l10n } = vscode;
  if (secret !== undefined) {
    return reason === "full"
      ? l10n.t("the disk is full: {0} can't be written.", secret)
      : l10n.t("{0}, which belongs to the ledger, can't be read or written.", secret);
  }
  switch (reason) {
    case "full":
      return l10n.t("the disk is full, or the ledger's file is as large as it may be.");
    case "read-only":
      return l10n.t("the ledger's file or its folder can't be written.");
    case "locked":
      return l10n.t("another program holds the ledger's file.");
    case "newer":
      return l10n.t("a newer version of Pairwise has made the ledger's file. It is left as it is; update Pairwise.");
    case "damaged":
      return l10n.t("the ledger's file is damaged and can't be moved aside.");
    case "moved":
      return l10n.t("the ledger's file was damaged. It has been moved aside, and a new one is begun.");
    case "unavailable":
      return l10n.t("the ledger's file can't be opened.");
    case "silent":
      return l10n.t("what writes the ledger does not answer.");
    case "ended":
      return l10n.t("what writes the ledger has ended again and again. Reload the window.");
    case "broken":
      return l10n.t("Pairwise made a mistake of its own. The log has the details.");
  }
}

function actionFor({ reason }: Trouble): Action {
  const { l10n } = vscode;
  switch (reason) {
    case "full":
      return openSettings("pairwise.ledger");
    case "newer":
      return { title: l10n.t("Look for an update"), command: "workbench.extensions.action.checkForUpdates" };
    case "ended":
      return { title: l10n.t("Reload the window"), command: "workbench.action.reloadWindow" };
    case "broken":
      return { title: l10n.t("Show log"), command: commands.showLog };
    default:
      return { title: l10n.t("Show where it is"), command: commands.showLedger };
  }
}

/** What has become of the file: what happened, short enough for a line of a menu, and what is to be known besides. */
export function noticeWords(notice: LedgerNotice): { readonly what: string; readonly more: string } {
  const { l10n } = vscode;
  // With counting off the file is opened for those who look into it.
  const goesOn = setting("ledger.enabled");
  return notice.kind === "removed"
    ? {
        what: goesOn
          ? l10n.t("The ledger's file was removed; counting goes on in a new one")
          : l10n.t("The ledger's file was removed; there is a new one"),
        more: l10n.t("It was in use. What was counted before is not in the new one."),
      }
    : {
        what: goesOn
          ? l10n.t("The ledger's file was damaged; counting goes on in a new one")
          : l10n.t("The ledger's file was damaged; there is a new one"),
        more: l10n.t("{0} is the damaged one, kept beside the new one.", notice.movedTo),
      };
}
