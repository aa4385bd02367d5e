/** What is checked out in the repositories that are open, by VS Code's own Git extension. */

import * as vscode from "vscode";
import type { RepositoryState } from "../productivity/activity/commitWatch.ts";
import { git, type WatchedRepository } from "./gitApi.ts";

/** Tells of each HEAD that is another one than before, and of the first. Where there is no git, of none. */
export class GitHeads implements vscode.Disposable {
  readonly #told: (state: RepositoryState) => void;
  readonly #listeners = new Map<string, vscode.Disposable>();
  readonly #heads = new Map<string, string | undefined>();
  #opening: readonly vscode.Disposable[] = [];
  #isDisposed = false;

  constructor(told: (state: RepositoryState) => void) {
    this.#told = told;
  }

  async start(): Promise<void> {
    const api = await git();
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
  }

  async #look(repository: WatchedRepository): Promise<void> {
    const root = repository.rootUri.toString();
    const { HEAD, rebaseCommit } = repository.state;
    // It is not known yet.
    if (!HEAD || (this.#heads.has(root) && this.#heads.get(root) === HEAD.commit)) return;
    this.#heads.set(root, HEAD.commit);
    // The commit is gone again, such as in the middle of a rebase: the next HEAD is looked at.
    const commit =
      HEAD.commit === undefined ? undefined : await repository.getCommit(HEAD.commit).catch(() => undefined);
    if (this.#isDisposed || this.#heads.get(root) !== HEAD.commit) return;
    this.#told({
      root,
      head: HEAD.commit,
      committedAtMs: commit?.commitDate?.getTime(),
      parents: commit?.parents,
      // Without a remote branch VS Code says 0, too.
      ahead: HEAD.upstream ? HEAD.ahead : undefined,
      isRebasing: rebaseCommit !== undefined,
    });
  }
}
