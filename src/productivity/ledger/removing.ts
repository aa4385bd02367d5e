import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { leftPrefix } from "./left.ts";
import { movedPrefix } from "./opening.ts";

/** Deleting everything means files that were moved aside, and what windows have left, too: there are somebody's figures in them. */
export function besidesIn(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => name.startsWith(movedPrefix) || name.startsWith(leftPrefix));
}

/** False where it is still there. */
export function removed(folder: string, name: string): boolean {
  try {
    rmSync(join(folder, name), { recursive: true, force: true });
    return true;
  } catch {
    return false;
  }
}
