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
  // What is done with it, and what is said of it, first: in a narrow editor the end of the line is out of sight.
  if (state !== "offered")
    return [
      lens(bar, l10n.t("Stop"), l10n.t("The file stays as it is (Escape)"), commands.rejectEdit),
      lens(
        bar,
        state === "waiting"
          ? l10n.t("waiting for the model … · {0}", edit.title)
          : l10n.t("being written … · {0}", edit.title),
        "",
      ),
    ];
  const { total, lost } = edit.counts;
  return [
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
    lens(bar, l10n.t("hunks left: {0} of {1}", hunks.length, total), ""),
    lens(bar, edit.title, edit.title),
    ...hunks.flatMap(({ id }, index) => {
      const row = merged.hunks[index]?.from ?? 0;
      return [
        lens(row, l10n.t("Accept"), l10n.t("Write this hunk into the file (Alt+A)"), commands.acceptHunk, id),
        lens(row, l10n.t("Reject"), l10n.t("Leave this hunk out (Alt+R)"), commands.rejectHunk, id),
      ];
    }),
  ];
}
