/** Opens what a view tells of, beside the view. */

import * as vscode from "vscode";
import { workspacePlaces } from "./workspacePlaces.ts";

/** A file by its path relative to its workspace folder, of which `folder` is the id. Lines count from 0. */
export async function openPlace(path: string, line: number, folder?: string): Promise<void> {
  for (const uri of workspacePlaces(path, folder)) if (await isFile(uri)) return openAt(uri, line);
  void vscode.window.showInformationMessage(gone(path));
}

/** In `column` where no editor shows it yet. A file that can't be shown, such as one with no text in it, is told of. */
export async function openAt(uri: vscode.Uri, line: number, column = vscode.ViewColumn.One): Promise<void> {
  try {
    const document = await vscode.workspace.openTextDocument(uri);
    const start = new vscode.Position(Math.min(Math.max(0, line), document.lineCount - 1), 0);
    const editor = vscode.window.visibleTextEditors.find((visible) => visible.document === document);
    await vscode.window.showTextDocument(document, {
      viewColumn: editor?.viewColumn ?? column,
      selection: new vscode.Range(start, start),
    });
  } catch {
    // What VS Code says of it is for the log of an extension.
    const path = vscode.workspace.asRelativePath(uri, false);
    const words = (await isFile(uri))
      ? vscode.l10n.t("{0} can't be opened. It may be too large, or no text.", path)
      : gone(path);
    void vscode.window.showInformationMessage(words);
  }
}

function gone(path: string): string {
  return vscode.l10n.t("{0} is not in the workspace any more.", path);
}

export async function isFile(uri: vscode.Uri): Promise<boolean> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    return (type & vscode.FileType.File) !== 0;
  } catch {
    return false;
  }
}
