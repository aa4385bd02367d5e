import * as vscode from "vscode";
import type { sourceOfModel } from "./chosenModel.ts";
import { commands, walkthrough } from "./contributions.ts";
import type { CountingState } from "./countingState.ts";
import { experimentSentence, noticeWords, todayCounted, todaySurviving, troubleWords } from "./countingWords.ts";
import { progressWords } from "./experimentWords.ts";
import { describeFailure, openSettings, type Action } from "./notices.ts";
import type { DropReason } from "../completion/suggestion.ts";
import type { OtherProvider } from "./otherProviderRules.ts";
import type { Status } from "./status.ts";
import type { HealthFigures } from "../model/health.ts";
import { dropWords, type StatusLook } from "./statusWords.ts";
import type { Sum } from "./spendingSums.ts";
import { todayWords } from "./spendingWords.ts";
import type { LedgerNotice } from "../productivity/ledger/messages.ts";
import type { ExperimentState } from "../productivity/experiment/state.ts";
import type { Today } from "../productivity/ledger/today.ts";

interface MenuItem extends vscode.QuickPickItem {
  /** Absent in rows that only tell something. */
  readonly run?: Omit<Action, "title">;
}

export interface MenuState {
  readonly status: Status;
  readonly look: StatusLook;
  readonly languageId: string | undefined;
  readonly languageOn: boolean;
  /** A suggestion is shown, or was accepted. */
  readonly canExplain: boolean;
  readonly quiet: boolean;
  readonly snoozed: boolean;
  /** Since the last offer; `times` counts all of its reason in this window. */
  readonly lastDrop: { readonly reason: DropReason; readonly times: number } | undefined;
  /** Who else may suggest in this language. */
  readonly otherProviders: readonly OtherProvider[];
  readonly modelName: string;
  /** `undefined` where no model was wanted yet. */
  readonly health: HealthFigures | undefined;
  readonly source: ReturnType<typeof sourceOfModel>;
  /** A sentence on the index. */
  readonly index: string;
  readonly counting: CountingState;
  /** What has become of the ledger's file in this window. */
  readonly ledgerNotice: LedgerNotice | undefined;
  /** `undefined` where it is not known, or nothing is counted. */
  readonly today: Today | undefined;
  /** The last one; undefined where there was none, or it can't be said. */
  readonly experiment: ExperimentState | undefined;
  readonly spent: Sum;
}

/** Nothing before the first request. */
function healthWords(health: HealthFigures | undefined): readonly string[] {
  if (!health || health.requests === 0) return [];
  const { requests, failed, firstTextMs } = health;
  const number = (value: number) => Math.round(value).toLocaleString(vscode.env.language);
  return [
    ...(firstTextMs ? [vscode.l10n.t("first text after {0} ms", number(firstTextMs.p50))] : []),
    ...(failed > 0 ? [vscode.l10n.t("{0} of the last {1} requests failed", number(failed), number(requests))] : []),
  ];
}

/** State first, then what is likely to be wanted, then today's figures, all in view at once; then what else can be done. */
function menuItems(state: MenuState): MenuItem[] {
  const { l10n } = vscode;
  const { status } = state;
  const items: MenuItem[] = [
    {
      label: `$(${state.look.icon.replace("~spin", "")}) ${state.look.sentence}`,
      detail: [l10n.t("Model: {0}", state.modelName), ...healthWords(state.health)].join(" · "),
    },
    ...(state.lastDrop ? [{ label: `$(discard) ${lastDropSentence(state.lastDrop)}` }] : []),
    ...ledgerRows(state),
    ...experimentRows(state),
    separator(l10n.t("Actions")),
  ];
  if (status.kind === "failed") {
    const { action } = describeFailure(status.failure);
    if (action) items.push(itemOf("lightbulb", action));
    items.push(checkModel());
  }
  if (status.kind === "broken") items.push(item("output", l10n.t("Show log"), commands.showLog));
  if (status.kind === "editor-off") items.push(itemOf("settings-gear", openSettings("editor.inlineSuggest.enabled")));
  if (state.snoozed) items.push(item("bell", l10n.t("Wake up"), commands.wake));
  if (status.kind !== "off") items.push(item("sparkle", l10n.t("Suggest now"), commands.suggest));
  if (state.canExplain) items.push(item("question", l10n.t("Why this suggestion?"), commands.whySuggestion));
  if (!state.snoozed) items.push(item("bell-slash", l10n.t("Snooze suggestions"), commands.snooze));
  items.push(
    ...experimentActions(state),
    status.kind === "off"
      ? item("play", l10n.t("Turn suggestions on"), commands.toggle)
      : item("circle-slash", l10n.t("Turn suggestions off"), commands.toggle),
    item("chip", l10n.t("Choose a model"), commands.chooseModel),
    ...todayRows(state),
    ...moreActions(state),
  );
  return items;
}

function todayRows(state: MenuState): MenuItem[] {
  const { l10n } = vscode;
  return [
    separator(l10n.t("Today")),
    state.counting.kind === "off"
      ? {
          ...itemOf("graph", openSettings("pairwise.ledger")),
          label: `$(graph) ${l10n.t("Suggestions are not counted")}`,
        }
      : { ...item("graph", todayCounted(state.today), commands.showLedger), detail: todaySurviving(state.today) },
    item("graph-line", l10n.t("Show the productivity report"), commands.showReport),
    ...experimentOffer(state),
    item("credit-card", todayWords(state.spent), commands.showSpending),
  ];
}

/** Wanted seldom: they stand below what is in view without scrolling. */
function moreActions(state: MenuState): MenuItem[] {
  const { l10n } = vscode;
  const { languageId } = state;
  const language =
    languageId === undefined
      ? []
      : [
          state.languageOn
            ? item("circle-slash", l10n.t("Turn suggestions off for {0}", languageId), commands.toggleLanguage)
            : item("play", l10n.t("Turn suggestions on for {0}", languageId), commands.toggleLanguage),
        ];
  return [
    separator(l10n.t("More")),
    state.quiet
      ? item("unmute", l10n.t("Turn quiet mode off"), commands.toggleQuiet)
      : item("mute", l10n.t("Turn quiet mode on"), commands.toggleQuiet),
    ...language,
    ...(state.source === "server" ? [item("key", l10n.t("Enter API key"), commands.enterKey)] : []),
    ...(state.source === "embedded"
      ? [item("debug-restart", l10n.t("Restart the local model"), commands.restartModel)]
      : []),
    ...(state.status.kind === "failed" ? [] : [checkModel()]),
    ...state.otherProviders.map(otherProvider),
    itemOf("settings-gear", openSettings("@ext:pairwise.pairwise")),
    { ...item("database", l10n.t("Look into the index"), commands.showIndex), detail: state.index },
    item("eye", l10n.t("Show what was sent"), commands.showSent),
    item("output", l10n.t("Show log"), commands.showLog),
    item("copy", l10n.t("Copy diagnostics"), commands.copyDiagnostics),
    itemOf("book", {
      title: l10n.t("First steps"),
      command: "workbench.action.openWalkthrough",
      argument: walkthrough,
    }),
  ];
}

/** Where something keeps suggestions from being counted, or did. */
function ledgerRows({ counting, ledgerNotice }: MenuState): MenuItem[] {
  const trouble = troubleWords(counting);
  if (trouble) {
    const { reason, action } = trouble;
    const label = `$(warning) ${vscode.l10n.t("Suggestions are not counted")}`;
    return [{ ...itemOf("warning", action), label, description: action.title, detail: reason }];
  }
  if (!ledgerNotice) return [];
  const { what, more } = noticeWords(ledgerNotice);
  return [{ ...item("info", what, commands.showLedger), detail: more }];
}

/** Never whether suggestions are held back now. */
function experimentRows({ experiment, counting }: MenuState): MenuItem[] {
  if (experiment?.status !== "running" && experiment?.status !== "paused") return [];
  const label = `$(beaker) ${experimentSentence(experiment.status)}`;
  return [{ label, detail: progressWords(experiment, counting.kind) }];
}

function experimentActions({ experiment }: MenuState): MenuItem[] {
  const { l10n } = vscode;
  const stop = item("debug-stop", l10n.t("Stop the experiment"), commands.stopExperiment);
  if (experiment?.status === "running") {
    return [item("debug-pause", l10n.t("Pause the experiment"), commands.pauseExperiment), stop];
  }
  if (experiment?.status !== "paused") return [];
  return [item("debug-continue", l10n.t("Resume the experiment"), commands.resumeExperiment), stop];
}

/** Beside figures that don't say what many take them to say. */
function experimentOffer({ experiment, counting }: MenuState): MenuItem[] {
  if (experiment?.status === "running" || experiment?.status === "paused" || counting.kind !== "counting") return [];
  const { l10n } = vscode;
  const detail = l10n.t("How much is accepted does not say whether you are faster. An experiment can.");
  return [{ ...item("beaker", l10n.t("Start an experiment…"), commands.startExperiment), detail }];
}

/** The first row that does something is chosen from the start; a row that only tells something stays when it is picked. */
export function showMenu(state: MenuState): void {
  const menu = vscode.window.createQuickPick<MenuItem>();
  menu.title = "Pairwise";
  menu.items = menuItems(state);
  menu.activeItems = menu.items.filter(({ run }) => run !== undefined).slice(0, 1);
  menu.onDidAccept(() => {
    const run = menu.activeItems[0]?.run;
    if (!run) return;
    menu.hide();
    void runFromEditor(run);
  });
  menu.onDidHide(() => menu.dispose());
  menu.show();
}

/** The status item that was clicked has the focus now, and would take the next space for a click. */
async function runFromEditor({ command, argument }: Omit<Action, "title">): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup");
  await vscode.commands.executeCommand(command, ...(argument === undefined ? [] : [argument]));
}

function lastDropSentence({ reason, times }: NonNullable<MenuState["lastDrop"]>): string {
  const { l10n } = vscode;
  return times === 1
    ? l10n.t("Last suggestion dropped: {0}", dropWords(reason))
    : l10n.t("Last suggestion dropped: {0} ({1} times in this window)", dropWords(reason), times);
}

/** Leads to its settings, where it has some. */
function otherProvider({ name, settingsQuery }: OtherProvider): MenuItem {
  const label = `$(extensions) ${vscode.l10n.t("{0} may suggest here, too", name)}`;
  if (settingsQuery === undefined) return { label };
  const { title, ...run } = openSettings(settingsQuery);
  return { label, detail: title, run };
}

function checkModel(): MenuItem {
  return item("pulse", vscode.l10n.t("Check the model"), commands.checkModel);
}

function itemOf(icon: string, { title, ...run }: Action): MenuItem {
  return { label: `$(${icon}) ${title}`, run };
}

function item(icon: string, label: string, command: string): MenuItem {
  return { label: `$(${icon}) ${label}`, run: { command } };
}

function separator(label: string): MenuItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
