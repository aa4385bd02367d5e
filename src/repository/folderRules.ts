/** Which files of a folder are ignored, asked one by one. */

import type { Stats } from "node:fs";
import { lstat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { withIgnoreFiles } from "../context/gates/ignoreFiles.ts";
import { folderOf } from "../context/index/modules.ts";
import { type IgnoreRules, textOf } from "./walk.ts";

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

  #withFilesOf(folder: string, above: IgnoreRules): Promise<IgnoreRules> {
    return withIgnoreFiles(above, folder, (file) => textOf(resolve(this.#root, folder, file)));
  }

  #statsOf(path: string): Promise<Stats | undefined> {
    return lstat(join(this.#root, path)).catch(() => undefined);
  }
}
