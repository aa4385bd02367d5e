/** Which files may be read that nobody has pointed at: by a model itself, or as a part of a folder. */

import { realpath } from "node:fs/promises";
import { isAbsolute, relative, sep } from "node:path";
import * as vscode from "vscode";
import type { FileGate } from "./chatContextReading.ts";

/** Takes for ignored, too, what a link leads to that is in no folder of the workspace. */
export function confined(files: FileGate): FileGate {
  return { look: async (file) => (await files.look(file)) || !(await isInside(file.uri)) };
}

/** Whether it is in the workspace, and leads nowhere else. */
export async function isInside(uri: vscode.Uri): Promise<boolean> {
  if (!vscode.workspace.getWorkspaceFolder(uri)) return false;
  if (uri.scheme !== "file") return true;
  // What is not there leads nowhere; whatever else keeps it from being known, it is not read.
  const target = await realpath(uri.fsPath).catch((error: unknown) => (isAbsence(error) ? uri.fsPath : undefined));
  if (target === undefined) return false;
  const folders = (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === "file");
  const roots = await Promise.all(folders.map((folder) => rootOf(folder)));
  return roots.some((root) => isBelow(root, target));
}

/** Asked for with each of thousands of files. */
const roots = new WeakMap<vscode.WorkspaceFolder, Promise<string>>();

function rootOf(folder: vscode.WorkspaceFolder): Promise<string> {
  const known = roots.get(folder);
  if (known) return known;
  const { fsPath } = folder.uri;
  const root = realpath(fsPath).catch(() => fsPath);
  roots.set(folder, root);
  return root;
}

function isBelow(root: string, path: string): boolean {
  const way = relative(root, path);
  return !isAbsolute(way) && way !== ".." && !way.startsWith(`..${sep}`);
}

function isAbsence(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
