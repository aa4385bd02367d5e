import * as vscode from "vscode";
import { commands } from "./contributions.ts";
import { describeFailure } from "./notices.ts";
import type { Status } from "./status.ts";
import type { StatusLook } from "./statusWords.ts";
import type { Today } from "./tally.ts";

interface MenuItem extends vscode.QuickPickItem {
  readonly run?: { readonly command: string; readonly argument?: string };
}

export interface MenuState {
  readonly status: Status;
  readonly look: StatusLook;
  readonly languageId: string | undefined;
  readonly languageOn: boolean;
  readonly modelName: string;
  readonly usesServer: boolean;
  readonly today: Today;
}

/** State first, then what can be done about it, then today's figures. */
function menuItems(state: MenuState): MenuItem[] {
  const { l10n } = vscode;
  const { status } = state;
  const items: MenuItem[] = [
    {
      label: `$(${state.look.icon.replace("~spin", "")}) ${state.look.sentence}`,
      detail: l10n.t("Model: {0}", state.modelName),
    },
    separator(l10n.t("Actions")),
  ];
  if (status.kind === "failed") {
    const { action } = describeFailure(status.failure);
    if (action) items.push(item("lightbulb", action.title, action.command, action.argument));
  }
  if (status.kind === "broken") items.push(item("output", l10n.t("Show log"), commands.showLog));
  if (status.kind === "editor-off")
    items.push(
      item("settings-gear", l10n.t("Open settings"), "workbench.action.openSettings", "editor.inlineSuggest.enabled"),
    );
  items.push(item("sparkle", l10n.t("Suggest now"), commands.suggest));
  items.push(
    status.kind === "off"
      ? item("play", l10n.t("Turn suggestions on"), commands.toggle)
      : item("circle-slash", l10n.t("Turn suggestions off"), commands.toggle),
  );
  if (state.languageId !== undefined)
    items.push(
      state.languageOn
        ? item("circle-slash", l10n.t("Turn suggestions off for {0}", state.languageId), commands.toggleLanguage)
        : item("play", l10n.t("Turn suggestions on for {0}", state.languageId), commands.toggleLanguage),
    );
  items.push(
    ...(state.usesServer
      ? [item("key", l10n.t("Enter API key"), commands.enterKey)]
      : [
          item("cloud-download", l10n.t("Download a local model"), commands.downloadModel),
          item("debug-restart", l10n.t("Restart the local model"), commands.restartModel),
        ]),
    item("settings-gear", l10n.t("Open settings"), "workbench.action.openSettings", "@ext:pairwise.pairwise"),
    item("output", l10n.t("Show log"), commands.showLog),
    item("copy", l10n.t("Copy diagnostics"), commands.copyDiagnostics),
    separator(l10n.t("Today")),
    { label: `$(graph) ${l10n.t("{0} suggestions offered, {1} accepted", state.today.offered, state.today.accepted)}` },
  );
  return items;
}

export async function showMenu(state: MenuState): Promise<void> {
  const picked = await vscode.window.showQuickPick(menuItems(state), { title: "Pairwise" });
  if (!picked?.run) return;
  const { command, argument } = picked.run;
  await vscode.commands.executeCommand(command, ...(argument === undefined ? [] : [argument]));
}

function item(icon: string, label: string, command: string, argument?: string): MenuItem {
  return { label: `$(${icon}) ${label}`, run: { command, ...(argument === undefined ? {} : { argument }) } };
}

function separator(label: string): MenuItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
