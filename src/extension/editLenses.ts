/** The lines above a preview and above each of its hunks. */

import * as vscode from "vscode";
import { commands } from "./contributions.ts";
import type { ShownEdit } from "./editPreview.ts";

/**
 * The bar stands a line above the first hunk that is left, where it is seen; while that is being written, at the code that
 * is to be changed, so that it does not jump.
 */
export function lensesOf(edit: ShownEdit, shown: vscode.Uri): readonly vscode.CodeLens[] {
  const { l10n } = vscode;
  const { hunks, merged, state, verdict } = edit;
  const [first] = merged.hunks;
  const bar = state === "offered" && first ? Math.max(0, first.from - 1) : edit.startRow;
  const lens = (row: number, title: string, tooltip: string, command = "", id?: number): vscode.CodeLens =>
    new vscode.CodeLens(new vscode.Range(row, 0, row, 0), { title, tooltip, command, arguments: [shown, id] });
  if (state !== "offered")
    return [
      lens(
        bar,
        state === "waiting"
          ? l10n.t("{0} · waiting for the model …", edit.title)
          : l10n.t("{0} · being written …", edit.title),
        "",
      ),
      lens(bar, l10n.t("Stop"), l10n.t("The file stays as it is (Escape)"), commands.rejectEdit),
    ];
  const { total, lost } = edit.counts;
  return [
    lens(bar, l10n.t("{0} · hunks left: {1} of {2}", edit.title, hunks.length, total), verdict),
    lens(
      bar,
      l10n.t("Accept all"),
      l10n.t("Write all hunks that are left into the file (Ctrl+Enter)"),
      commands.acceptEdit,
    ),
    lens(bar, l10n.t("Reject all"), l10n.t("The file stays as it is (Escape)"), commands.rejectEdit),
    lens(bar, l10n.t("Refine"), l10n.t("Say what is to be different, and have it written again"), commands.refineEdit),
    ...(lost > 0 ? [lens(bar, l10n.t("{0} left out: their lines have changed", lost), "")] : []),
    ...(verdict === "" ? [] : [lens(bar, verdict, verdict)]),
    ...hunks.flatMap(({ id }, index) => {
      const row = merged.hunks[index]?.from ?? 0;
      return [
        lens(row, l10n.t("Accept"), l10n.t("Write this hunk into the file (Alt+A)"), commands.acceptHunk, id),
        lens(row, l10n.t("Reject"), l10n.t("Leave this hunk out (Alt+R)"), commands.rejectHunk, id),
      ];
    }),
  ];
}
