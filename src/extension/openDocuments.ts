import * as vscode from "vscode";

/**
 * Whether a document may be shown to a model beside the one that is written in: a file of the workspace, or any file where
 * no folder is open, or a new text without a file. Not what the editor shows of its own (output, settings, the input of the
 * source control view), other versions of a file (`git:`), or the cells of notebooks, whose surroundings the snapshot has.
 */
export function isSource({ uri }: Pick<vscode.TextDocument, "uri">): boolean {
  if (uri.scheme === "untitled") return true;
  if (uri.scheme !== "file" && vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== true) return false;
  if (vscode.workspace.workspaceFolders === undefined) return uri.scheme === "file";
  return vscode.workspace.getWorkspaceFolder(uri) !== undefined;
}

/** Whether the user has it open. Documents are also loaded for language servers, searches and previews of a definition. */
export function isOpen(document: vscode.TextDocument): boolean {
  if (vscode.window.visibleTextEditors.some((editor) => editor.document === document)) return true;
  const uri = document.uri.toString();
  return vscode.window.tabGroups.all.some(({ tabs }) =>
    tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri),
  );
}

/** In UTF-16 code units; cheap beside the text itself, which is put together for whoever asks for it. */
export function lengthOf(document: vscode.TextDocument): number {
  return document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
}
