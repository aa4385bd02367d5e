/** Whether a document's file is there, as the file system says. */

import * as vscode from "vscode";

/** `undefined` for a document that never was a file, or a cell of one. Where the file system fails otherwise, it rejects. */
export function isOnDisk(uri: string): Promise<boolean> | undefined {
  const address = vscode.Uri.parse(uri);
  if (vscode.workspace.fs.isWritableFileSystem(address.scheme) === undefined) return undefined;
  return Promise.resolve(vscode.workspace.fs.stat(address)).then(
    () => true,
    (error: unknown) => {
      if (error instanceof vscode.FileSystemError && error.code === "FileNotFound") return false;
      throw error;
    },
  );
}
