import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { leftPrefix } from "./left.ts";
import { movedPrefix } from "./opening.ts";

/** Deleting everything means files that were moved aside, and what windows have left, too: there are somebody's figures in them. */
export function removeBesides(folder: string): void {
  for (const name of readdirSync(folder))
    if (name.startsWith(movedPrefix) || name.startsWith(leftPrefix)) rmSync(join(folder, name), { force: true });
}
