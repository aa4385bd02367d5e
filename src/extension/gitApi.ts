import * as vscode from "vscode";

/** What is used here of the interface, version 1, of VS Code's own Git extension. */
export interface GitRepository {
  readonly rootUri: vscode.Uri;
  /** Of the source control view. */
  readonly inputBox: { value: string };
  readonly state: {
    /** `undefined` before it is known; without a name where no branch is checked out, without a commit before the first. */
    readonly HEAD: { readonly name?: string; readonly commit?: string } | undefined;
    readonly mergeChanges: readonly GitChange[];
    readonly indexChanges: readonly GitChange[];
    readonly workingTreeChanges: readonly GitChange[];
    /** Where the setting `git.untrackedChanges` keeps them apart. */
    readonly untrackedChanges?: readonly GitChange[];
  };
  status(): Promise<void>;
  /** Of the file from what is staged, whatever its name says. */
  diffWithHEAD(path: string): Promise<string>;
  /** What is staged. */
  diffIndexWithHEAD(path: string): Promise<string>;
  diffWith(ref: string, path: string): Promise<string>;
  /** Of all files that git knows: what is staged, or what is not. */
  diff(cached: boolean): Promise<string>;
  /** From where the two parted to the second. */
  diffBetween(ref1: string, ref2: string, path: string): Promise<string>;
  /** Without a path they list the files, but for those that were copied or are of another type now. */
  diffWithHEAD(): Promise<readonly GitChange[]>;
  diffIndexWithHEAD(): Promise<readonly GitChange[]>;
  diffWith(ref: string): Promise<readonly GitChange[]>;
  diffBetween(ref1: string, ref2: string): Promise<readonly GitChange[]>;
  /** The last first; `range` has no limit. Rejects before the first commit. */
  log(options: { readonly maxEntries?: number; readonly range?: string }): Promise<readonly GitCommit[]>;
  getMergeBase(ref1: string, ref2: string): Promise<string | undefined>;
  /** Where the branch came from, of a remote, or the remote's default. */
  getBranchBase(name: string): Promise<GitBranch | undefined>;
  /** Of the repository alone; empty where it is not set there. */
  getConfig(key: string): Promise<string>;
  /** Of the user. */
  getGlobalConfig(key: string): Promise<string>;
  getBranches(query: { readonly remote?: boolean }): Promise<readonly GitBranch[]>;
}

export interface GitCommit {
  readonly hash: string;
  readonly message: string;
  readonly parents: readonly string[];
  readonly authorDate?: Date;
  readonly commitDate?: Date;
  readonly authorName?: string;
  readonly authorEmail?: string;
}

interface GitBranch {
  readonly name?: string;
  readonly remote?: string;
}

export interface GitChange {
  readonly uri: vscode.Uri;
  readonly originalUri: vscode.Uri;
  readonly status: number;
}

/** The `status` of a file that is in no commit yet. */
export const UNTRACKED = 7;

/** What is used of a repository by whoever only follows what is committed. */
export interface WatchedRepository {
  readonly rootUri: vscode.Uri;
  readonly state: {
    /** `upstream`: the remote branch that it follows. `ahead` is 0 without one, and where that is gone. */
    readonly HEAD: { readonly commit?: string; readonly ahead?: number; readonly upstream?: unknown } | undefined;
    /** While a rebase goes on. */
    readonly rebaseCommit?: unknown;
    readonly onDidChange: vscode.Event<void>;
  };
  readonly log: (options: { readonly maxEntries: number }) => Promise<readonly GitCommit[]>;
  readonly getConfig: GitRepository["getConfig"];
  readonly getGlobalConfig: GitRepository["getGlobalConfig"];
}

/** What is used by whoever only follows what is committed. */
export interface WatchedGit {
  readonly onDidOpenRepository: vscode.Event<WatchedRepository>;
  readonly onDidCloseRepository: vscode.Event<Pick<WatchedRepository, "rootUri">>;
  readonly repositories: readonly WatchedRepository[];
}

interface GitApi extends WatchedGit {
  readonly state: "uninitialized" | "initialized";
  readonly onDidChangeState: vscode.Event<string>;
  readonly repositories: readonly (GitRepository & WatchedRepository)[];
}

/** `undefined` where the extension is missing or disabled. Waits until it has looked for repositories. */
export async function gitRepositories(signal: AbortSignal): Promise<readonly GitRepository[] | undefined> {
  const api = await git();
  if (!api) return undefined;
  if (api.state === "uninitialized") {
    const { promise, resolve } = Promise.withResolvers<void>();
    const listener = api.onDidChangeState(() => resolve());
    signal.addEventListener("abort", () => resolve(), { once: true });
    await promise;
    listener.dispose();
  }
  return api.repositories;
}

/** `undefined` where the extension is missing or disabled, or there is no git. */
export async function git(): Promise<GitApi | undefined> {
  // Turned off while it runs, it goes on.
  if (vscode.workspace.getConfiguration("git").get("enabled") === false) return undefined;
  const extension = vscode.extensions.getExtension<{ getAPI(version: 1): GitApi }>("vscode.git");
  try {
    return (await extension?.activate())?.getAPI(1);
  } catch {
    // It throws where no git is installed.
    return undefined;
  }
}
