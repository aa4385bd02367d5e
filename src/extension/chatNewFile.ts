/** Files that blocks of answers name and that there are none of yet. */

import * as vscode from "vscode";
import type { IgnoredFiles } from "./ignoredFiles.ts";

/** Not what ignore files or its name hide, nor what belongs to Git, nor what a link leads elsewhere. */
export async function mayBeCreated(uri: vscode.Uri, ignored: Pick<IgnoredFiles, "look">): Promise<boolean> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (!folder || uri.path.split("/").some((segment) => segment.toLowerCase() === ".git")) return false;
  for (let place = uri; place.path.length > folder.uri.path.length; place = vscode.Uri.joinPath(place, "..")) {
    const type = await typeOf(place);
    if (type !== undefined && (place === uri || type !== vscode.FileType.Directory)) return false;
  }
  return !(await ignored.look({ uri }));
}

async function typeOf(uri: vscode.Uri): Promise<vscode.FileType | undefined> {
  try {
    return (await vscode.workspace.fs.stat(uri)).type;
  } catch {
    return undefined;
  }
}
