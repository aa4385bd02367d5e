import * as vscode from "vscode";

/** What is used here of the interface, version 1, of VS Code's own Git extension. */
export interface GitRepository {
  readonly rootUri: vscode.Uri;
  readonly state: {
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
}

export interface GitChange {
  readonly uri: vscode.Uri;
  readonly originalUri: vscode.Uri;
  readonly status: number;
}

/** The `status` of a file that is in no commit yet. */
export const UNTRACKED = 7;

interface GitApi {
  readonly state: "uninitialized" | "initialized";
  readonly onDidChangeState: vscode.Event<string>;
  readonly repositories: readonly GitRepository[];
}

/** `undefined` where the extension is missing or disabled. Waits until it has looked for repositories. */
export async function gitRepositories(signal: AbortSignal): Promise<readonly GitRepository[] | undefined> {
  const api = await gitApi();
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

async function gitApi(): Promise<GitApi | undefined> {
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
