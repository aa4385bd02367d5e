import { createHash } from "node:crypto";
import * as vscode from "vscode";
import { isInnerPath } from "./innerPath.ts";

/**
 * Where a path relative to some workspace folder may be: in the one with this id, or without an id in each of them. Empty
 * for a path that could lead out of one.
 */
export function workspacePlaces(path: string, folder?: string): readonly vscode.Uri[] {
  if (!isInnerPath(path)) return [];
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders
    .filter((each) => folder === undefined || idOf(each) === folder)
    .map(({ uri }) => vscode.Uri.joinPath(uri, path));
}

/** Of the workspace folder that a file is in: tells it from others, and not where it is, since what was sent can be saved. */
export function folderIdOf(uri: vscode.Uri): string | undefined {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  return folder && idOf(folder);
}

function idOf(folder: vscode.WorkspaceFolder): string {
  const known = ids.get(folder);
  if (known !== undefined) return known;
  const id = createHash("sha256").update(folder.uri.toString()).digest("hex").slice(0, ID_DIGITS);
  ids.set(folder, id);
  return id;
}

/** Asked for at every key. */
const ids = new WeakMap<vscode.WorkspaceFolder, string>();
const ID_DIGITS = 12;
