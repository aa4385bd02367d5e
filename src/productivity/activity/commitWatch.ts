/** How many of the last commits are looked at when a repository has another head. */
export const COMMITS_LOOKED_AT = 50;
/** Where nobody can tell whose it is, a commit that is older when it is first seen was made by somebody else, or long ago. */
const YOUNG_MS = 120_000;
/** VS Code tells of a head some time after it has read it. */
const NOTICED_WITHIN_MS = 10_000;
/** Clocks of a remote machine and of this one may differ a little. */
const AHEAD_MS = 5_000;
/** Git's dates have whole seconds. */
const SECOND_MS = 1_000;
const MOST_REPOSITORIES = 64;
/** Of one repository. */
const MOST_TOLD = 200;

/** A commit as git's log has it. Dates in milliseconds since the epoch; of a rebased or an amended one `authoredAtMs` is the old one. */
export interface LoggedCommit {
  readonly hash: string;
  readonly parents: readonly string[];
  readonly authoredAtMs: number;
  readonly committedAtMs: number;
  /** The author's e-mail address. */
  readonly email: string | undefined;
}

/** What git says of a repository, each time that it may have changed. */
export interface RepositoryState {
  /** The repository's address. In memory alone. */
  readonly root: string;
  /** Of the commit that is checked out; `undefined` before the first one. */
  readonly head: string | undefined;
  /** The last ones, in any order; empty where git wasn't asked or didn't answer. */
  readonly log: readonly LoggedCommit[];
  /** With which this user commits here, as far as they are known. */
  readonly emails: readonly string[];
  /** How many commits the remote branch lacks; `undefined` without one. What it lacks was not pulled. */
  readonly ahead: number | undefined;
  /** A rebase goes on: its commits were written before. */
  readonly isRebasing: boolean;
}

export interface Commit {
  readonly root: string;
  /** When it was made, by the clock of the wall: its own date, not before the head that it follows was noticed, and not after now. */
  readonly atMs: number;
}

interface Known {
  readonly head: string | undefined;
  /** When it was first seen as the head. */
  readonly sinceMs: number;
  /** Hashes of the commits that were told. */
  readonly told: Set<string>;
}

/**
 * Finds the commits that this user makes, whichever program makes them, also when they are seen only later or were pushed at once.
 * They lead from the head before to the head of now, each by its first parent, were made since that head was seen, and either the
 * remote branch lacks them or they have this user's address. So a colleague's commits that are pulled, a checkout, a reset, a merge,
 * the steps of a rebase and an amended commit are none.
 *
 * What can't be told: commits that the same user has pushed from another machine since, and that are pulled here, count as made here.
 * VS Code doesn't tell of addresses that git gets from `includeIf` or the environment; so where there is no remote branch a single
 * commit of the last two minutes counts, whoever made it. More than `COMMITS_LOOKED_AT` at once are none.
 */
export class CommitWatch {
  readonly #known = new Map<string, Known>();

  /**
   * Ascending by their times. The first look at a repository finds none.
   * @param nowMs by the clock of the wall, as git's dates are
   */
  look(state: RepositoryState, nowMs: number): readonly Commit[] {
    const { root, head } = state;
    const before = this.#known.get(root);
    if (before && before.head === head) return [];
    const told = before?.told ?? new Set<string>();
    this.#known.delete(root);
    this.#known.set(root, { head, sinceMs: nowMs, told });
    if (this.#known.size > MOST_REPOSITORIES) this.#known.delete(this.#known.keys().next().value!);
    if (!before || head === undefined || state.isRebasing) return [];
    const made = between(state, before.head).filter(
      (commit, at, all) => !told.has(commit.hash) && isMade(commit, at, all.length, state, before.sinceMs, nowMs),
    );
    const times = made.map((commit) => {
      told.add(commit.hash);
      if (told.size > MOST_TOLD) told.delete(told.values().next().value!);
      return Math.min(nowMs, Math.max(before.sinceMs - NOTICED_WITHIN_MS, commit.committedAtMs + SECOND_MS - 1));
    });
    return times.toSorted((one, other) => one - other).map((atMs) => ({ root, atMs }));
  }

  removed(root: string): void {
    this.#known.delete(root);
  }
}

/** From the head back to the one before, which is not among them; none where it does not lead there. The last one first. */
function between({ head, log }: RepositoryState, before: string | undefined): readonly LoggedCommit[] {
  const known = new Map(log.map((commit) => [commit.hash, commit]));
  const commits: LoggedCommit[] = [];
  for (let hash = head; hash !== before; hash = commits.at(-1)?.parents[0]) {
    const commit = hash === undefined ? undefined : known.get(hash);
    if (!commit || commits.length >= COMMITS_LOOKED_AT) return [];
    commits.push(commit);
  }
  return commits;
}

function isMade(
  { parents, authoredAtMs, committedAtMs, email }: LoggedCommit,
  at: number,
  among: number,
  { ahead, emails }: RepositoryState,
  sinceMs: number,
  nowMs: number,
): boolean {
  if (parents.length > 1 || committedAtMs - nowMs > AHEAD_MS) return false;
  // A rebase or a cherry-pick writes again what was made before.
  if (Math.min(authoredAtMs, committedAtMs) + SECOND_MS <= sinceMs - NOTICED_WITHIN_MS) return false;
  if (at < (ahead ?? 0) || (email !== undefined && emails.includes(email.toLowerCase()))) return true;
  return ahead === undefined && among === 1 && nowMs - committedAtMs <= YOUNG_MS;
}
