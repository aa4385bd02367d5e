/** Writes into one document. */

import * as vscode from "vscode";
import { type Hunk, hunksBetween, withHunks } from "../edit/hunks.ts";
import { unixNewlines } from "../text/lines.ts";
import { applyOwnEdit } from "./ownWrites.ts";

/**
 * As one step to undo; `false` where the document can't be changed.
 *
 * VS Code lets an extension write into what the user has made read-only for the session, where nothing can be saved or undone, and
 * tells nobody that it is so. But such a document never counts as changed: what was written is taken back then.
 */
export async function writeHunks(document: vscode.TextDocument, hunks: readonly Hunk[]): Promise<boolean> {
  const { workspace } = vscode;
  const before = document.getText();
  // One with changes that are not saved counts as changed anyway, and others are on no disk.
  const isTold = !document.isDirty && workspace.fs.isWritableFileSystem(document.uri.scheme) === true;
  let isSaved = false;
  const listener = workspace.onDidSaveTextDocument((saved) => (isSaved ||= saved === document));
  try {
    if (!(await write(document, hunks))) return false;
    // Where somebody else could write as well, nothing of theirs is taken back.
    const isOwn = unixNewlines(document.getText()) === unixNewlines(withHunks(before, hunks));
    if (!isTold || isSaved || document.isDirty || !isOwn || document.getText() === before) return true;
  } finally {
    listener.dispose();
  }
  await write(document, hunksBetween(document.getText(), before));
  return false;
}

function write(document: vscode.TextDocument, hunks: readonly Hunk[]): Thenable<boolean> {
  const edit = new vscode.WorkspaceEdit();
  for (const { from, to, added } of hunks)
    edit.replace(document.uri, new vscode.Range(document.positionAt(from), document.positionAt(to)), added);
  return applyOwnEdit(edit);
}
