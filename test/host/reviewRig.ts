import assert from "node:assert/strict";
import * as vscode from "vscode";
import { ReviewComments } from "../../src/extension/reviewComments.ts";
import type { ChatScript } from "../support/chatServer.ts";
import type { HostTest } from "../support/hostSuite.ts";
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
