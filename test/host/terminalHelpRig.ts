/** What the tests of help in terminals share: answers to what is asked in the window, and commands that ran. */

import * as vscode from "vscode";
import type { CommandsRun } from "../../src/extension/outputToRead.ts";

interface Row extends vscode.QuickPickItem {
  readonly [key: string]: unknown;
}

export interface Answers {
  /** For inputs, one after the other. */
  readonly inputs?: readonly string[];
  /** The row of a pick is the first that has these words. */
  readonly picks?: readonly RegExp[];
  /** What is pressed on messages, where it is there. */
  readonly button?: string;
}

export interface Heard {
  readonly picks: (readonly Row[])[];
  readonly titles: (string | undefined)[];
  readonly told: string[];
}

/** While this runs, inputs, picks and messages are answered and heard. */
export async function answering(
  { inputs = [], picks = [], button }: Answers,
  use: (heard: Heard) => Promise<void>,
): Promise<void> {
  const window = vscode.window as unknown as Record<string, unknown>;
  const { showInputBox, showQuickPick, showWarningMessage, showInformationMessage } = window;
  const heard: Heard = { picks: [], titles: [], told: [] };
  const [inputsLeft, picksLeft] = [[...inputs], [...picks]];
  const message = async (words: string, ...buttons: readonly string[]) => {
    heard.told.push(words);
    return buttons.find((each) => each === button);
  };
  window["showInputBox"] = async () => inputsLeft.shift();
  window["showQuickPick"] = async (rows: readonly Row[], options?: vscode.QuickPickOptions) => {
    heard.picks.push(rows);
    heard.titles.push(options?.title);
    const wanted = picksLeft.shift();
    return wanted && rows.find(({ label, detail = "" }) => wanted.test(`${label} ${detail}`));
  };
  window["showWarningMessage"] = message;
  window["showInformationMessage"] = message;
  try {
    await use(heard);
  } finally {
    Object.assign(window, { showInputBox, showQuickPick, showWarningMessage, showInformationMessage });
  }
}

export const ran = (command: string, raw: string): CommandsRun => ({
  settled: async () => undefined,
  commands: [
    {
      terminal: vscode.window.activeTerminal as vscode.Terminal,
      command,
      raw,
      isCut: false,
      exitCode: 1,
      isRunning: false,
      isRead: true,
    },
  ],
});
export const nothingRan: CommandsRun = { settled: async () => undefined, commands: [] };

export const labels = (rows: readonly Row[] | undefined): readonly string[] =>
  (rows ?? []).map(({ label, description = "", detail = "" }) =>
    [label, description, detail].filter(Boolean).join(" | "),
  );
