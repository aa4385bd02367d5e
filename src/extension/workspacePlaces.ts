import * as vscode from "vscode";
import { isInnerPath } from "./innerPath.ts";

/** Where a path relative to some workspace folder may be: in each of them. Empty for a path that could lead out of one. */
export function workspacePlaces(path: string): readonly vscode.Uri[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return isInnerPath(path) ? folders.map(({ uri }) => vscode.Uri.joinPath(uri, path)) : [];
}
