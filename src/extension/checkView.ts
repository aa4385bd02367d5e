import * as vscode from "vscode";
import { MOST_REQUESTS } from "../model/doctor/checkup.ts";
import type { StepName, StepResult } from "../model/doctor/findings.ts";
import { ModelError } from "../model/model.ts";
import type { CheckContent, CheckedModelContent, FromCheckPage, ToCheckPage } from "./checkProtocol.ts";
import { parseFromCheckPage } from "./checkProtocol.ts";
import { mayStart } from "./checkStart.ts";
import { checkReport } from "./checkReport.ts";
import { type CheckNeeds, runCheck, subjects, type Subject } from "./checkRun.ts";
import { takeWay, wayWords } from "./checkWays.ts";
import { checkStrings, findingWords, sendsWords, stepStateWords, stepTitle, summaryWords } from "./checkWords.ts";
import { formsOf } from "./mendedKey.ts";
import { orTell } from "./orTell.ts";
import { pageOf } from "./webviewPage.ts";

export interface CheckedModelState {
  readonly subject: Subject;
  /** In the order of the steps. */
  readonly results: Map<StepName, StepResult>;
}

/** One run of the check. */
interface Run {
  readonly id: number;
  readonly models: readonly CheckedModelState[];
  readonly stopping: AbortController;
  state: CheckContent["state"];
}

/** The view "Check the model". Its page is made anew whenever it becomes visible; what it shows is kept here. */
export class CheckView implements vscode.Disposable {
  readonly #needs: CheckNeeds;
  readonly #onFault: (error: unknown) => void;
  readonly #onWorks: (reference: string) => void;
  #panel: vscode.WebviewPanel | undefined;
  #run: Run | undefined;
  #runs = 0;
  #posting = false;
  /** Hosts that the user has seen named, and has had asked, since the view was opened. */
  readonly #confirmed = new Set<string>();
  /** Keys, which no text may have in it, whatever a server says. */
  #secrets: readonly string[] = [];

  /** `onFault` hears of faults of the program; `onWorks` of a model, by its reference, that has filled holes. */
  constructor(needs: CheckNeeds, onFault: (error: unknown) => void, onWorks: (reference: string) => void) {
    this.#needs = needs;
    this.#onFault = onFault;
    this.#onWorks = onWorks;
  }

  /** Begins at once where nothing leaves this machine; elsewhere the page says what would be sent, and waits for a word. */
  show(): void {
    if (this.#panel) this.#panel.reveal();
    else this.#open();
    if (this.#run?.state === "running") return;
    this.#confirmed.clear();
    this.#prepare();
    void this.#startUnasked();
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #open(): void {
    const folder = vscode.Uri.joinPath(this.#needs.context.extensionUri, "dist");
    const panel = vscode.window.createWebviewPanel(
      "pairwise.check",
      vscode.l10n.t("Check the model"),
      vscode.ViewColumn.Active,
      { enableScripts: true, enableFindWidget: true, localResourceRoots: [folder] },
    );
    this.#panel = panel;
    panel.webview.onDidReceiveMessage((message: unknown) => {
      const parsed = parseFromCheckPage(message);
      if (parsed) void orTell(this.#hear(parsed));
    });
    panel.onDidDispose(() => {
      this.#run?.stopping.abort();
      this.#panel = undefined;
      this.#run = undefined;
      this.#secrets = [];
      this.#confirmed.clear();
    });
    panel.webview.html = pageOf(panel.webview, folder, "check");
  }

  #prepare(): void {
    this.#run?.stopping.abort();
    this.#runs += 1;
    const models = subjects().map((subject) => ({ subject, results: new Map<StepName, StepResult>() }));
    this.#run = { id: this.#runs, models, stopping: new AbortController(), state: "waiting" };
    this.#post();
  }

  /** Another model may be at a host that nobody has named yet: then the page says so, and waits. */
  async #startUnasked(): Promise<void> {
    if (this.#run && mayStart(hostsOf(this.#run), this.#confirmed)) await this.#start(this.#run);
  }

  async #startAsked(): Promise<void> {
    // What the page shows is what is confirmed; for another run the settings are read anew, and may name others.
    if (this.#run?.state !== "waiting") this.#prepare();
    else for (const host of hostsOf(this.#run)) this.#confirmed.add(host);
    await this.#startUnasked();
  }

  async #start(run: Run): Promise<void> {
    const { signal } = run.stopping;
    run.state = "running";
    this.#post();
    try {
      this.#secrets = await this.#keysOf(run.models);
      // One after the other: on one machine they would slow each other down.
      for (const { subject, results } of run.models) {
        const tell = (result: StepResult): void => {
          if (signal.aborted) return;
          results.set(result.step, result);
          this.#post();
        };
        await runCheck(subject, this.#needs, tell, signal);
        if (signal.aborted) break;
        if (results.get("holes")?.state === "good") this.#onWorks(subject.reference);
      }
      run.state = signal.aborted ? "stopped" : "done";
    } catch (error) {
      run.state = signal.aborted ? "stopped" : "done";
      if (!signal.aborted) this.#fail(run, error);
    }
    if (run.state === "stopped") stopSteps(run);
    this.#post();
  }

  #fail(run: Run, error: unknown): void {
    this.#onFault(error);
    stopSteps(run);
    void vscode.window.showWarningMessage(
      vscode.l10n.t("Pairwise made a mistake of its own. The log has the details."),
    );
  }

  async #keysOf(models: readonly CheckedModelState[]): Promise<readonly string[]> {
    const addresses = models.flatMap(({ subject: { chosen } }) =>
      chosen instanceof ModelError || chosen.kind !== "server" ? [] : chosen.baseUrl,
    );
    const keys = await Promise.all(addresses.map((address) => this.#needs.keys.get(address)));
    return keys.flatMap((key) => (key === undefined ? [] : formsOf(key)));
  }

  async #hear(message: FromCheckPage): Promise<void> {
    const run = this.#run;
    switch (message.type) {
      case "ready":
        this.#tell({ type: "strings", strings: checkStrings() });
        return this.#post();
      case "start":
        return run?.state === "running" ? undefined : this.#startAsked();
      case "stop":
        return run?.stopping.abort();
      case "copy":
        return this.#copy();
      case "way": {
        const model = message.id === run?.id ? run.models[message.model] : undefined;
        const way = model && rowsOf(model)[message.row]?.ways[message.way];
        if (!model || !way) return;
        const hasChanged = await takeWay(way, model.subject, this.#needs.keys);
        // Unless something else was begun meanwhile.
        if (hasChanged && this.#run === run && this.#panel) {
          this.#prepare();
          await this.#startUnasked();
        }
      }
    }
  }

  async #copy(): Promise<void> {
    if (!this.#run) return;
    const version = String(this.#needs.context.extension.packageJSON.version);
    const report = checkReport(version, this.#run.models, (text) => this.#clean(text));
    await vscode.env.clipboard.writeText(report);
    void vscode.window.showInformationMessage(vscode.l10n.t("Report copied to the clipboard."));
  }

  #clean(text: string): string {
    return this.#secrets.reduce((cleaned, secret) => cleaned.replaceAll(secret, "•••"), text);
  }

  /** Several steps may end in one moment. */
  #post(): void {
    if (this.#posting) return;
    this.#posting = true;
    queueMicrotask(() => {
      this.#posting = false;
      if (this.#run) this.#tell({ type: "content", content: this.#contentOf(this.#run) });
    });
  }

  #contentOf({ id, state, models }: Run): CheckContent {
    const hosts = hostsOf({ models });
    const results = models.flatMap(rowsOf);
    const titles = (wanted: StepResult["state"]) =>
      results.flatMap(({ step, state }) => (state === wanted ? stepTitle(step) : []));
    return {
      id,
      state,
      note: sendsWords(MOST_REQUESTS * (hosts.length || models.length), [...new Set(hosts)]),
      summary: state === "done" ? summaryWords(titles("bad"), titles("warning")) : "",
      models: models.map((model) => this.#modelOf(model)),
    };
  }

  #modelOf(model: CheckedModelState): CheckedModelContent {
    const { reference, isFallback } = model.subject;
    if (reference.trim() === "") return { title: vscode.l10n.t("No model"), rows: this.#rowsOf(model) };
    return {
      title: isFallback ? vscode.l10n.t("{0} (helps where the first one fails)", reference) : reference,
      rows: this.#rowsOf(model),
    };
  }

  #rowsOf(model: CheckedModelState): CheckedModelContent["rows"] {
    return rowsOf(model).map(({ step, state, finding, ways }) => ({
      state,
      stateWords: stepStateWords(state),
      title: stepTitle(step),
      words: finding === undefined ? "" : this.#clean(findingWords(finding)),
      ways: ways.map(wayWords),
    }));
  }

  #tell(message: ToCheckPage): void {
    // VS Code's own, which has no target.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    if (this.#panel?.visible) void this.#panel.webview.postMessage(message);
  }
}

function hostsOf({ models }: Pick<Run, "models">): readonly string[] {
  return models.flatMap(({ subject: { host } }) => host ?? []);
}

/** In the order of the steps, those that have begun. */
function rowsOf({ subject, results }: CheckedModelState): readonly StepResult[] {
  return subject.steps.flatMap((step) => results.get(step) ?? []);
}

function stopSteps({ models }: Run): void {
  for (const { results } of models)
    for (const [step, { state }] of results)
      if (state === "running") results.set(step, { step, state: "skipped", finding: { kind: "stopped" }, ways: [] });
}
