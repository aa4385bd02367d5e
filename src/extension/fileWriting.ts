import * as vscode from "vscode";

/** @throws with words for the user, in the place of the system's */
export async function writeTo(file: vscode.Uri, content: Uint8Array): Promise<void> {
  try {
    await vscode.workspace.fs.writeFile(file, content);
  } catch (error) {
    const { l10n } = vscode;
    const { code } = error as { readonly code?: unknown };
    const words =
      code === "NoPermissions"
        ? l10n.t("{0} may not be written. Choose another place.", file.fsPath)
        : l10n.t("{0} can't be written. Choose another place, and see whether the disk has room.", file.fsPath);
    throw new Error(words, { cause: error });
  }
}
