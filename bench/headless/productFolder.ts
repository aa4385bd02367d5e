import { existsSync } from "node:fs";
import { dirname } from "node:path";

/** The folder with package.json: this file may stand in bench/headless or, bundled, in out/bench. */
export function productFolder(): string {
  let folder = import.meta.dirname;
  while (!existsSync(`${folder}/package.json`)) folder = dirname(folder);
  return folder;
}
