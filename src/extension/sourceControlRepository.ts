/** Which repository a command is for. */

import * as vscode from "vscode";
import { gitRepositories, type GitRepository } from "./gitApi.ts";

/**
 * The one of the menu that the command was chosen from; else the one of the file in front; else the user chooses. Tells
 * where there is none.
 */
export async function chosenRepository(from: unknown): Promise<GitRepository | undefined> {
  const { l10n, window } = vscode;
  const repositories = await gitRepositories(AbortSignal.timeout(MOST_WAIT_MS));
  if (!repositories) {
    void window.showWarningMessage(l10n.t("This needs VS Code's Git extension, and git."));
    return undefined;
  }
  if (repositories.length === 0) {
    void window.showWarningMessage(l10n.t("No git repository is open."));
    return undefined;
  }
  const root = rootOf(from);
  const named = root && repositories.find(({ rootUri }) => rootUri.toString() === root.toString());
  if (named) return named;
  if (repositories.length === 1) return repositories[0];
  const file = window.activeTextEditor?.document.uri;
  const around = repositories
    .filter(({ rootUri }) => file?.scheme === rootUri.scheme && file.path.startsWith(`${rootUri.path}/`))
    // Of one inside of another the inner one.
    .toSorted((one, other) => other.rootUri.path.length - one.rootUri.path.length);
  return around[0] ?? (await pick(repositories));
}

/** Menus of the source control view give a `vscode.SourceControl`. */
function rootOf(from: unknown): vscode.Uri | undefined {
  const root = typeof from === "object" && from !== null && "rootUri" in from ? from.rootUri : undefined;
  return root instanceof vscode.Uri ? root : undefined;
}

async function pick(repositories: readonly GitRepository[]): Promise<GitRepository | undefined> {
  const items = repositories.map((repository) => ({
    label: repository.rootUri.path.split("/").at(-1) ?? "",
    description: vscode.workspace.asRelativePath(repository.rootUri),
    repository,
  }));
  const title = vscode.l10n.t("Which repository?");
  return (await vscode.window.showQuickPick(items, { title }))?.repository;
}

const MOST_WAIT_MS = 10_000;
