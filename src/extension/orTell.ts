import * as vscode from "vscode";

/** For what a click began and nobody waits for: where it fails, the user is told why. Never rejects. */
export async function orTell(work: Thenable<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showWarningMessage(vscode.l10n.t("That could not be done: {0}", reason));
  }
}
