import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import * as vscode from "vscode";
import { ReviewComments } from "../../src/extension/reviewComments.ts";
import type { ChatScript } from "../support/chatServer.ts";
import type { HostTest } from "../support/hostSuite.ts";
import type { ChatFolder } from "./chatFolder.ts";
import { type RefactorRig, refactoring } from "./refactorRig.ts";

/** While this runs every message is told here and stays unanswered, and of every list the row with this index is chosen. */
export async function askedAndTold(
  { pick }: { readonly pick?: number },
  use: (told: readonly string[], picks: readonly vscode.QuickPickItem[]) => Promise<void>,
): Promise<void> {
  const window = vscode.window as unknown as Record<string, unknown>;
  const { showWarningMessage, showInformationMessage, showQuickPick } = window;
  const told: string[] = [];
  const picks: vscode.QuickPickItem[] = [];
  const tell = async (words: string): Promise<undefined> => void told.push(words);
  Object.assign(window, {
    showWarningMessage: tell,
    showInformationMessage: tell,
    showQuickPick: async (items: readonly vscode.QuickPickItem[]) => {
      picks.push(...items);
      return pick === undefined ? undefined : items[pick];
    },
  });
  try {
    await use(told, picks);
  } finally {
    Object.assign(window, { showWarningMessage, showInformationMessage, showQuickPick });
  }
}

/** With the comments of a review, which are gone afterwards. */
export function reviewing(
  name: string,
  files: Readonly<Record<string, string>>,
  script: (text: string, count: number) => ChatScript,
  use: (rig: RefactorRig & { readonly comments: ReviewComments }) => Promise<void>,
  facts = {},
): HostTest {
  return refactoring(
    name,
    files,
    script,
    async (rig) => {
      const comments = new ReviewComments();
      try {
        await use({ ...rig, comments });
      } finally {
        comments.dispose();
        assert.deepEqual(comments.threads, []);
      }
    },
    { facts },
  );
}

export const needsOf = ({ model, editor, folder, comments }: RefactorRig & { readonly comments: ReviewComments }) => ({
  model,
  editor,
  ignored: folder.ignored,
  comments,
});

/** The folder becomes a repository with what is in it as its commit; then these files are other ones, or gone. */
export async function changedInGit(
  folder: ChatFolder,
  files: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const git = (...args: readonly string[]): void => {
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], { cwd: folder.path });
  };
  git("init", "-q");
  git("add", ".");
  git("commit", "-qm", "one");
  for (const [name, text] of Object.entries(files))
    if (text === undefined) rmSync(folder.uri(name).fsPath);
    else writeFileSync(folder.uri(name).fsPath, text);
  const exports = (await vscode.extensions.getExtension("vscode.git")?.activate()) as
    | { getAPI(version: 1): { openRepository(root: vscode.Uri): Promise<unknown> } }
    | undefined;
  await exports?.getAPI(1).openRepository(vscode.Uri.file(folder.path));
}

/** While this runs what a progress reports is told here, and it is stopped by the function. */
export async function withProgressTold(
  use: (reported: readonly string[], stop: () => void) => Promise<void>,
): Promise<void> {
  const window = vscode.window as unknown as Record<string, unknown>;
  const { withProgress } = window;
  const source = new vscode.CancellationTokenSource();
  const reported: string[] = [];
  const report = ({ message }: { readonly message: string }): void => void reported.push(message);
  window["withProgress"] = async (_: unknown, work: (...given: readonly unknown[]) => unknown) =>
    work({ report }, source.token);
  try {
    await use(reported, () => source.cancel());
  } finally {
    window["withProgress"] = withProgress;
    source.dispose();
  }
}
