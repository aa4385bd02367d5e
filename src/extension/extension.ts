import { join } from "node:path";
import * as vscode from "vscode";
import { CompletionEngine } from "../completion/engine.ts";
import type { CursorSnapshot } from "../context/snapshot.ts";
import { Activity } from "./activity.ts";
import { clock } from "./clock.ts";
import { registerCommands } from "./commandHandlers.ts";
import { currentStatus } from "./currentStatus.ts";
import { InlineCompletions } from "./inlineCompletions.ts";
import { ModelSource } from "./modelSource.ts";
import { keysIn } from "./secrets.ts";
import { forgetSettings, setting } from "./settings.ts";
import { StatusBar } from "./statusBar.ts";
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
    onEvent: (event) => {
      activity.observe(event);
      if (event.kind === "alternatives") void inlineCompletions.addAlternatives();
    },
  });
  const inlineCompletions = new InlineCompletions(engine, activity);
  const statusBar = new StatusBar();
  const refresh = oncePerMoment(() => statusBar.show(currentStatus(activity, models), activity.lastDrop));

  context.subscriptions.push(
    // The first to hear of a change: all that come after read anew.
    vscode.workspace.onDidChangeConfiguration(forgetSettings),
    log,
    activity,
    models,
    statusBar,
    inlineCompletions,
    { dispose: () => engine.stop() },
    activity.onDidChange(refresh),
    models.onDidChange(() => {
      const { engineState } = models;
      if (engineState.kind === "ready") void inlineCompletions.repeatWaiting();
      if (engineState.kind === "failed") activity.failed(engineState.failure);
      refresh();
    }),
    models.onDidReset(() => {
      engine.clear();
      inlineCompletions.forgetWaiting();
      activity.forgetFailure();
    }),
    vscode.window.onDidChangeActiveTextEditor(refresh),
    vscode.workspace.onDidChangeConfiguration((event) => {
      models.heed(event);
      refresh();
    }),
    ...registerCommands({ context, keys, tally, activity, models, engine, inlineCompletions, log }),
  );
  refresh();
}

function documentOf(cursor: CursorSnapshot): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === cursor.uri);
}

/** Several calls in one moment make one, when it is over. */
function oncePerMoment(work: () => void): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    queueMicrotask(() => {
      waiting = false;
      work();
    });
  };
}
