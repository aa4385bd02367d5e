/** Taking the ledger away, and deleting it. */

import * as vscode from "vscode";
import { askExportFolder } from "./exportFolder.ts";
import { isFailure, type Failure } from "../productivity/ledger/failure.ts";
import type { Ledger } from "../productivity/ledger/client.ts";
import { reasonWords } from "./countingWords.ts";
import { reveal } from "./reveal.ts";

interface FormatItem extends vscode.QuickPickItem {
  readonly format: "csv" | "jsonl";
}

/** @param nowMs by the clock that the window's events get: what would tell of its half-hour is left out */
export async function exportLedger(ledger: Pick<Ledger, "exportTo">, nowMs: () => number): Promise<void> {
  const { l10n, window } = vscode;
  const items: readonly FormatItem[] = [
    { label: "CSV", detail: l10n.t("For spreadsheets: a file for each kind of event."), format: "csv" },
    {
      label: "JSON Lines",
      detail: l10n.t("For programs: a file for each kind of event, a line for each."),
      format: "jsonl",
    },
  ];
  const picked = await window.showQuickPick(items, { title: l10n.t("Export the ledger"), matchOnDetail: true });
  if (!picked) return;
  const folder = await askExportFolder();
  if (!folder) return;
  await exportTo(ledger, { folder, format: picked.format, nowMs: nowMs() });
}

/** Says what is there then, or why it is not. */
async function exportTo(
  ledger: Pick<Ledger, "exportTo">,
  { folder, format, nowMs }: { readonly folder: vscode.Uri; readonly format: "csv" | "jsonl"; readonly nowMs: number },
): Promise<void> {
  const { l10n, window } = vscode;
  const title = l10n.t("Exporting the ledger");
  const location = vscode.ProgressLocation.Notification;
  const exported = await window.withProgress({ location, title }, () =>
    ledger.exportTo({ folder: folder.fsPath, format, nowMs }),
  );
  if (isFailure(exported) || exported.kind === "failed") {
    void window.showWarningMessage(failureWords(exported));
    return;
  }
  const [first] = exported.files;
  if (first === undefined) {
    void window.showInformationMessage(l10n.t("There is nothing to export yet."));
    return;
  }
  const show = l10n.t("Show where it is");
  const number = (value: number): string => value.toLocaleString(vscode.env.language);
  const done =
    exported.files.length === 1
      ? l10n.t("The ledger is in {0}.", vscode.Uri.joinPath(folder, first).fsPath)
      : l10n.t(
          "The ledger's {0} entries are in {1} files in {2}.",
          number(exported.records),
          exported.files.length,
          folder.fsPath,
        );
  const answer = await window.showInformationMessage(done, show);
  if (answer === show) await reveal(vscode.Uri.joinPath(folder, first));
}

function failureWords(failed: Failure | { readonly file: string; readonly code: string }): string {
  const { l10n } = vscode;
  if (isFailure(failed)) return l10n.t("Nothing was written: {0}", reasonWords(failed));
  if (failed.code === "EEXIST") return l10n.t("Nothing was written: {0} is there already.", failed.file);
  return l10n.t("Nothing was written: {0} can't be written ({1}).", failed.file, failed.code);
}

/** Asks first: what is lost can't be brought back. VS Code puts the focus on the first button, so a second Enter keeps the ledger. */
export async function deleteLedger(ledger: Ledger): Promise<void> {
  const { l10n, window } = vscode;
  const no = l10n.t("Keep the ledger");
  const yes = l10n.t("Delete everything");
  const detail = l10n.t(
    "Everything that was counted on this machine, in all windows, is deleted: the events, experiments, the sums of the days, and what is known of accepted text that is still followed; damaged files that were kept, too. It can't be brought back. Counting goes on from here, unless pairwise.ledger.enabled is off.",
  );
  const answer = await window.showWarningMessage(l10n.t("Delete the ledger?"), { modal: true, detail }, no, yes);
  if (answer !== yes) return;
  const isGone = await ledger.deleteAll();
  if (isFailure(isGone)) {
    void window.showWarningMessage(l10n.t("Nothing was deleted: {0}", reasonWords(isGone)));
    return;
  }
  void window.showInformationMessage(
    isGone
      ? l10n.t("The ledger is empty.")
      : l10n.t("The ledger is empty. Another program has some of its old files open: they go when that is done."),
  );
}
