/** Which changes of a repository may be shown to a model. */

import type * as vscode from "vscode";
import { textOf } from "./chatContextFiles.ts";
import type { FileGate } from "./chatContextReading.ts";
import type { GitRepository } from "./gitApi.ts";

/** Nothing is shown of what is ignored or secret, nor of what was before it was renamed. */
export async function isHidden(uris: readonly (vscode.Uri | undefined)[], ignored: FileGate): Promise<boolean> {
  for (const uri of uris) if (uri !== undefined && (await ignored.look({ uri }))) return true;
  return false;
}

/** What a file was before it was renamed; the same where it was not. */
export function originalOf(uri: vscode.Uri, { state }: GitRepository): vscode.Uri | undefined {
  const changes = [...state.indexChanges, ...state.workingTreeChanges];
  return changes.find((change) => change.uri.toString() === uri.toString())?.originalUri;
}

/** Relative to the repository's root, as git has it. */
export function pathIn({ rootUri }: GitRepository, uri: vscode.Uri): string {
  return uri.path.slice(rootUri.path.length).replace(/^\//, "");
}

/** For git: `[id].ts` alone is a pattern, which fits `i.ts` too. */
export function literalPath(repository: GitRepository, uri: vscode.Uri): string {
  return `:(literal)${pathIn(repository, uri)}`;
}

/** Of a file that git does not know yet, as a diff would show it. */
export async function textOfNew(uri: vscode.Uri, ignored: FileGate): ReturnType<typeof textOf> {
  const found = await textOf(uri, ignored);
  if (!("text" in found)) return found;
  const lines = found.text.replace(/\r?\n$/, "").split(/\r?\n/);
  return { text: lines.map((line) => `+${line}`).join("\n") };
}
