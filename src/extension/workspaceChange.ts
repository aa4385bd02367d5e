/** Changes of several files as one: all or nothing, one step to undo, and shown in VS Code's refactor preview before. */

import * as vscode from "vscode";
import { hunksBetween } from "../edit/hunks.ts";
import { applyOwnEdit } from "./ownWrites.ts";

/** What becomes of a file: edits as they are, or all of its text as it is to be; `create` where it is not there yet. */
export type FileChange =
  | { readonly uri: vscode.Uri; readonly edits: readonly vscode.TextEdit[] }
  | { readonly uri: vscode.Uri; readonly text: string }
  | { readonly uri: vscode.Uri; readonly create: string };

/**
 * Whether it was done: `false` where the user discards it, where there is nothing to change, and where a file has changed
 * meanwhile, can't be written, or is there though it should be new. Rejects where one can't be opened.
 * @param label What is done, for the preview: "Write Tests".
 */
export async function applyWorkspaceChange(label: string, changes: readonly FileChange[]): Promise<boolean> {
  const edit = new vscode.WorkspaceEdit();
  const metadata = { label, needsConfirmation: false };
  // They come first: where one can't be made, nothing else has changed yet.
  for (const change of changes)
    if ("create" in change) {
      edit.createFile(change.uri, {}, metadata);
      // The preview shows what is inserted, and not what a file is created with.
      edit.insert(change.uri, new vscode.Position(0, 0), change.create, metadata);
    }
  for (const change of changes) {
    if ("create" in change) continue;
    const { uri } = change;
    const edits = "edits" in change ? change.edits : await editsTo(uri, change.text);
    if (edits.length > 0)
      edit.set(
        uri,
        edits.map((each): [vscode.TextEdit, vscode.WorkspaceEditEntryMetadata] => [each, metadata]),
      );
  }
  if (edit.size === 0 && !changes.some((change) => "create" in change)) return false;
  askBefore(edit, changes, label);
  // As VS Code's own renaming does, so that its setting decides whether the files are saved.
  return applyOwnEdit(edit, { isRefactoring: true });
}

/**
 * VS Code shows the preview where an edit wants to be confirmed, with that edit unchecked: all of them would have to be
 * checked one by one, and it would not be all or nothing. So one wants it that creates what is there, which does nothing
 * and is not shown.
 */
function askBefore(edit: vscode.WorkspaceEdit, changes: readonly FileChange[], label: string): void {
  const [first] = changes;
  const present = changes.find((change) => !("create" in change)) ?? first;
  if (!present) return;
  const isThere = !("create" in present);
  const place = isThere ? present.uri : vscode.workspace.getWorkspaceFolder(present.uri)?.uri;
  if (place) edit.createFile(place, { ignoreIfExists: true }, { label, needsConfirmation: true });
}

/** Of whole lines, with the line breaks that the file has. */
async function editsTo(uri: vscode.Uri, text: string): Promise<readonly vscode.TextEdit[]> {
  const document = await vscode.workspace.openTextDocument(uri);
  const lineBreak = document.eol === vscode.EndOfLine.CRLF ? "\r\n" : "\n";
  return hunksBetween(document.getText(), text.replace(/\r?\n/g, lineBreak)).map(({ from, to, added }) =>
    vscode.TextEdit.replace(new vscode.Range(document.positionAt(from), document.positionAt(to)), added),
  );
}
