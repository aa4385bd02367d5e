/** What follows from a change of files and folders. */

import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { folderOf } from "../context/index/modules.ts";
import type { FolderRules } from "./folderRules.ts";
import { IGNORE_FILES } from "./walk.ts";

export interface Changes {
  /** An ignore file is among them: other files may be ignored from now on, and others not any more. */
  readonly rules: boolean;
  /** To be walked: none that is ignored, and none that is in another one. The empty path is the root. */
  readonly folders: readonly string[];
  /** What is a file, ignored, or gone. */
  readonly others: readonly string[];
}

/** @param paths relative to the root, with `/` */
export async function changesOf(root: string, rules: FolderRules, paths: readonly string[]): Promise<Changes> {
  let isRules = false;
  const folders: string[] = [];
  const others: string[] = [];
  for (const path of paths) {
    // Of what is in an ignored folder, such as a build's, there may be thousands: the disk is not asked about it.
    const isReached = path === "" || (await rules.reaches(folderOf(path)));
    if (isReached && isIgnoreFile(path)) isRules = true;
    else if (isReached && (await isFolder(join(root, path))) && (await rules.above(path))) folders.push(path);
    else others.push(path);
  }
  const isOutermost = (path: string): boolean =>
    !folders.some((folder) => folder !== path && (folder === "" || path.startsWith(`${folder}/`)));
  return { rules: isRules, folders: folders.filter(isOutermost), others };
}

async function isFolder(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined))?.isDirectory() ?? false;
}

function isIgnoreFile(path: string): boolean {
  return IGNORE_FILES.some((name) => path === name || path.endsWith(`/${name}`));
}
