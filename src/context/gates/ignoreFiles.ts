/** The ignore files of a folder, whoever reads them. */

import type { IgnoreFile } from "./ignoreRules.ts";

export const IGNORE_FILES: readonly IgnoreFile[] = [".gitignore", ".pairwiseignore", ".git/info/exclude"];

interface Rules<Own> {
  with(folder: string, fileName: IgnoreFile, text: string): Own;
}

/**
 * The rules with what the ignore files in `folder` say. `read` gets a path relative to it, or an absolute one, and tells
 * `undefined` where there is no such file; rejects as it does.
 */
export async function withIgnoreFiles<Own extends Rules<Own>>(
  rules: Own,
  folder: string,
  read: (path: string) => Promise<string | undefined>,
): Promise<Own> {
  let own = rules;
  for (const name of IGNORE_FILES) {
    const text = await (name === ".git/info/exclude" ? excludesOfGit(read) : read(name));
    if (text !== undefined) own = own.with(folder, name, text);
  }
  return own;
}

/** Of the repository in the folder; that of a submodule or a worktree is elsewhere. */
async function excludesOfGit(read: (path: string) => Promise<string | undefined>): Promise<string | undefined> {
  const link = await read(".git");
  if (link === undefined) return read(".git/info/exclude");
  const gitFolder = /^gitdir: (.+?)\s*$/m.exec(link)?.[1];
  if (gitFolder === undefined) return undefined;
  const common = (await read(`${gitFolder}/commondir`))?.trim() ?? "";
  return read(`${isAbsolute(common) ? common : `${gitFolder}/${common}`}/info/exclude`);
}

/** Also on Windows. */
export function isAbsolute(path: string): boolean {
  return /^(?:[\\/]|[A-Za-z]:)/.test(path);
}
