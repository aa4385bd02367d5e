import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { movedPrefix } from "./opening.ts";

/** Deleting everything means files that were moved aside, too: there are somebody's figures in them. */
export function removeMovedAside(folder: string): void {
  for (const name of readdirSync(folder)) if (name.startsWith(movedPrefix)) rmSync(join(folder, name), { force: true });
}
