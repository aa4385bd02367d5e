/** What is checked out in the repositories that are open, by VS Code's own Git extension. */

import type * as vscode from "vscode";
import { COMMITS_LOOKED_AT, type LoggedCommit, type RepositoryState } from "../productivity/activity/commitWatch.ts";
import type { GitCommit, WatchedGit, WatchedRepository } from "./gitApi.ts";

interface HeadsTold {
  /** `undefined` where there is no git. */
  readonly git: () => Promise<WatchedGit | undefined>;
  readonly moved: (state: RepositoryState) => void;
  readonly closed: (root: string) => void;
}

/** Tells of each HEAD that is another one than before, and of the first. Where there is no git, of none. */
export class GitHeads implements vscode.Disposable {
  readonly #told: HeadsTold;
  readonly #listeners = new Map<string, vscode.Disposable>();
  readonly #heads = new Map<string, string | undefined>();
  #opening: readonly vscode.Disposable[] = [];
  #isDisposed = false;

  constructor(told: HeadsTold) {
    this.#told = told;
  }

  async start(): Promise<void> {
    const api = await this.#told.git();
    if (!api || this.#isDisposed) return;
    this.#opening = [
      api.onDidOpenRepository((repository) => this.#watch(repository)),
      api.onDidCloseRepository(({ rootUri }) => this.#forget(rootUri.toString())),
    ];
    for (const repository of api.repositories) this.#watch(repository);
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const listener of [...this.#opening, ...this.#listeners.values()]) listener.dispose();
    this.#listeners.clear();
  }

  #watch(repository: WatchedRepository): void {
    const root = repository.rootUri.toString();
    if (this.#listeners.has(root)) return;
    // Its state changes with each file that is saved; only another HEAD is looked at.
    const listener = repository.state.onDidChange(() => void this.#look(repository));
    this.#listeners.set(root, listener);
    void this.#look(repository);
  }

  #forget(root: string): void {
    this.#listeners.get(root)?.dispose();
    this.#listeners.delete(root);
    this.#heads.delete(root);
    if (!this.#isDisposed) this.#told.closed(root);
  }

  async #look(repository: WatchedRepository): Promise<void> {
    const root = repository.rootUri.toString();
    const { HEAD, rebaseCommit } = repository.state;
    const isFirst = !this.#heads.has(root);
    // It is not known yet.
    if (!HEAD || (!isFirst && this.#heads.get(root) === HEAD.commit)) return;
    this.#heads.set(root, HEAD.commit);
    const [log, emails] =
      isFirst || HEAD.commit === undefined ? [[], []] : await Promise.all([logOf(repository), emailsOf(repository)]);
    // There is another one already, such as in the middle of a rebase: that is looked at.
    if (this.#isDisposed || !this.#heads.has(root) || this.#heads.get(root) !== HEAD.commit) return;
    this.#told.moved({
      root,
      head: HEAD.commit,
      log,
      emails,
      // Without a remote branch VS Code says 0, too.
      ahead: HEAD.upstream ? HEAD.ahead : undefined,
      isRebasing: rebaseCommit !== undefined,
    });
  }
}

async function logOf(repository: WatchedRepository): Promise<readonly LoggedCommit[]> {
  const commits = await repository.log({ maxEntries: COMMITS_LOOKED_AT }).catch((): readonly GitCommit[] => []);
  return commits.flatMap(({ hash, parents, authorDate, commitDate, authorEmail }) => {
    if (!commitDate) return [];
    const committedAtMs = commitDate.getTime();
    return [{ hash, parents, authoredAtMs: authorDate?.getTime() ?? committedAtMs, committedAtMs, email: authorEmail }];
  });
}

async function emailsOf(repository: WatchedRepository): Promise<readonly string[]> {
  const none = (): string => "";
  const found = await Promise.all([repository.getConfig(KEY).catch(none), repository.getGlobalConfig(KEY).catch(none)]);
  const [own, global] = found.map((email) => email.trim().toLowerCase());
  // What is set in the repository is what git uses there.
  return [own || global || ""].filter((email) => email !== "");
}

const KEY = "user.email";
