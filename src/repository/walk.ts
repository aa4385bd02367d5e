/** Finds the source files below a folder. */

import type { Stats } from "node:fs";
import { lstat, readdir, readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { IGNORE_FILES, withIgnoreFiles } from "../context/gates/ignoreFiles.ts";
import type { IgnoreFile } from "../context/gates/ignoreRules.ts";
import { languageIdOfPath } from "../context/index/extraction/languageOfPath.ts";

/** What is passed over. Paths are relative to the folder, with `/`. */
export interface IgnoreRules {
  ignores(path: string, isFolder: boolean): boolean;
  /** With what an ignore file in `folder` says; the empty path is the root. */
  with(folder: string, fileName: IgnoreFile, text: string): IgnoreRules;
}

export interface FoundFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly languageId: string;
  readonly size: number;
  readonly mtimeMs: number;
}

export interface WalkBounds {
  /** Larger files are not read. In bytes. */
  readonly mostBytes: number;
  /** So many source files, and no more. */
  readonly mostFiles: number;
  /** So many entries of folders are looked at. */
  readonly mostEntries: number;
}

/** What was not taken, counted. */
export interface Skipped {
  ignored: number;
  tooLarge: number;
  unreadable: number;
  /** There is more than the bounds allow. */
  bounded: boolean;
}

/**
 * From `start` down, folder by folder, those near the root first. Links are not followed, so there are no loops. What can't be read, or is
 * gone by the time that it is looked at, is counted and passed over.
 */
export async function* walk(
  root: string,
  start: { readonly path: string; readonly rules: IgnoreRules },
  bounds: WalkBounds,
  skipped: Skipped,
  signal: AbortSignal,
): AsyncGenerator<FoundFile, void, undefined> {
  const folders = [start];
  let entries = 0;
  let files = 0;
  for (let folder = folders.shift(); folder; folder = folders.shift()) {
    if (signal.aborted) return;
    const listed = await readdir(join(root, folder.path), { withFileTypes: true }).catch(() => undefined);
    if (!listed) {
      skipped.unreadable += 1;
      continue;
    }
    const read = (file: string): Promise<string | undefined> => textOf(resolve(root, folder.path, file));
    const isRuled = listed.some(({ name }) => RULING.has(name));
    const own = isRuled ? await withIgnoreFiles(folder.rules, folder.path, read) : folder.rules;
    for (const entry of listed) {
      entries += 1;
      if (entries > bounds.mostEntries || files >= bounds.mostFiles) {
        skipped.bounded = true;
        return;
      }
      const path = folder.path === "" ? entry.name : `${folder.path}/${entry.name}`;
      const isFolder = entry.isDirectory();
      if (!isFolder && !entry.isFile()) continue;
      const languageId = isFolder ? undefined : languageIdOfPath(path);
      if (!isFolder && languageId === undefined) continue;
      if (own.ignores(path, isFolder)) {
        skipped.ignored += 1;
        continue;
      }
      if (languageId === undefined) {
        folders.push({ path, rules: own });
        continue;
      }
      const found = fileOf(path, languageId, await lstat(join(root, path)).catch(() => undefined), bounds, skipped);
      if (!found) continue;
      files += 1;
      yield found;
      if (signal.aborted) return;
    }
  }
}

/** One file, as a walk would find it, but for the rules; `undefined` where it would not. */
export async function findFile(root: string, path: string, bounds: WalkBounds): Promise<FoundFile | undefined> {
  const languageId = languageIdOfPath(path);
  if (languageId === undefined) return undefined;
  const skipped: Skipped = { ignored: 0, tooLarge: 0, unreadable: 0, bounded: false };
  return fileOf(path, languageId, await lstat(join(root, path)).catch(() => undefined), bounds, skipped);
}

/** `undefined` for what can't be read, and what is no file: a pipe would be read for ever. */
export async function textOf(path: string): Promise<string | undefined> {
  const stats = await stat(path).catch(() => undefined);
  return stats?.isFile() ? readFile(path, "utf8").catch(() => undefined) : undefined;
}

function fileOf(
  path: string,
  languageId: string,
  stats: Stats | undefined,
  { mostBytes }: WalkBounds,
  skipped: Skipped,
): FoundFile | undefined {
  if (!stats?.isFile()) {
    skipped.unreadable += 1;
    return undefined;
  }
  if (stats.size > mostBytes) {
    skipped.tooLarge += 1;
    return undefined;
  }
  return { path, languageId, size: stats.size, mtimeMs: stats.mtimeMs };
}

export { IGNORE_FILES };

/** A folder without any of these has no ignore files. */
const RULING: ReadonlySet<string> = new Set(IGNORE_FILES.map((path) => path.replace(/\/.*/, "")));
