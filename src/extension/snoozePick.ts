import * as vscode from "vscode";
import { commands } from "./contributions.ts";
import type { InHand } from "./inHand.ts";
import { languageEnabled, setting } from "./settings.ts";
import type { Snooze } from "./snooze.ts";

const MINUTES = [5, 15, 30, 60];
const MOST_MINUTES = 24 * 60;

interface Choice extends vscode.QuickPickItem {
  readonly run: () => Thenable<unknown> | void;
}

/** Asks for how long, or for what, suggestions stay away, unless a key binding says it: so many minutes, or `"file"`. */
export async function snoozeSuggestions(snooze: Snooze, { document }: InHand, argument: unknown): Promise<void> {
  if (typeof argument === "number" && argument > 0) snooze.forMinutes(Math.min(argument, MOST_MINUTES));
  else if (argument === "file" && document) snooze.forFile(document);
  else await pickSnooze(snooze, document);
  // What is shown goes, too.
  if (snooze.at(document)) await vscode.commands.executeCommand("editor.action.inlineSuggest.hide");
}

async function pickSnooze(snooze: Snooze, document: vscode.TextDocument | undefined): Promise<void> {
  const { l10n } = vscode;
  const choices: Choice[] = MINUTES.map((minutes) => ({
    label: `$(bell-slash) ${l10n.t("{0} minutes", minutes)}`,
    run: () => snooze.forMinutes(minutes),
  }));
  if (snooze.at(document)) {
    choices.unshift({
      label: `$(bell) ${l10n.t("Wake up")}`,
      run: () => vscode.commands.executeCommand(commands.wake),
    });
  }
  if (document) {
    const { languageId } = document;
    choices.push(
      {
        label: `$(file) ${l10n.t("This file, until the window closes")}`,
        run: () => snooze.forFile(document),
      },
      languageEnabled(setting("languages", document), languageId)
        ? { label: `$(circle-slash) ${l10n.t("Turn suggestions off for {0}", languageId)}`, run: toggleLanguage }
        : { label: `$(play) ${l10n.t("Turn suggestions on for {0}", languageId)}`, run: toggleLanguage },
    );
  }
  const choice = await vscode.window.showQuickPick(choices, { title: l10n.t("Snooze suggestions") });
  await choice?.run();
}

function toggleLanguage(): Thenable<unknown> {
  return vscode.commands.executeCommand(commands.toggleLanguage);
}
