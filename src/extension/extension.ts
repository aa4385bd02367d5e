import { join } from "node:path";
import * as vscode from "vscode";
import { CompletionEngine } from "../completion/engine.ts";
import type { CursorSnapshot } from "../context/snapshot.ts";
import { Activity } from "./activity.ts";
import { clock } from "./clock.ts";
import { commands, internalCommands } from "./contributions.ts";
import { diagnostics } from "./diagnostics.ts";
import { InlineCompletions, refusalFor } from "./inlineCompletions.ts";
import { enterKey, removeKey } from "./keyCommands.ts";
import { downloadModel } from "./localModels.ts";
import { showMenu } from "./menu.ts";
import { ModelSource } from "./modelSource.ts";
import { keysIn } from "./secrets.ts";
import { languageEnabled, setting, writeSetting } from "./settings.ts";
import { statusOf, type Status } from "./status.ts";
import { StatusBar } from "./statusBar.ts";
import { lookOf } from "./statusWords.ts";
import { Tally } from "./tally.ts";

/** Composes the parts. Nothing here waits, reads a file or starts a process: the model comes with the first suggestion. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel("Pairwise", { log: true });
  const keys = keysIn(context.secrets);
  const tally = new Tally(join(context.globalStorageUri.fsPath, "tally"), () => new Date());
  const activity = new Activity(tally, log);
  const models = new ModelSource(context, keys);
  const engine = new CompletionEngine({
    backend: () => models.backend(),
    clock,
    options: () => ({ timeLimitMs: setting("suggestions.timeLimitSeconds") * 1000 }),
    isCurrent: (cursor) => documentOf(cursor)?.version === cursor.version,
    onEvent: (event) => activity.observe(event),
  });
  const inlineCompletions = new InlineCompletions(engine, activity);
  const statusBar = new StatusBar();
  const refresh = () => statusBar.show(currentStatus(activity, models), activity.lastDrop);

  context.subscriptions.push(
    log,
    activity,
    models,
    statusBar,
    { dispose: () => engine.stop() },
    activity.onDidChange(refresh),
    models.onDidChange(refresh),
    models.onDidReset(() => {
      engine.clear();
      activity.forgetFailure();
    }),
    vscode.window.onDidChangeActiveTextEditor(refresh),
    vscode.workspace.onDidChangeConfiguration(refresh),
    inlineCompletions,
    vscode.commands.registerCommand(internalCommands.accepted, () => activity.accepted()),
    vscode.commands.registerCommand(commands.suggest, () => {
      inlineCompletions.askAgain();
      return vscode.commands.executeCommand("editor.action.inlineSuggest.trigger");
    }),
    vscode.commands.registerCommand(commands.dismiss, async () => {
      engine.dismiss(activity.lastOffered ?? "");
      await vscode.commands.executeCommand("editor.action.inlineSuggest.hide");
    }),
    vscode.commands.registerCommand(commands.toggle, () => writeSetting("enable", !setting("enable"))),
    vscode.commands.registerCommand(commands.toggleLanguage, toggleLanguage),
    vscode.commands.registerCommand(commands.showMenu, async () => showMenu(await menuState(activity, models, tally))),
    vscode.commands.registerCommand(commands.enterKey, () => enterKey(keys)),
    vscode.commands.registerCommand(commands.removeKey, () => removeKey(keys)),
    vscode.commands.registerCommand(commands.downloadModel, () => downloadModel(activity, log)),
    vscode.commands.registerCommand(commands.restartModel, async () => {
      await models.restart();
      activity.forgetFailure();
    }),
    vscode.commands.registerCommand(commands.showLog, () => log.show()),
    vscode.commands.registerCommand(commands.copyDiagnostics, async () => {
      await vscode.env.clipboard.writeText(
        diagnostics({
          version: String(context.extension.packageJSON.version),
          status: currentStatus(activity, models).kind,
          engine: models.engineState.kind,
          requests: activity.requests,
          failures: activity.failures,
          drops: activity.drops,
          today: await tally.today(),
        }),
      );
      void vscode.window.showInformationMessage(vscode.l10n.t("Diagnostics copied to the clipboard."));
    }),
  );
  refresh();
}

function documentOf(cursor: CursorSnapshot): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === cursor.uri);
}

function currentStatus(activity: Activity, models: ModelSource): Status {
  const document = vscode.window.activeTextEditor?.document;
  const state = models.engineState;
  return statusOf({
    enabled: setting("enable", document),
    editorEnabled: vscode.workspace.getConfiguration("editor", document).get("inlineSuggest.enabled", true),
    automatic: setting("suggestions.automatic", document),
    document: document && {
      languageId: document.languageId,
      enabled: languageEnabled(setting("languages", document), document.languageId),
      readOnly: refusalFor(document) === "read-only",
    },
    download: activity.download,
    loading:
      state.kind === "loading" ? { share: state.share } : state.kind === "starting" ? { share: undefined } : undefined,
    thinking: activity.thinking,
    failure: activity.failure,
  });
}

async function menuState(activity: Activity, models: ModelSource, tally: Tally) {
  const status = currentStatus(activity, models);
  const document = vscode.window.activeTextEditor?.document;
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

async function toggleLanguage(): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document) return;
  const languages = setting("languages", document);
  const { languageId } = document;
  await writeSetting("languages", { ...languages, [languageId]: !languageEnabled(languages, languageId) });
}
