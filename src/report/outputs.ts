/** Files that are written: each is named where it can't be. */

import { mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

export interface Output {
  readonly path: string;
  readonly text: string;
  /** Where it may have to be made first. */
  readonly folder?: string;
}

export class UnwrittenFile extends Error {
  readonly path: string;
  readonly code: string;

  constructor(path: string, code: string) {
    super(code);
    this.path = path;
    this.code = code;
  }
}

/** @throws {UnwrittenFile} also on a disk that is full, whose error names no file */
export function writeOutput({ path, text, folder }: Output): void {
  try {
    if (folder !== undefined) mkdirSync(folder, { recursive: true });
    writeFileSync(path, text);
  } catch (error) {
    const { code, path: named } = error as { readonly code?: unknown; readonly path?: unknown };
    if (typeof code !== "string") throw error;
    throw new UnwrittenFile(typeof named === "string" ? named : path, code);
  }
}

/** The first that is named a second time, perhaps by another name. */
export function namedTwice(paths: readonly string[]): string | undefined {
  const real = paths.map(realPath);
  return paths.find((_, index) => real.indexOf(real[index] ?? "") < index);
}

export function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    const whole = resolve(file);
    // It need not be there yet, and its folder may have two names.
    return dirname(whole) === whole ? whole : join(realPath(dirname(whole)), basename(whole));
  }
}
