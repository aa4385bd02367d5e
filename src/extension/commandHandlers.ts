import * as vscode from "vscode";
import type { CompletionEngine } from "../completion/engine.ts";
import type { Offered } from "../completion/suggestion.ts";
import type { PieceSource } from "../completion/surroundingPieces.ts";
import type { CursorSnapshot } from "../context/snapshot.ts";
import { ModelError } from "../model/model.ts";
import { isEmbedded } from "../model/modelReference.ts";
import type { Activity } from "./activity.ts";
import { comesByItself } from "./byItself.ts";
import type { CheckView } from "./checkView.ts";
import { commands, internalCommands } from "./contributions.ts";
import { cursorSnapshot } from "./convert.ts";
import type { Counting } from "./counting.ts";
import { currentStatus } from "./currentStatus.ts";
import type { ExperimentGate } from "./experimentGate.ts";
import { experimentOf, registerExperimentCommands } from "./experimentRegistration.ts";
import type { IgnoredFiles } from "./ignoredFiles.ts";
import { isCounted } from "./editorEventFeed.ts";
import type { InHand } from "./inHand.ts";
import type { InlineCompletions } from "./inlineCompletions.ts";
import type { EditTracker } from "./editTracker.ts";
import { indexSentence } from "./indexWords.ts";
import { Lazy } from "./lazy.ts";
import type { OwnLedger } from "./ownLedger.ts";
import { registerLedgerCommands, todayOf } from "./ledgerRegistration.ts";
import type { Milestones } from "./milestones.ts";
import type { ModelSource } from "./modelSource.ts";
import type { ModelSpeeds } from "./modelSpeeds.ts";
import { describeFailure } from "./notices.ts";
import { orTell } from "./orTell.ts";
import { PartialAccept } from "./partialAccept.ts";
import type { OtherProviders } from "./otherProviders.ts";
import type { PromptFiles } from "./promptFiles.ts";
import { registerReport } from "./reportRegistration.ts";
import type { Repositories } from "./repositories.ts";
import type { RepositoryMapView } from "./repositoryMapView.ts";
import type { Keys } from "./secrets.ts";
import type { SeenSuggestions } from "./seenSuggestions.ts";
import type { SentView } from "./sentView.ts";
import { languageEnabled, setting } from "./settings.ts";
import type { SetUp } from "./setUp.ts";
import type { Snooze } from "./snooze.ts";
import type { OpenRecorder, Spending } from "./spending.ts";
import type { SpendingView } from "./spendingView.ts";
import { lookOf } from "./statusWords.ts";
import type { SuggestionEvents } from "./suggestionEvents.ts";
import { toggle, toggleLanguage, toggleQuiet } from "./toggles.ts";
import type { WhyView } from "./whyView.ts";

interface Parts {
  readonly context: vscode.ExtensionContext;
  readonly keys: Keys;
  readonly counting: Counting;
  readonly counted: SuggestionEvents;
  readonly experiment: ExperimentGate;
  readonly ledger: Lazy<OwnLedger>;
  readonly activity: Activity;
  readonly models: ModelSource;
  readonly setUp: SetUp;
  readonly engine: CompletionEngine;
  readonly inlineCompletions: InlineCompletions;
  readonly snooze: Snooze;
  readonly inHand: InHand;
  readonly otherProviders: OtherProviders;
  readonly repositories: Repositories;
  readonly edits: Lazy<EditTracker>;
  readonly pieces: PieceSource;
  readonly ignored: IgnoredFiles;
  readonly prompts: Lazy<PromptFiles>;
  readonly sentView: Lazy<SentView>;
  readonly seen: SeenSuggestions;
  readonly whyView: Lazy<WhyView>;
  readonly checkView: Lazy<CheckView>;
  readonly speeds: ModelSpeeds;
  readonly milestones: Milestones;
  readonly recorderFor: OpenRecorder;
  readonly spending: Lazy<Spending>;
  readonly log: vscode.LogOutputChannel;
}

/** What a command needs alone is loaded with its first call. */
export function registerCommands(parts: Parts): vscode.Disposable[] {
  const { keys, activity, engine, inlineCompletions, snooze, inHand, otherProviders, counted, log } = parts;
  const mapView = new Lazy(() => makeMapView(parts));
  const spendingView = new Lazy(() => makeSpendingView(parts));
  const trialView = new Lazy(async () => new (await import("./promptTrialView.ts")).TrialView());
  const shown = { shownAt: (cursor: CursorSnapshot) => shownAt(parts, cursor) };
  const partialAccept = new PartialAccept(shown, (languageId) => otherProviders.noneIn(languageId), counted);
  return [
    trialView,
    vscode.commands.registerCommand(internalCommands.accepted, (id: unknown) => {
      counted.accepted(id);
      parts.seen.accept(id);
      engine.accepted(nextCaret(parts));
    }),
    vscode.commands.registerCommand(commands.acceptWord, () => partialAccept.take("word")),
    vscode.commands.registerCommand(commands.acceptLine, () => partialAccept.take("line")),
    vscode.commands.registerCommand(commands.suggest, () => {
      parts.models.retry();
      return inlineCompletions.askAgain();
    }),
    vscode.commands.registerCommand(commands.dismiss, async () => {
      engine.dismiss(activity.lastOffered ?? "");
      if (activity.lastOffered !== undefined) counted.dismissed(activity.lastOffered);
      parts.seen.dismiss();
      await vscode.commands.executeCommand("editor.action.inlineSuggest.hide");
    }),
    vscode.commands.registerCommand(commands.toggle, () => toggle(inHand)),
    vscode.commands.registerCommand(commands.toggleLanguage, () => toggleLanguage(inHand)),
    vscode.commands.registerCommand(commands.toggleQuiet, () => toggleQuiet(inHand)),
    vscode.commands.registerCommand(commands.snooze, async (argument: unknown) => {
      const { snoozeSuggestions } = await import("./snoozePick.ts");
      await snoozeSuggestions(snooze, inHand, argument);
    }),
    vscode.commands.registerCommand(commands.wake, () => snooze.wake(inHand.document)),
    vscode.commands.registerCommand(commands.showMenu, async () => {
      const { showMenu } = await import("./menu.ts");
      showMenu(await menuState(parts));
    }),
    vscode.commands.registerCommand(commands.enterKey, async (host: unknown) => {
      const { addressOfHost, enterKey } = await import("./keyCommands.ts");
      await enterKey(keys, addressOfHost(host));
    }),
    vscode.commands.registerCommand(commands.removeKey, async () => {
      const { removeKey } = await import("./keyCommands.ts");
      await removeKey(keys);
    }),
    vscode.commands.registerCommand(commands.chooseModel, (which: unknown) => choose(parts, which)),
    vscode.commands.registerCommand(commands.trySample, async () => {
      const { trySample } = await import("./trySample.ts");
      await trySample({ backend: () => parts.models.backend(), suggest: () => inlineCompletions.askAgain() });
    }),
    vscode.commands.registerCommand(commands.restartModel, () => restartModel(parts)),
    vscode.commands.registerCommand(commands.checkModel, async () => (await parts.checkView.get()).show()),
    vscode.commands.registerCommand(commands.allowEditorModel, async () => {
      const { allowEditorModel } = await import("./allowEditorModel.ts");
      const isAllowed = await allowEditorModel(parts.context, parts.recorderFor);
      if (isAllowed) parts.models.reset();
      return isAllowed;
    }),
    vscode.commands.registerCommand(commands.rebuildIndex, () => parts.repositories.rebuild()),
    vscode.commands.registerCommand(commands.showRepositoryMap, async () => (await mapView.get()).show()),
    mapView,
    vscode.commands.registerCommand(commands.stopIndex, () => parts.repositories.stop()),
    vscode.commands.registerCommand(commands.showIndex, async () => {
      const { showIndex } = await import("./indexView.ts");
      showIndex(parts.repositories, inHand.document);
    }),
    vscode.commands.registerCommand(commands.showLog, () => log.show()),
    vscode.commands.registerCommand(commands.showSent, async () => (await parts.sentView.get()).show()),
    vscode.commands.registerCommand(commands.showSpending, async () => (await spendingView.get()).show()),
    spendingView,
    ...registerLedgerCommands(parts),
    ...registerReport(parts),
    ...registerExperimentCommands({
      ...parts,
      status: () => currentStatus(activity, parts.models, snooze, inHand, parts.setUp),
    }),
    vscode.commands.registerCommand(commands.whySuggestion, async (which: unknown) => {
      const [{ whySuggestion }, view] = await Promise.all([import("./whySuggestion.ts"), parts.whyView.get()]);
      await whySuggestion(parts.seen, view, inlineCompletions, which);
    }),
    vscode.commands.registerCommand(commands.editPrompt, async (argument: unknown) => {
      const [{ editPrompt }, files] = await Promise.all([import("./promptCommands.ts"), parts.prompts.get()]);
      await orTell(editPrompt(files, argument));
    }),
    vscode.commands.registerCommand(commands.resetPrompt, async (argument: unknown) => {
      const [{ resetPrompt }, files] = await Promise.all([import("./promptCommands.ts"), parts.prompts.get()]);
      await orTell(resetPrompt(files, argument));
    }),
    vscode.commands.registerCommand(commands.tryPrompt, async () => {
      const [{ tryPrompt }, files, view] = await Promise.all([
        import("./promptTrial.ts"),
        parts.prompts.get(),
        trialView.get(),
      ]);
      await tryPrompt({ ...parts, files, view });
    }),
    vscode.commands.registerCommand(commands.copyDiagnostics, () => copyDiagnostics(parts)),
  ];
}

async function choose(
  { keys, speeds, activity, models, setUp, milestones, log }: Parts,
  which: unknown,
): Promise<void> {
  const [{ chooseModel }, { ask }] = await Promise.all([import("./modelPicker.ts"), import("./quickInputs.ts")]);
  const releaseModel = () => models.reset();
  const onChosen = () => milestones.modelReady();
  const onFiles = () => void orTell(setUp.look());
  await chooseModel({ ask, keys, speeds, downloads: activity, log, releaseModel, onChosen, onFiles }, which);
}

async function makeMapView({ repositories, edits }: Parts): Promise<RepositoryMapView> {
  const { RepositoryMapView } = await import("./repositoryMapView.ts");
  const tracker = await edits.get();
  return new RepositoryMapView(repositories, () => tracker.recent({ path: "" }));
}

async function makeSpendingView({ spending }: Parts): Promise<SpendingView> {
  const { SpendingView } = await import("./spendingView.ts");
  return new SpendingView(await spending.get());
}

async function menuState(parts: Parts) {
  const { activity, models, snooze, inHand, otherProviders, repositories, seen, spending } = parts;
  const { chosenModelName, sourceOfModel } = await import("./chosenModel.ts");
  const status = currentStatus(activity, models, snooze, inHand, parts.setUp);
  const { document } = inHand;
  const { lastDrop } = activity;
  const today = await todayOf(parts);
  const experiment = await experimentOf(parts);
  return {
    status,
    // The last drop has a row of its own.
    look: lookOf(status, undefined, repositories.readingNote),
    lastDrop: lastDrop && { reason: lastDrop, times: activity.drops.get(lastDrop) ?? 1 },
    canExplain: seen.shown.length > 0 || seen.accepted !== undefined,
    quiet: setting("suggestions.quiet", document),
    snoozed: snooze.at(document) !== undefined,
    // Where nothing is ever suggested, such as on a page of ours, nothing can be switched off.
    languageId: document && isCounted(document) ? document.languageId : undefined,
    languageOn: document !== undefined && languageEnabled(setting("languages", document), document.languageId),
    otherProviders: otherProviders.active(document?.languageId),
    modelName: chosenModelName(),
    health: models.health[0],
    source: sourceOfModel(),
    index: indexSentence(repositories.states[0], repositories.isStopped),
    today,
    experiment,
    counting: parts.counting.state,
    ledgerNotice: parts.ledger.made?.notice,
    spent: await (await spending.get()).today(),
  };
}

/** What is known to fit the caret need not be seen: an experiment may hold it back. */
function shownAt({ engine, inlineCompletions }: Parts, cursor: CursorSnapshot): Offered | undefined {
  const offered = engine.shownAt(cursor);
  return offered && !inlineCompletions.isHeldBack(offered.id) ? offered : undefined;
}

/** Where the next suggestion would come by itself. */
function nextCaret({ inHand, snooze }: Parts): CursorSnapshot | undefined {
  const { document, selection } = vscode.window.activeTextEditor ?? {};
  if (!document || !selection || !comesByItself(document, inHand, snooze)) return undefined;
  return cursorSnapshot(document, selection.active, undefined);
}

async function restartModel({ models, activity }: Parts): Promise<void> {
  if (!isEmbedded(setting("model.suggestions"))) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("No local model is in use: pairwise.model.suggestions names another one."),
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

async function copyDiagnostics(parts: Parts): Promise<void> {
  const { context, activity, models, setUp, snooze, inHand, otherProviders, repositories } = parts;
  const { diagnostics } = await import("./diagnostics.ts");
  const text = diagnostics({
    version: String(context.extension.packageJSON.version),
    status: currentStatus(activity, models, snooze, inHand, setUp).kind,
    engine: models.engineState.kind,
    health: models.health,
    otherProviders: otherProviders.active(),
    indexes: repositories.states,
    requests: activity.requests,
    failures: activity.failures,
    drops: activity.drops,
    today: await todayOf(parts),
    counting: parts.counting.state,
    experiment: await experimentOf(parts),
  });
  await vscode.env.clipboard.writeText(text);
  void vscode.window.showInformationMessage(vscode.l10n.t("Diagnostics copied to the clipboard."));
}
