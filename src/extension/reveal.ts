import * as vscode from "vscode";

/** Shows a file where the system shows files; its path where VS Code can't, such as in a browser. */
export async function reveal(file: vscode.Uri): Promise<void> {
  try {
    await vscode.commands.executeCommand("revealFileInOS", file);
  } catch {
    void vscode.window.showInformationMessage(file.fsPath);
  }
}
