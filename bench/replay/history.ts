/** Two versions of a real file. */

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename } from "node:path";

export interface FileHistory {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** Out of a git repository; a revision in which the file is not there yet counts as empty. */
export function historyFromGit(repository: string, path: string, before: string, after: string): FileHistory {
  const show = (revision: string): string => {
    const args = ["-C", repository, "show", `${revision}:${path}`];
    return execFileSync("git", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 1e9 });
  };
  const exists = (revision: string): boolean =>
    execFileSync("git", ["-C", repository, "ls-tree", "--name-only", revision, "--", path], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }) !== "";
  return { path, before: exists(before) ? show(before) : "", after: show(after) };
}

export function historyFromFiles(before: string, after: string): FileHistory {
  return { path: basename(after), before: readFileSync(before, "utf8"), after: readFileSync(after, "utf8") };
}
