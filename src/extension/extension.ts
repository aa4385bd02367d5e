import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import { CompletionEngine } from "../completion/engine.ts";
import { RequestMemory } from "../completion/requestMemory.ts";
import type { CursorSnapshot } from "../context/snapshot.ts";
import { SyntaxTrees } from "../context/syntax/syntaxTrees.ts";
import { Activity } from "./activity.ts";
import { AnsweringModels } from "./answeringModels.ts";
import { asError } from "./asError.ts";
import { registerAssistant } from "./assistant.ts";
import type { ChatView } from "./chatView.ts";
import { clock } from "./clock.ts";
import { registerCommands } from "./commandHandlers.ts";
import { completionOptions } from "./completionOptions.ts";
import { section } from "./contributions.ts";
import { countingParts } from "./countingParts.ts";
import { ContextPieces } from "./contextPieces.ts";
import { measuringNote } from "./countingWords.ts";
import { currentStatus } from "./currentStatus.ts";
import { IgnoredFiles } from "./ignoredFiles.ts";
import { InHand } from "./inHand.ts";
import { InlineCompletions } from "./inlineCompletions.ts";
import { InputMethods } from "./inputMethods.ts";
import { Lazy } from "./lazy.ts";
import { RequestLog } from "../model/requestLog.ts";
import { Milestones } from "./milestones.ts";
import { ModelSource } from "./modelSource.ts";
import { ModelSpeeds } from "./modelSpeeds.ts";
import { fileOf } from "./notebookCells.ts";
import { offerLocalModels } from "./localChatProvider.ts";
import { oncePerMoment } from "./oncePerMoment.ts";
import { OtherProviders } from "./otherProviders.ts";
import { readingAhead } from "./readingAhead.ts";
import { Repositories } from "./repositories.ts";
import type { OpenGate } from "./secretGate.ts";
import { keysIn } from "./secrets.ts";
import { forgetSettings, setting } from "./settings.ts";
import { SeenSuggestions } from "./seenSuggestions.ts";
import { SetUp } from "./setUp.ts";
import { Snooze } from "./snooze.ts";
import { tellSnoozed } from "./snoozedKey.ts";
import type { OpenRecorder } from "./spending.ts";
import { StatusBar } from "./statusBar.ts";

/**
 * Composes the parts. Nothing here waits, reads a file or starts a process: the model comes when a caret has come to rest, and
 * what the first keystroke does not need is loaded and made at its first use.
 */
export function activate(context: vscode.ExtensionContext): void {
  // The first to hear of a change: all that are made below read anew.
  context.subscriptions.push(vscode.workspace.onDidChangeConfiguration(forgetSettings));
  const log = vscode.window.createOutputChannel("Pairwise", { log: true });
  const keys = keysIn(context.secrets);
  const activity = new Activity(log);
  const gate = new Lazy(async () => new (await import("./secretGate.ts")).SecretGate());
  const openGate: OpenGate = async () => (await gate.get()).open();
  const requestLog = new RequestLog(Date.now);
  const spending = new Lazy(async () => {
    const folder = join(context.globalStorageUri.fsPath, "spending");
    const { Spending } = await import("./spending.ts");
    return new Spending(
      folder,
      () => new Date(),
      (error) => log.warn(`what is spent could not be written: ${String(error)}`),
    );
  });
  const recorderFor: OpenRecorder = async (reference) => (await spending.get()).recorder(requestLog, reference);
  const sentView = new Lazy(async () => {
    const { SentView } = await import("./sentView.ts");
    return new SentView(context, requestLog);
  });
  const speeds = new ModelSpeeds(context.globalState, requestLog);
  const milestones = new Milestones();
  const memory = new RequestMemory(REMEMBERED_REQUESTS);
  const seen = new SeenSuggestions(memory);
  const answering = new AnsweringModels();
  const whyView = new Lazy(async () => {
    const { WhyView } = await import("./whyView.ts");
    return new WhyView(context.extensionUri, requestLog, sentView, openGate, (error) => log.error(asError(error)));
  });
  const prompts = new Lazy(async () => {
    const { PromptFiles } = await import("./promptFiles.ts");
    // What came by another prompt is shown no more.
    return new PromptFiles(context.globalStorageUri, () => engine.clear());
  });
  const models = new ModelSource(context, keys, recorderFor, openGate, async () => {
    const files = await prompts.get();
    await files.load();
    return ({ folder }) => files.at("suggestion", folder);
  });
  const checkView = new Lazy(async () => {
    const { CheckView } = await import("./checkView.ts");
    return new CheckView(
      { context, keys, recorderFor, gate: openGate },
      (error) => log.error(asError(error)),
      (reference) => {
        models.worked(reference);
        if (reference === setting("model.suggestions")) activity.forgetFailure();
      },
    );
  });
  const ignored = new IgnoredFiles();
  const ranking = new Lazy(async () => {
    const { EmbeddingRanking } = await import("./embeddingRanking.ts");
    return new EmbeddingRanking(keys, recorderFor, openGate, log);
  });
  const repositories = new Repositories(context, ranking, (file) => ignored.look(file));
  const edits = new Lazy(async () => new (await import("./editTracker.ts")).EditTracker(ignored));
  const pieces = new ContextPieces(repositories, edits, documentOf);
  const syntax = new SyntaxTrees((file) => readFile(context.asAbsolutePath(join("dist", "grammars", file))));
  const engine = new CompletionEngine({
    backend: () => models.backend(),
    instead: (failed) => models.instead(failed),
    clock,
    syntax,
    pieces,
    options: (cursor) => completionOptions(documentOf(cursor) ?? inHand.document),
    isCurrent: (cursor) => documentOf(cursor)?.version === cursor.version,
    onAsked: (id, asked) => {
      const reference = models.referenceOf(asked.backend);
      if (reference !== undefined) answering.asked(id, reference);
      if (!requestLog.paused) memory.put(id, asked);
    },
    onEvent: (event) => {
      activity.observe(event);
      if (event.kind === "finished") speeds.soon();
      if (event.kind === "settled" && event.outcome.kind === "offered") milestones.suggested();
      if (event.kind === "alternatives") void inlineCompletions.addAlternatives();
    },
  });
  const statusBar = new StatusBar();
  const snooze = new Snooze(
    () => new Date(),
    () => refresh(),
    (document) => fileOf(document).toString(),
  );
  const inputMethods = new InputMethods();
  const inHand = new InHand(ignored);
  const otherProviders = new OtherProviders(context.globalState);
  const { end, ...measuring } = countingParts({
    context,
    inputMethods,
    mayOthers: (languageId) => !otherProviders.noneIn(languageId),
    modelOf: (id) => answering.of(id) ?? setting("model.suggestions"),
    changed: () => refresh(),
    log: (sentence) => log.warn(sentence),
    failed: (error) => log.error(asError(error)),
  });
  const inlineCompletions = new InlineCompletions(
    engine,
    activity,
    {
      isSnoozed: (document) => snooze.at(document) !== undefined,
      isComposing: (document, position) => inputMethods.isComposing(document, position),
    },
    inHand,
    ignored,
    seen,
    measuring.counted,
    measuring.experiment,
  );
  const setUp = new SetUp(
    async () => (await import("./namedModels.ts")).namedModels(context, keys),
    () => refresh(),
  );
  const lookAtSetUp = (): void => {
    setUp.look().catch((error: unknown) => log.error(asError(error)));
  };
  // Not while the extension starts.
  const firstLook = setImmediate(lookAtSetUp);
  const forgetRequests = (): void => {
    memory.clear();
    seen.clear();
  };
  const ofRequests = { requestLog, sentView, recorderFor, openGate, models };
  const assistant = registerAssistant({ context, keys, ignored, repositories, prompts, ...ofRequests, log });
  openChat = assistant.chat;
  endCounting = end;
  const refresh = oncePerMoment(() => {
    const status = currentStatus(activity, models, snooze, inHand, setUp);
    statusBar.show(status, activity.lastDrop, repositories.readingNote, measuringNote(measuring));
    tellSnoozed(snooze.at(inHand.document) !== undefined);
  });

  context.subscriptions.push(
    log,
    activity,
    models,
    speeds,
    spending,
    sentView,
    whyView,
    checkView,
    ...assistant.disposables,
    syntax,
    gate,
    prompts,
    ignored,
    repositories,
    edits,
    statusBar,
    snooze,
    inputMethods,
    inHand,
    measuring.counting,
    otherProviders,
    inlineCompletions,
    ...readingAhead({ engine, ignored, inHand, snooze }),
    { dispose: () => clearImmediate(firstLook) },
    { dispose: () => engine.stop() },
    offerLocalModels(context, recorderFor, openGate, models.onDidReset),
    {
      dispose: requestLog.onDidPurge(() => {
        forgetRequests();
        whyView.made?.close();
      }),
    },
    activity.onDidChange(refresh),
    models.onDidChangeModel(refresh),
    models.onDidChangeEngine(() => {
      const { engineState } = models;
      if (engineState.kind === "ready") {
        // Whoever asked for it: it works again.
        activity.forgetFailure();
        milestones.modelReady();
        void inlineCompletions.repeatWaiting();
      }
      if (engineState.kind === "failed") activity.failed(engineState.failure);
      refresh();
    }),
    models.onDidReset(() => {
      engine.clear();
      forgetRequests();
      whyView.made?.modelChanged();
      inlineCompletions.forgetWaiting();
      activity.forgetFailure();
      lookAtSetUp();
    }),
    vscode.window.onDidChangeActiveTextEditor(refresh),
    vscode.window.onDidChangeActiveTextEditor((editor) => {
      // It may be one of ours, and tells then what is wrong with it.
      if (editor?.document.uri.path.match(/\/prompts\/\w+\.md$/)) void prompts.get();
    }),
    inHand.onDidChange(refresh),
    repositories.onDidChange(refresh),
    ignored.onDidChangeRules(() => engine.forgetPieces()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      models.heed(event);
      if (event.affectsConfiguration(section)) engine.forgetPieces();
      refresh();
    }),
    ...registerCommands({
      context,
      keys,
      ...measuring,
      activity,
      models,
      setUp,
      engine,
      inlineCompletions,
      snooze,
      inHand,
      otherProviders,
      repositories,
      edits,
      pieces,
      ignored,
      prompts,
      sentView,
      seen,
      whyView,
      checkView,
      speeds,
      milestones,
      recorderFor,
      spending,
      log,
    }),
  );
  refresh();
}

let openChat: Lazy<ChatView> | undefined;
let endCounting: (() => Promise<void>) | undefined;

/** What was written in the chat, and what was counted, is on the disk before the window ends. */
export async function deactivate(): Promise<void> {
  await Promise.all([openChat?.made?.session.end(), endCounting?.()]);
}

/** Behind suggestions: somebody asks why of what is shown, or was a moment ago. */
const REMEMBERED_REQUESTS = 20;

function documentOf(cursor: CursorSnapshot): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === cursor.uri);
}
