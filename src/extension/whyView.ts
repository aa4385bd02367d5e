import * as vscode from "vscode";
import type { PromptPart } from "../completion/promptParts.ts";
import { leaveOneOut, type LeftOut } from "../context/leaveOneOut.ts";
import { ModelError } from "../model/model.ts";
import type { RequestLog } from "../model/requestLog.ts";
import { describeFailure } from "./notices.ts";
import { openAt, openPlace } from "./openPlace.ts";
import { orTell } from "./orTell.ts";
import type { Lazy } from "./lazy.ts";
import type { OpenGate } from "./secretGate.ts";
import type { SentView } from "./sentView.ts";
import { contentOf, type Explained, ownLines, progressOf, type Scorer, scorerOf } from "./whyContent.ts";
import { type FromWhyPage, parseFromWhyPage, type ToWhyPage, type WhyProgress } from "./whyProtocol.ts";
import { doneWords, modelChangedWords, stoppedWords, whyStrings } from "./whyWords.ts";
import { pageOf } from "./webviewPage.ts";

/** One suggestion in the view. */
interface Subject {
  readonly id: number;
  readonly explained: Explained;
  readonly scorer: Scorer;
  known: LeftOut<PromptPart> | undefined;
  progress: WhyProgress;
}

/** The view "Why this suggestion?". Its page is made anew whenever it becomes visible; what it shows is kept here. */
export class WhyView implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #log: RequestLog;
  readonly #sentView: Lazy<SentView>;
  readonly #gate: OpenGate;
  readonly #onFault: (error: unknown) => void;
  #panel: vscode.WebviewPanel | undefined;
  #subject: Subject | undefined;
  #scoring: AbortController | undefined;
  #subjects = 0;

  /** `onFault` hears of faults of the program. */
  constructor(
    extensionUri: vscode.Uri,
    log: RequestLog,
    sentView: Lazy<SentView>,
    gate: OpenGate,
    onFault: (error: unknown) => void,
  ) {
    this.#gate = gate;
    this.#extensionUri = extensionUri;
    this.#log = log;
    this.#sentView = sentView;
    this.#onFault = onFault;
  }

  /** Beside the editor. The first time the caret stays there, and with it the grey text; again, the view gets the focus. */
  show(explained: Explained): void {
    const isAgain = this.#subject?.explained.offered.id === explained.offered.id && this.#panel !== undefined;
    if (!isAgain || this.#subject?.explained.wasAccepted !== explained.wasAccepted) this.#explain(explained);
    if (this.#panel) this.#panel.reveal(undefined, !isAgain);
    else this.#open();
  }

  /** The one that made the suggestion is not asked any more; what it has told stays. */
  modelChanged(): void {
    const subject = this.#subject;
    this.#stop();
    if (subject === undefined || !isUnfinished(subject.progress)) return;
    subject.progress = { ...subject.progress, state: "done", words: modelChangedWords() };
    this.#post({ type: "progress", progress: subject.progress });
  }

  /** What it shows is to be kept nowhere any more. */
  close(): void {
    this.#panel?.dispose();
  }

  dispose(): void {
    this.close();
  }

  #stop(): void {
    this.#scoring?.abort();
  }

  #open(): void {
    const folder = vscode.Uri.joinPath(this.#extensionUri, "dist");
    const panel = vscode.window.createWebviewPanel(
      "pairwise.why",
      vscode.l10n.t("Why this suggestion?"),
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, enableFindWidget: true, localResourceRoots: [folder] },
    );
    this.#panel = panel;
    panel.webview.onDidReceiveMessage((message: unknown) => {
      const parsed = parseFromWhyPage(message);
      if (parsed) void orTell(this.#hear(parsed));
    });
    panel.onDidDispose(() => {
      this.#stop();
      this.#panel = undefined;
      this.#subject = undefined;
    });
    panel.webview.html = pageOf(panel.webview, folder, "why");
  }

  #explain(explained: Explained): void {
    this.#stop();
    this.#subjects += 1;
    const [id, scorer] = [this.#subjects, scorerOf(explained)];
    const unscored = { id, state: "unscored", words: "", sureness: "", effects: [] } as const;
    this.#subject = { id, explained, scorer, known: undefined, progress: unscored };
    void this.#score(this.#subject);
    void this.#tellContent(this.#subject).catch(this.#onFault);
  }

  async #score(subject: Subject): Promise<void> {
    const { id, scorer, explained } = subject;
    if (scorer.kind !== "scorer") return;
    const { parts } = explained.parts;
    const tell = (progress: Partial<WhyProgress>): void => {
      subject.progress = { ...progressOf(id, parts, subject.known), ...progress };
      if (subject === this.#subject) this.#post({ type: "progress", progress: subject.progress });
    };
    const scoring = new AbortController();
    this.#scoring = scoring;
    subject.known = undefined;
    tell({});
    try {
      const question = { parts, promptWithout: (part: PromptPart | undefined) => part, score: scorer.score };
      await leaveOneOut(question, scoring.signal, (known) => {
        subject.known = known;
        tell({});
      });
      tell({ state: "done", words: doneWords(subject.progress.effects) });
    } catch (error) {
      if (scoring.signal.aborted) {
        // It ended before the model was told.
        if (!isUnfinished(subject.progress)) return;
        const { done, total } = subject.known ?? { done: 0, total: parts.length + 1 };
        return tell({ state: "stopped", words: stoppedWords({ done, total }) });
      }
      if (!(error instanceof ModelError)) this.#onFault(error);
      const words =
        error instanceof ModelError
          ? describeFailure(error.failure).text
          : vscode.l10n.t("Pairwise made a mistake of its own. The log has the details.");
      tell({ state: "failed", words });
    }
  }

  async #hear(message: FromWhyPage): Promise<void> {
    const subject = this.#subject;
    if (message.type === "ready") {
      this.#post({ type: "strings", strings: whyStrings() });
      if (subject) void this.#tellContent(subject).catch(this.#onFault);
      return;
    }
    // Of a page that has not heard of the newest suggestion yet.
    if (subject === undefined || message.id !== subject.id) return;
    const { uri, line } = subject.explained;
    switch (message.type) {
      case "cancel":
        return this.#stop();
      case "again":
        if (!isUnfinished(subject.progress)) return;
        this.#stop();
        return this.#score(subject);
      case "showSent":
        return (await this.#sentView.get()).show(this.#recordOf(subject), this.#panel?.viewColumn);
      case "openSuggestion":
        return openAt(uri, line);
      case "open":
        return this.#openPart(subject, message.part, message.member);
    }
  }

  async #openPart({ explained }: Subject, index: number, member: number): Promise<void> {
    const part = explained.parts.parts[index];
    if (part === undefined) return;
    if (!("pieces" in part)) return openAt(explained.uri, ownLines(part, explained).first);
    const { path, line = 0, folder } = part.pieces[member] ?? {};
    if (path !== undefined) await openPlace(path, line, folder);
  }

  #recordOf({ explained: { offered } }: Subject): number | undefined {
    return this.#log.requests.findLast(({ suggestion }) => suggestion === offered.id)?.id;
  }

  async #tellContent(subject: Subject): Promise<void> {
    const gate = await this.#gate();
    if (subject !== this.#subject) return;
    const { id, explained, scorer } = subject;
    const hasRecord = this.#recordOf(subject) !== undefined;
    // As the model saw it.
    const asSent = (text: string): string => gate.redact([text]).texts[0] ?? "";
    this.#post({ type: "content", content: contentOf(id, explained, scorer, hasRecord, asSent) });
    this.#post({ type: "progress", progress: subject.progress });
  }

  #post(message: ToWhyPage): void {
    // VS Code's own, which has no target.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    if (this.#panel?.visible) void this.#panel.webview.postMessage(message);
  }
}

function isUnfinished({ state }: WhyProgress): boolean {
  return state !== "done" && state !== "unscored";
}
