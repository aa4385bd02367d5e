/** What a terminal's last command has written, or what the user pastes in its place. */

import * as vscode from "vscode";
import { commandText, isUnheard, type TerminalOutput } from "./terminalOutput.ts";
import { terminalText } from "../text/terminalText.ts";

export interface OutputToRead {
  /** What it is of, for people. */
  readonly label: string;
  /** Without colours. */
  readonly text: string;
}

export type CommandsRun = Pick<TerminalOutput, "settled" | "commands">;

/** Of the terminal in front. VS Code tells an extension of the commands of a terminal, not of what is selected in it. */
export async function lastOutput(terminals: CommandsRun): Promise<OutputToRead | undefined> {
  await terminals.settled();
  const active = vscode.window.activeTerminal;
  const ran = terminals.commands.find(({ terminal }) => active === undefined || terminal === active);
  if (!ran || isUnheard(ran)) return undefined;
  return { label: `$ ${ran.command.trim().split("\n")[0] ?? ""}`, text: commandText(ran) };
}

/** The clipboard is read where the user says so. `undefined` where that is not wanted, or there is nothing in it. */
export async function pastedOutput(why: string): Promise<OutputToRead | undefined> {
  const { l10n, window } = vscode;
  const paste = l10n.t("Paste from the Clipboard");
  const words = l10n.t("{0} Copy the output, then paste it here.", why);
  if ((await window.showInformationMessage(words, paste)) !== paste) return undefined;
  return copiedOutput();
}

/** What the user has just copied. */
export async function copiedOutput(): Promise<OutputToRead | undefined> {
  const text = terminalText(await vscode.env.clipboard.readText());
  if (text.trim() !== "") return { label: vscode.l10n.t("Output"), text };
  void vscode.window.showInformationMessage(vscode.l10n.t("There is no text in the clipboard."));
  return undefined;
}

export function notKnown(): string {
  return vscode.l10n.t(
    "What the last command in this terminal wrote is not known: VS Code tells of it only with shell integration, and only of what was run since the window was opened.",
  );
}
