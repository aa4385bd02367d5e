import * as vscode from "vscode";
import type { ChatTerminal } from "./chatTerminal.ts";
import type { ChatView } from "./chatView.ts";
import { commands } from "./contributions.ts";
import type { IgnoredFiles } from "./ignoredFiles.ts";
import type { Lazy } from "./lazy.ts";
import type { Refactorings } from "./refactorParts.ts";
import type { TerminalOutput } from "./terminalOutput.ts";

interface Needs {
  readonly refactorings: Lazy<Refactorings>;
  readonly chat: Lazy<ChatView>;
  readonly terminals: TerminalOutput;
  readonly terminal: Lazy<ChatTerminal>;
  readonly ignored: IgnoredFiles;
}

/** Registers what is done with a terminal's output and with tests that fail; nothing else is loaded before one of them is used. */
export function registerTerminalHelp({ refactorings, chat, terminals, terminal, ignored }: Needs): vscode.Disposable[] {
  const explaining = { terminals, openChat: () => chat.get() };
  return [
    vscode.commands.registerCommand(commands.explainOutput, async () => {
      await (await import("./explainOutput.ts")).explainOutput(explaining);
    }),
    vscode.commands.registerCommand(commands.explainSelectedOutput, async () => {
      await (await import("./explainOutput.ts")).explainSelectedOutput(explaining);
    }),
    vscode.commands.registerCommand(commands.suggestCommand, async () => {
      const [{ model }, own] = await Promise.all([refactorings.get(), terminal.get()]);
      await (await import("./suggestCommand.ts")).suggestCommand({ model, terminal: own });
    }),
    vscode.commands.registerCommand(commands.fixTest, async (chosen: unknown) => {
      const { editor } = await refactorings.get();
      await (await import("./fixFailure.ts")).fixFailure({ editor, terminals, ignored }, chosen);
    }),
  ];
}
