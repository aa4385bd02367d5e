import { stat } from "node:fs/promises";
import * as vscode from "vscode";
import { nameOf } from "./convert.ts";
import { fileOf } from "./notebookCells.ts";

/**
 * Whether VS Code lets nobody type in a document, as far as an extension can know: it does not tell, so its rules are
 * followed. What the user has made read-only for the session can't be known here: keys and menus go by VS Code's own context keys.
 */
export async function isReadOnly(document: vscode.TextDocument): Promise<boolean> {
  const uri = fileOf(document);
  const writable = vscode.workspace.fs.isWritableFileSystem(uri.scheme);
  // `undefined` for what is in no file system, such as an untitled document.
  if (writable !== true) return writable === false;
  const files = vscode.workspace.getConfiguration("files", uri);
  const listed = (name: string): boolean => {
    const globs = Object.entries(files.get<Readonly<Record<string, unknown>>>(name, {}));
    return globs.some(([glob, on]) => on === true && matches(document, uri, glob));
  };
  if (listed("readonlyInclude")) return !listed("readonlyExclude");
  try {
    const { permissions } = await vscode.workspace.fs.stat(uri);
    if (((permissions ?? 0) & vscode.FilePermission.Readonly) !== 0) return true;
    // Otherwise VS Code lets one type in a file without write permission, and asks when it is saved.
    if (files.get("readonlyFromPermissions") !== true || uri.scheme !== "file") return false;
    return ((await stat(uri.fsPath)).mode & OWNER_MAY_WRITE) === 0;
  } catch {
    return false;
  }
}

/** Why no model is asked: nothing could be written. */
export function readOnlySentence(document: vscode.TextDocument): string {
  return vscode.l10n.t("{0} is read-only here: no model is asked, since nothing could be written.", nameOf(document));
}

/** Globs that start nowhere start at the workspace folder. */
function matches(document: vscode.TextDocument, uri: vscode.Uri, glob: string): boolean {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  const patterns = folder ? [glob, new vscode.RelativePattern(folder, glob)] : [glob];
  return patterns.some((pattern) => vscode.languages.match({ pattern }, document) > 0);
}

/** The bit that VS Code goes by. */
const OWNER_MAY_WRITE = 0o200;
