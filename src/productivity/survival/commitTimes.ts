/** When there were commits, for accepts that are claimed after them. */

import type { Instant } from "../editorEvents.ts";

export class CommitTimes {
  /** The last ones that were told. */
  readonly #known: { readonly isIn: (uri: string) => boolean; readonly atMs: Instant }[] = [];

  add(isIn: (uri: string) => boolean, timesMs: readonly Instant[]): void {
    for (const atMs of timesMs) this.#known.push({ isIn, atMs });
    this.#known.splice(0, this.#known.length - MOST_COMMITS);
  }

  /** Linear in the number that is kept. */
  firstAfter(uri: string, atMs: Instant): Instant | undefined {
    const after = this.#known.filter((commit) => commit.atMs >= atMs && commit.isIn(uri));
    return after.length === 0 ? undefined : Math.min(...after.map((commit) => commit.atMs));
  }
}

const MOST_COMMITS = 1_000;
