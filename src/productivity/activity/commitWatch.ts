/** A commit that is older when it is first seen was made by somebody else, or long ago. */
const YOUNG_MS = 120_000;
/** Clocks of a remote machine and of this one may differ a little. */
const AHEAD_MS = 5_000;
const MOST_REPOSITORIES = 64;

/** What git says of a repository, each time that it may have changed. */
export interface RepositoryState {
  /** The repository's address. In memory alone. */
  readonly root: string;
  /** Of the commit that is checked out; `undefined` before the first one. */
  readonly head: string | undefined;
  /** When that commit was made, by its committer's date in milliseconds since the epoch; `undefined` where git wasn't asked. */
  readonly committedAtMs: number | undefined;
  /** Of that commit; `undefined` where they aren't known. */
  readonly parents: readonly string[] | undefined;
  /** How many commits the remote branch lacks; `undefined` without one. What was pulled lacks none. */
  readonly ahead: number | undefined;
  /** A rebase goes on: its commits were written before. */
  readonly isRebasing: boolean;
}

export interface Commit {
  readonly root: string;
  readonly atMs: number;
}

/**
 * Finds the commits that this user makes, whichever program makes them. A commit is another head that is young and whose only parent
 * is the head before it. So a pull, a checkout, a reset, a rebase, a merge and an amended commit are none. Of several commits that
 * were made between two looks none is counted where parents are known; a colleague's commit of the last two minutes that was pulled
 * is one where the remote branch isn't known.
 */
export class CommitWatch {
  readonly #heads = new Map<string, string | undefined>();

  /** `nowMs` by the clock of the wall, as git's dates are. The first look at a repository finds none. */
  look(state: RepositoryState, nowMs: number): Commit | undefined {
    const { root, head } = state;
    const isKnown = this.#heads.has(root);
    const before = this.#heads.get(root);
    this.#heads.delete(root);
    this.#heads.set(root, head);
    if (this.#heads.size > MOST_REPOSITORIES) this.#heads.delete(this.#heads.keys().next().value!);
    if (!isKnown || head === undefined || head === before) return undefined;
    return isMade(state, before, nowMs) ? { root, atMs: state.committedAtMs ?? nowMs } : undefined;
  }

  removed(root: string): void {
    this.#heads.delete(root);
  }
}

function isMade(state: RepositoryState, before: string | undefined, nowMs: number): boolean {
  const { committedAtMs, parents, ahead, isRebasing } = state;
  if (isRebasing || ahead === 0) return false;
  if (committedAtMs === undefined || nowMs - committedAtMs > YOUNG_MS || committedAtMs - nowMs > AHEAD_MS) return false;
  if (parents === undefined) return true;
  return before === undefined ? parents.length === 0 : parents.length === 1 && parents[0] === before;
}
