/** A command for a terminal, by the model. The user reads it, and it is put into the terminal without being run. */

import { platform } from "node:os";
import * as vscode from "vscode";
import { unlinked } from "../text/unlinked.ts";
import { answerLanguage } from "../edit/catalogue.ts";
import { commandMessages, type SuggestedCommand, suggestedCommands } from "../refactor/terminalCommand.ts";
import { headOf } from "../text/offsets.ts";
import type { ChatTerminal } from "./chatTerminal.ts";
import { ended, sentences } from "./punctuation.ts";
import { type RefactorModel, withProgress } from "./refactorModel.ts";
import { commandRefusal, dangerWords } from "./terminalWords.ts";

export interface SuggestingNeeds {
  readonly model: Pick<RefactorModel, "ask">;
  readonly terminal: Pick<ChatTerminal, "put" | "name">;
}

export async function suggestCommand(needs: SuggestingNeeds): Promise<void> {
  for (let wish = await askWish(""); wish !== undefined;) {
    const again = await suggestFor(needs, wish);
    if (!again) return;
    wish = await askWish(wish);
  }
}

interface CommandRow extends vscode.QuickPickItem {
  readonly suggested?: SuggestedCommand;
}

async function askWish(value: string): Promise<string | undefined> {
  const { l10n, window } = vscode;
  const wish = await window.showInputBox({
    title: l10n.t("Suggest a Command"),
    prompt: l10n.t("What is the command to do? It is put into the terminal, and you run it."),
    placeHolder: l10n.t("Find the ten largest files in this folder"),
    value,
  });
  return wish?.trim() || undefined;
}

/** Whether the user wants to ask otherwise. */
async function suggestFor({ model, terminal }: SuggestingNeeds, wish: string): Promise<boolean> {
  const { l10n, window } = vscode;
  const folder = vscode.workspace.workspaceFolders?.[0];
  const files = await tellingFiles(folder?.uri);
  const shell = shellName(vscode.env.shell);
  const messages = commandMessages({
    wish,
    platform: platforms[platform()] ?? platform(),
    shell,
    folder: folder?.name ?? l10n.t("home"),
    files,
    language: answerLanguage(wish, vscode.env.language),
  });
  const reply = await withProgress(l10n.t("The model is looking for a command"), (signal) =>
    model.ask({ messages, stretches: [], askedFor: "command" }, signal),
  );
  if (!reply) return false;
  const commands = suggestedCommands(reply.text, reply.isCut, shell);
  const other = l10n.t("Ask for Something Else");
  if (commands.length === 0) {
    const said = reply.text.trim().replace(/\s+/g, " ").replace(/\p{C}/gu, "");
    const words =
      said === ""
        ? l10n.t("The model answered nothing.")
        : l10n.t("The model suggested no command. It says: {0}", headOf(said, MOST_SAID));
    return (await window.showWarningMessage(unlinked(words), other)) === other;
  }
  const rows: CommandRow[] = [
    ...commands.map(rowOf),
    { label: "", kind: vscode.QuickPickItemKind.Separator },
    { label: `$(edit) ${other}` },
  ];
  const picked = await window.showQuickPick(rows, {
    title: l10n.t("Put into the terminal “{0}”; Enter there runs it", terminal.name),
    placeHolder: wish,
    ignoreFocusOut: true,
  });
  if (!picked) return false;
  const { suggested } = picked;
  if (!suggested) return true;
  if (suggested.refused) void window.showWarningMessage(commandRefusal(suggested.refused));
  else await terminal.put([suggested.command]);
  return false;
}

function rowOf(suggested: SuggestedCommand): CommandRow {
  const { command, explanation, dangers, steps, blanks, refused } = suggested;
  const { l10n } = vscode;
  const warnings = dangers.map(dangerWords).join(" · ");
  const notes = [
    steps > 1 && l10n.t("{0} commands, one after the other", steps),
    blanks.length > 0 && l10n.t("fill in {0}", blanks.join(", ")),
  ].filter((note) => typeof note === "string");
  const what = refused ? commandRefusal(refused) : explanation;
  const icon = refused ? "$(circle-slash) " : dangers.length > 0 ? "$(warning) " : "$(terminal) ";
  const detail = sentences(warnings && `$(warning) ${ended(warnings)}`, withoutIcons(what));
  return {
    label: `${icon}${withoutIcons(command)}`,
    ...(notes.length > 0 && { description: withoutIcons(notes.join(" · ")) }),
    ...(detail !== "" && { detail }),
    suggested,
  };
}

/** `$(date)` is a command in a command, and an icon to VS Code: it would not be seen. */
function withoutIcons(text: string): string {
  return text.replace(/\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/g, "\\$&");
}

function shellName(path: string): string {
  return (path.split(/[\\/]/).at(-1) ?? "").replace(/\.exe$/i, "") || "sh";
}

/** Of the files at the top those that say with which tools one works here: names alone. */
async function tellingFiles(folder: vscode.Uri | undefined): Promise<readonly string[]> {
  if (!folder) return [];
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return entries.map(([name]) => name).filter((name) => TELLING.test(name));
  } catch {
    return [];
  }
}

const TELLING =
  /^(?:\.git|package\.json|package-lock\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?|deno\.json|Makefile|justfile|CMakeLists\.txt|Cargo\.toml|go\.mod|pyproject\.toml|requirements\.txt|uv\.lock|Gemfile|composer\.json|pom\.xml|build\.gradle(?:\.kts)?|Dockerfile|(?:docker-)?compose\.ya?ml|.*\.sln)$/;
const platforms: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  linux: "Linux",
  darwin: "macOS",
  win32: "Windows",
};
const MOST_SAID = 300;
