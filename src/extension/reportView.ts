import * as vscode from "vscode";
import { type Failure, isFailure } from "../productivity/ledger/failure.ts";
import { withProjectNames } from "../productivity/report/breakdown.ts";
import type { ReportModel } from "../productivity/report/model.ts";
import { reportWords } from "../productivity/report/words.ts";
import type { ReportText } from "../productivity/report/words/text.ts";
import { commands, views } from "./contributions.ts";
import type { CountingState } from "./countingState.ts";
import { timeOfDay } from "./ledgerFigures.ts";
import { orTell } from "./orTell.ts";
import { ReportAnswers } from "./reportAnswers.ts";
import { brokenNotice, isWithoutRecords, noticeOf, type ReportNotice } from "./reportNotice.ts";
import { type FromReportPage, parseFromReportPage, type ReportContent, type ToReportPage } from "./reportProtocol.ts";
import { saveReport } from "./reportSaving.ts";
import { affects } from "./settings.ts";
import { pageOf } from "./webviewPage.ts";

export interface ReportNeeds {
  readonly extensionUri: vscode.Uri;
  /** Reads the whole ledger, elsewhere. */
  readonly model: () => Promise<ReportModel | Failure>;
  /** Ends that reading. */
  readonly stop: () => void;
  /** Of the folders that are open, by what the ledger has in their place. */
  readonly projectNames: () => Promise<Readonly<Record<string, string>>>;
  readonly counting: () => CountingState;
  readonly nowMs: () => number;
  /** All that was counted was deleted. */
  readonly onDidDelete: vscode.Event<void>;
  /** What it says of the experiment is no longer so. */
  readonly onDidChangeExperiment: vscode.Event<void>;
}

/** The view of the report. Its page is made anew whenever it becomes visible; what it shows is kept here. */
export class ReportView implements vscode.Disposable {
  readonly #needs: ReportNeeds;
  readonly #listener: vscode.Disposable;
  #panel: vscode.WebviewPanel | undefined;
  /** Without names of folders: it is what is saved. */
  #model: ReportModel | undefined;
  /** With them. */
  #text: ReportText | undefined;
  #offer: ReportContent["offer"] = "none";
  #notice: ReportNotice | undefined;
  #readMs: number | undefined;
  #isReading = false;
  readonly #answers: ReportAnswers;
  /** What comes of an earlier reading than the last is not shown. */
  #readings = 0;
  #contents = 0;

  constructor(needs: ReportNeeds) {
    this.#needs = needs;
    this.#answers = new ReportAnswers(needs);
    const readAgain = (): void => {
      if (this.#panel) void orTell(this.#readAnew());
    };
    this.#listener = vscode.Disposable.from(
      needs.onDidDelete(() => {
        // What is gone does not stay on a page that is open.
        this.#model = undefined;
        this.#text = undefined;
        readAgain();
      }),
      needs.onDidChangeExperiment(readAgain),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (affects(event, "ledger.enabled") || affects(event, "report.workdayHours")) readAgain();
      }),
    );
  }

  async show(): Promise<void> {
    if (this.#panel) {
      this.#panel.reveal();
      void orTell(this.#read());
      return;
    }
    // One that was open when the window was left, and has not been in front since: VS Code gives it no panel before it is.
    const { window, ViewColumn } = vscode;
    const left = window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(views.report));
    const column = left[0]?.group.viewColumn ?? ViewColumn.Active;
    if (left.length > 0) await window.tabGroups.close(left);
    if (this.#panel) return this.show();
    this.restore(window.createWebviewPanel(views.report, titleWords(), column, { enableFindWidget: true }));
  }

  /** Also one that was open when the window was left. There is one at a time. */
  restore(panel: vscode.WebviewPanel): void {
    const folder = vscode.Uri.joinPath(this.#needs.extensionUri, "dist");
    panel.webview.options = { enableScripts: true, localResourceRoots: [folder] };
    // One that was closed meanwhile is refused by then, and takes nobody's place.
    this.#panel?.dispose();
    this.#panel = panel;
    panel.webview.onDidReceiveMessage((message: unknown) => {
      const parsed = parseFromReportPage(message);
      if (parsed) void orTell(this.#hear(parsed));
    });
    panel.onDidDispose(() => {
      if (this.#panel !== panel) return;
      this.#panel = undefined;
      this.#readings += 1;
    });
    panel.webview.html = pageOf(panel.webview, folder, "report");
  }

  dispose(): void {
    this.#listener.dispose();
    this.#panel?.dispose();
  }

  async #hear(message: FromReportPage): Promise<void> {
    const { executeCommand } = vscode.commands;
    switch (message.type) {
      case "ready":
        this.#tell({ type: "strings", strings: reportStrings() });
        return this.#read();
      case "refresh":
        return this.#read();
      case "stop":
        return this.#stop();
      case "save":
        // With no names of folders: it may be passed on.
        return this.#model && saveReport(textOf(this.#model), this.#needs.nowMs());
      case "export":
        return executeCommand(commands.exportReport);
      case "start":
        return executeCommand(commands.startExperiment);
      case "simulate":
        return executeCommand(commands.simulateExperiment);
      case "way": {
        if (message.id !== this.#contents || !this.#notice) return;
        const { command, argument } = this.#notice.action;
        return executeCommand(command, ...(argument === undefined ? [] : [argument]));
      }
    }
  }

  /** After what makes another report of it: one that is being made already does not do. */
  #readAnew(): Promise<void> {
    this.#answers.expire();
    return this.#read();
  }

  async #read(): Promise<void> {
    const reading = (this.#readings += 1);
    this.#isReading = true;
    this.#show();
    const answer = await this.#answers.next();
    if (reading !== this.#readings) return;
    this.#isReading = false;
    this.#readMs = this.#needs.nowMs();
    this.#notice = "broken" in answer ? brokenNotice(answer.broken) : noticeOf(answer.model, this.#needs.counting());
    const model = "broken" in answer || isFailure(answer.model) ? undefined : answer.model;
    this.#model = model;
    this.#text = model && "names" in answer ? textOf(withNames(model, answer.names)) : undefined;
    this.#offer = model ? offerOf(model) : "none";
    this.#show();
  }

  /** Nobody waits for it any more; what was there before stays. */
  #stop(): void {
    this.#readings += 1;
    // What comes of one that was stopped is for nobody.
    this.#answers.expire();
    this.#needs.stop();
    this.#isReading = false;
    this.#show();
  }

  #show(): void {
    this.#contents += 1;
    const notice = this.#notice && {
      words: this.#notice.words,
      way: this.#notice.action.title,
      isTrouble: this.#notice.isTrouble,
    };
    this.#tell({
      type: "content",
      content: {
        id: this.#contents,
        isReading: this.#isReading,
        readWords: this.#readMs === undefined ? "" : vscode.l10n.t("As it is at {0}", timeOfDay(this.#readMs)),
        notice,
        text: this.#text,
        offer: this.#offer,
      },
    });
  }

  #tell(message: ToReportPage): void {
    // VS Code's own, which has no target.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    if (this.#panel?.visible) void this.#panel.webview.postMessage(message);
  }
}

const withNames = (model: ReportModel, names: Readonly<Record<string, string>>): ReportModel => ({
  ...model,
  breakdown: withProjectNames(model.breakdown, names),
});

/** Before there is anything, only what does not need it is worth reading. */
function textOf(model: ReportModel): ReportText {
  const { t } = vscode.l10n;
  const text = reportWords(model, {
    t: (sentence, ...values) => t(sentence, ...values),
    language: vscode.env.language,
  });
  if (!isWithoutRecords(model)) return text;
  return { ...text, sections: text.sections.filter(({ id }) => WITHOUT_RECORDS.has(id)) };
}

function offerOf(model: ReportModel): ReportContent["offer"] {
  const { verdict } = model;
  // Where nothing was counted, what comes first is to count something.
  if (verdict.kind === "no-experiment") return isWithoutRecords(model) ? "beside" : "main";
  const goesOn = "status" in verdict && (verdict.status === "running" || verdict.status === "paused");
  return goesOn ? "none" : "beside";
}

const titleWords = (): string => vscode.l10n.t("Productivity report");

function reportStrings() {
  const { l10n } = vscode;
  return {
    title: titleWords(),
    toolbar: l10n.t("What can be done with the report"),
    reading: l10n.t("Reading the ledger…"),
    stop: l10n.t("Stop"),
    refresh: l10n.t("Refresh"),
    save: l10n.t("Save as HTML…"),
    export: l10n.t("Export…"),
    start: l10n.t("Start an experiment…"),
    simulate: l10n.t("What an experiment can show"),
    notice: l10n.t("Before you read it"),
    chartHint: l10n.t("Point at the chart, or use the arrow keys in it, for the figures of each place."),
  };
}

const WITHOUT_RECORDS: ReadonlySet<string> = new Set(["waiting", "ladder", "studies"]);
