import * as vscode from "vscode";
import type { IndexState } from "../repository/client.ts";

/** A first look at a folder that takes its time. */
export interface ReadingNote {
  /** Looked at so far. */
  readonly files: number;
  /** For so long that the status item says it in a word. */
  readonly isLong: boolean;
}

export function readingSentence({ files }: Pick<ReadingNote, "files">): string {
  return vscode.l10n.t(
    "Reading the folder for the index: {0} files so far.",
    files.toLocaleString(vscode.env.language),
  );
}

/** One sentence on an index; without a state there is none. */
export function indexSentence(state: IndexState | undefined, isStopped: boolean): string {
  const { l10n } = vscode;
  if (isStopped) return l10n.t("The index is stopped in this window, until it is rebuilt.");
  if (!state) return l10n.t("No index yet: it begins when it is first needed.");
  switch (state.kind) {
    case "reading":
      return readingSentence({ files: state.done });
    case "failed":
      return l10n.t("The index has failed. Rebuilding it starts it again.");
    case "ready": {
      const files = state.summary.files.toLocaleString(vscode.env.language);
      return state.summary.bounded
        ? l10n.t("The index has {0} files; the folder has more than it takes.", files)
        : l10n.t("The index has {0} files.", files);
    }
  }
}

/** What was not taken, and why; `undefined` where all was. */
export function passedOverSentence(state: IndexState | undefined): string | undefined {
  if (state?.kind !== "ready") return undefined;
  const { l10n } = vscode;
  const { ignored, tooLarge, unreadable, unreadableText, bounded } = state.summary;
  const reasons = [
    ...(ignored > 0 ? [l10n.t("{0} ignored", ignored)] : []),
    ...(tooLarge > 0 ? [l10n.t("{0} too large", tooLarge)] : []),
    ...(unreadable + unreadableText > 0 ? [l10n.t("{0} unreadable", unreadable + unreadableText)] : []),
    ...(bounded ? [l10n.t("the rest of a folder that is too large")] : []),
  ];
  return reasons.length > 0 ? l10n.t("Passed over: {0}", reasons.join(", ")) : undefined;
}

export function bytesWords(bytes: number): string {
  return `${(bytes / 2 ** 20).toLocaleString(vscode.env.language, { maximumFractionDigits: 1 })} MB`;
}
