/** When there were commits, for accepts that are claimed after them. */

import type { Instant } from "../editorEvents.ts";

export interface Repository {
  /** Its address. */
  readonly root: string;
  /** Whether that file is in it. */
  readonly isIn: (uri: string) => boolean;
}

interface Known {
  readonly isIn: Repository["isIn"];
  /** Ascending, each once. */
  timesMs: readonly Instant[];
}

export class CommitTimes {
  /** The last ones of each repository, by its address. */
  readonly #known = new Map<string, Known>();

  /** Linear in the repository's number of commits that are kept. A commit may be told again. */
  add({ root, isIn }: Repository, timesMs: readonly Instant[]): void {
    const before = this.#known.get(root)?.timesMs ?? [];
    const all = [...new Set([...before, ...timesMs])].toSorted((one, other) => one - other);
    this.#known.delete(root);
    this.#known.set(root, { isIn, timesMs: all.slice(-MOST_COMMITS) });
    if (this.#known.size > MOST_REPOSITORIES) this.#known.delete(this.#known.keys().next().value ?? "");
  }

  /** Of the first commit at a time or after it of the repositories that a file is in. To be asked for many accepts of one file. */
  firstAfterIn(uri: string): (atMs: Instant) => Instant | undefined {
    const lists = [...this.#known.values()].filter(({ isIn }) => isIn(uri)).map(({ timesMs }) => timesMs);
    return (atMs) => {
      const first = Math.min(...lists.map((timesMs) => timesMs[firstAt(timesMs, atMs)] ?? Number.POSITIVE_INFINITY));
      return first === Number.POSITIVE_INFINITY ? undefined : first;
    };
  }
}

/** The place of the first that is not earlier. */
function firstAt(timesMs: readonly Instant[], atMs: Instant): number {
  let low = 0;
  let high = timesMs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((timesMs[middle] ?? 0) < atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Of one repository. */
const MOST_COMMITS = 1_000;
const MOST_REPOSITORIES = 64;
