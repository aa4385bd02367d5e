import * as vscode from "vscode";

/** Where files of an export go; undefined where the user does not say. */
export async function askExportFolder(): Promise<vscode.Uri | undefined> {
  const { l10n, window } = vscode;
  const [folder] =
    (await window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      canSelectMany: false,
      title: l10n.t("Where are the files to be written?"),
      openLabel: l10n.t("Export here"),
    })) ?? [];
  return folder;
}
