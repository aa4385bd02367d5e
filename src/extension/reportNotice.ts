/** What is to be known before a report, and what can be done about it. */

import * as vscode from "vscode";
import { type Failure, isFailure } from "../productivity/ledger/failure.ts";
import type { ReportModel } from "../productivity/report/model.ts";
import { commands } from "./contributions.ts";
import type { CountingState } from "./countingState.ts";
import { reasonWords, troubleWords } from "./countingWords.ts";
import { type Action, openSettings } from "./notices.ts";

export interface ReportNotice {
  /** A sentence or two. */
  readonly words: string;
  readonly action: Action;
  readonly isTrouble: boolean;
}

/** `undefined` where all is as it should be. The worst comes first. */
export function noticeOf(answer: ReportModel | Failure, counting: CountingState): ReportNotice | undefined {
  const { l10n } = vscode;
  if (isFailure(answer) && !isNoFile(answer)) return failedNotice(answer);
  const trouble = troubleWords(counting);
  if (trouble) return { words: trouble.text, action: trouble.action, isTrouble: true };
  const isEmpty = isFailure(answer) || isWithoutRecords(answer);
  if (counting.kind === "off") {
    const words = isEmpty
      ? l10n.t("Suggestions are not counted, since pairwise.ledger.enabled is off; nor was anything counted before.")
      : l10n.t("Suggestions are not counted, since pairwise.ledger.enabled is off. What follows was counted before.");
    return { words, action: openSettings("pairwise.ledger"), isTrouble: false };
  }
  if (!isEmpty) return undefined;
  return {
    words: l10n.t("Nothing was counted yet. Work with suggestions for a while, and come back."),
    action: { title: l10n.t("Try a suggestion in a sample file"), command: commands.trySample },
    isTrouble: false,
  };
}

export const isWithoutRecords = ({ range }: ReportModel): boolean => range.firstMs === undefined;

/** Nothing was ever written. */
const isNoFile = ({ reason, detail }: Failure): boolean => reason === "unavailable" && detail === "ENOENT";

function failedNotice(failure: Failure): ReportNotice {
  const notice = brokenNotice(reasonWords(failure));
  const trouble = troubleWords({ kind: "stopped", ...failure });
  return trouble ? { ...notice, action: trouble.action } : notice;
}

/** @param reason as whoever failed says it */
export function brokenNotice(reason: string): ReportNotice {
  const { l10n } = vscode;
  return {
    words: l10n.t("The report could not be made: {0}", reason),
    action: { title: l10n.t("Show log"), command: commands.showLog },
    isTrouble: true,
  };
}
