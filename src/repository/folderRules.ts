/** Which files of a folder are ignored, asked one by one. */

import type { Stats } from "node:fs";
import { lstat, readFile } from "node:fs/promises";
import { join } from "node:path";
import { folderOf } from "../context/index/modules.ts";
import { IGNORE_FILES, type IgnoreRules } from "./walk.ts";

/** What the ignore files say by the time that they are first asked for: each is read once. */
export class FolderRules {
  readonly #root: string;
  readonly #builtIn: IgnoreRules;
  readonly #known = new Map<string, Promise<IgnoreRules | undefined>>();

  /** @param rules what counts besides the ignore files */
  constructor(root: string, rules: IgnoreRules) {
    this.#root = root;
    this.#builtIn = rules;
    this.#known.set("", this.#withFilesOf("", rules));
  }

  /** Also what a walk would not come to: what is in an ignored folder, behind a link, or in no folder at all. */
  async ignores(path: string): Promise<boolean> {
    const rules = await this.#in(folderOf(path));
    return rules === undefined || rules.ignores(path, false);
  }

  /** A walk would come to the folder. */
  async reaches(folder: string): Promise<boolean> {
    return (await this.#in(folder)) !== undefined;
  }

  /** What a walk that begins in the folder begins with; `undefined` where none would come to it. */
  async above(folder: string): Promise<IgnoreRules | undefined> {
    if (folder === "") return this.#builtIn;
    const above = await this.#in(folderOf(folder));
    return above?.ignores(folder, true) === false ? above : undefined;
  }

  /** `undefined` for a folder that a walk would not come to. */
  #in(folder: string): Promise<IgnoreRules | undefined> {
    const known = this.#known.get(folder);
    if (known) return known;
    const made = this.#look(folder);
    this.#known.set(folder, made);
    return made;
  }

  async #look(folder: string): Promise<IgnoreRules | undefined> {
    const above = await this.above(folder);
    if (!above) return undefined;
    if (!(await this.#statsOf(folder))?.isDirectory()) return undefined;
    return this.#withFilesOf(folder, above);
  }

  async #withFilesOf(folder: string, above: IgnoreRules): Promise<IgnoreRules> {
    let rules = above;
    for (const name of IGNORE_FILES) {
      const file = join(folder, name);
      // A pipe would be read for ever.
      if (!(await this.#statsOf(file))?.isFile()) continue;
      const text = await readFile(join(this.#root, file), "utf8").catch(() => undefined);
      if (text !== undefined) rules = rules.with(folder, name, text);
    }
    return rules;
  }

  #statsOf(path: string): Promise<Stats | undefined> {
    return lstat(join(this.#root, path)).catch(() => undefined);
  }
}
