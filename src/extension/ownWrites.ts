/** What Pairwise itself writes into documents: no keystroke of the user's, and no suggestion. */

import * as vscode from "vscode";

/** How many of our edits to a document are on their way. */
const onTheirWay = new Map<string, number>();

/** As `vscode.workspace.applyEdit`. */
export function applyOwnEdit(edit: vscode.WorkspaceEdit, metadata?: vscode.WorkspaceEditMetadata): Promise<boolean> {
  const uris = edit.entries().map(([uri]) => uri);
  return asOwnWrite(uris, () => vscode.workspace.applyEdit(edit, metadata));
}

/** What changes in these documents until it is done counts as ours. */
export async function asOwnWrite<Result>(of: readonly vscode.Uri[], write: () => Thenable<Result>): Promise<Result> {
  const uris = of.map(String);
  for (const uri of uris) onTheirWay.set(uri, (onTheirWay.get(uri) ?? 0) + 1);
  try {
    return await write();
  } finally {
    for (const uri of uris) {
      const left = (onTheirWay.get(uri) ?? 1) - 1;
      if (left > 0) onTheirWay.set(uri, left);
      else onTheirWay.delete(uri);
    }
  }
}

export function isOwnWrite(uri: string): boolean {
  return onTheirWay.has(uri);
}
