import * as vscode from "vscode";
import type { CompletionEngine } from "../completion/engine.ts";
import { ModelError } from "../model/model.ts";
import type { Activity } from "./activity.ts";
import { commands, internalCommands } from "./contributions.ts";
import { currentStatus, documentInHand } from "./currentStatus.ts";
import { diagnostics } from "./diagnostics.ts";
import type { InlineCompletions } from "./inlineCompletions.ts";
import { enterKey, removeKey } from "./keyCommands.ts";
import { showMenu } from "./menu.ts";
import type { ModelSource } from "./modelSource.ts";
import { describeFailure } from "./notices.ts";
import type { Keys } from "./secrets.ts";
import { changeSetting, languageEnabled, setting } from "./settings.ts";
import { lookOf } from "./statusWords.ts";
import type { Tally } from "./tally.ts";

interface Parts {
  readonly context: vscode.ExtensionContext;
  readonly keys: Keys;
  readonly tally: Tally;
  readonly activity: Activity;
  readonly models: ModelSource;
  readonly engine: CompletionEngine;
  readonly inlineCompletions: InlineCompletions;
  readonly log: vscode.LogOutputChannel;
}

export function registerCommands(parts: Parts): vscode.Disposable[] {
  const { keys, activity, engine, inlineCompletions, log } = parts;
  return [
    vscode.commands.registerCommand(internalCommands.accepted, () => activity.accepted()),
    vscode.commands.registerCommand(commands.suggest, () => inlineCompletions.askAgain()),
    vscode.commands.registerCommand(commands.dismiss, async () => {
      engine.dismiss(activity.lastOffered ?? "");
      await vscode.commands.executeCommand("editor.action.inlineSuggest.hide");
    }),
    vscode.commands.registerCommand(commands.toggle, toggle),
    vscode.commands.registerCommand(commands.toggleLanguage, toggleLanguage),
    vscode.commands.registerCommand(commands.showMenu, async () => showMenu(await menuState(parts))),
    vscode.commands.registerCommand(commands.enterKey, () => enterKey(keys)),
    vscode.commands.registerCommand(commands.removeKey, () => removeKey(keys)),
    vscode.commands.registerCommand(commands.downloadModel, async () => {
      const { downloadModel } = await import("./localModels.ts");
      await downloadModel(activity, log);
    }),
    vscode.commands.registerCommand(commands.restartModel, () => restartModel(parts)),
    vscode.commands.registerCommand(commands.showLog, () => log.show()),
    vscode.commands.registerCommand(commands.copyDiagnostics, () => copyDiagnostics(parts)),
  ];
}

async function menuState({ activity, models, tally }: Parts) {
  const status = currentStatus(activity, models);
  const document = documentInHand();
  return {
    status,
    look: lookOf(status, activity.lastDrop),
    languageId: document?.languageId,
    languageOn: document !== undefined && languageEnabled(setting("languages", document), document.languageId),
    modelName: models.modelName,
    usesServer: setting("model.provider") === "openai",
    today: await tally.today(),
  };
}

async function toggle(): Promise<void> {
  const document = documentInHand();
  const on = setting("enable", document);
  await changeSetting("enable", () => !on, document);
}

async function toggleLanguage(): Promise<void> {
  const document = documentInHand();
  if (!document) return;
  const { languageId } = document;
  const on = languageEnabled(setting("languages", document), languageId);
  await changeSetting("languages", (own) => ({ ...own, [languageId]: !on }), document);
}

async function restartModel({ models, activity }: Parts): Promise<void> {
  if (setting("model.provider") !== "embedded") {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("No local model is in use: pairwise.model.provider names a server."),
    );
    return;
  }
  try {
    await models.restart();
    activity.forgetFailure();
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    activity.failed(error.failure);
    void vscode.window.showWarningMessage(describeFailure(error.failure).text);
  }
}

async function copyDiagnostics({ context, activity, models, tally }: Parts): Promise<void> {
  const text = diagnostics({
    version: String(context.extension.packageJSON.version),
    status: currentStatus(activity, models).kind,
    engine: models.engineState.kind,
    requests: activity.requests,
    failures: activity.failures,
    drops: activity.drops,
    today: await tally.today(),
  });
  await vscode.env.clipboard.writeText(text);
  void vscode.window.showInformationMessage(vscode.l10n.t("Diagnostics copied to the clipboard."));
}
