/** One list of patterns in git's syntax, asked about one path at a time. */

import ignore, { type Ignore } from "ignore";

export interface Verdict {
  /** False: taken back by a pattern with `!`. */
  readonly ignored: boolean;
  /** Of the pattern that ignores, from 1; otherwise 0. */
  readonly line: number;
}

export class IgnoreMatcher {
  /** The path of the ignore file, where there is one. */
  readonly file: string | undefined;
  /** What the patterns are relative to; empty or with a slash at its end. */
  readonly #base: string;
  readonly #ignoreCase: boolean;
  #patterns: Ignore;
  #asked = 0;

  private constructor(file: string | undefined, base: string, patterns: Ignore, ignoreCase: boolean) {
    this.file = file;
    this.#base = base;
    this.#patterns = patterns;
    this.#ignoreCase = ignoreCase;
  }

  /** `folder` is what the patterns are relative to; empty for the root. */
  static of(file: string | undefined, folder: string, patterns: readonly string[], ignoreCase: boolean): IgnoreMatcher {
    const marked = patterns.map((pattern, index) => ({ pattern, mark: String(index + 1) }));
    return new IgnoreMatcher(file, folder === "" ? "" : `${folder}/`, ignore({ ignoreCase }).add(marked), ignoreCase);
  }

  /**
   * A folder's `path` ends with a slash. Right only where these patterns ignore
   * none of the folders above it (see `open`). `undefined` where no pattern fits, and for what is not below the folder.
   */
  verdict(path: string): Verdict | undefined {
    if (!path.startsWith(this.#base) || path === this.#base) return undefined;
    this.#asked += 1;
    // It would remember every path for ever.
    if (this.#asked % MOST_REMEMBERED === 0) this.#patterns = this.#copy();
    const { ignored, unignored, rule } = this.#patterns.test(path.slice(this.#base.length));
    if (ignored) return { ignored, line: Number(rule?.mark ?? 0) };
    return unignored ? { ignored, line: 0 } : undefined;
  }

  /** The same patterns for what is in `folder`, which they ignore and something that goes before them does not. */
  open(folder: string): IgnoreMatcher {
    const path = folder.slice(this.#base.length).replaceAll(/[\\*?[\] ]/g, "\\$&");
    return new IgnoreMatcher(this.file, this.#base, this.#copy().add({ pattern: `!/${path}/` }), this.#ignoreCase);
  }

  #copy(): Ignore {
    return ignore({ ignoreCase: this.#ignoreCase }).add(this.#patterns);
  }
}

const MOST_REMEMBERED = 10_000;
