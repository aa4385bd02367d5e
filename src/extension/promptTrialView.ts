import * as vscode from "vscode";
import type { Usage } from "../model/model.ts";
import { durationWords, tokenWords } from "./sentWords.ts";

export const TRIAL_SCHEME = "pairwise-prompt-trial";

/** What came of one request. */
export interface Trial {
  /** Which prompt it was. */
  readonly title: string;
  readonly answer: string;
  readonly usage: Usage;
  readonly totalMs: number;
}

/** The answers to two prompts, side by side, in two documents that are in no file. */
export class TrialView implements vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #registration: vscode.Disposable;
  #trials = 0;

  constructor() {
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(TRIAL_SCHEME, {
      // After a restart of the window there is a document and no answer any more.
      provideTextDocumentContent: (uri) =>
        this.#texts.get(uri.toString()) ?? vscode.l10n.t("The answer is no longer here. Try the prompt again."),
    });
  }

  /** `selected` is what stood where the answers would. */
  async show(before: Trial, after: Trial, selected: string): Promise<void> {
    this.#trials += 1;
    // Those that nobody has open any more.
    for (const uri of this.#texts.keys()) if (!isOpen(uri)) this.#texts.delete(uri);
    const [left, right] = [before, after].map((trial, side) => {
      const uri = vscode.Uri.from({ scheme: TRIAL_SCHEME, path: `/${trial.title}`, query: `${this.#trials} ${side}` });
      this.#texts.set(uri.toString(), textOf(trial, selected));
      return uri;
    });
    const title = `${before.title} ↔ ${after.title}`;
    const options = { preview: true, viewColumn: vscode.ViewColumn.Active };
    await vscode.commands.executeCommand("vscode.diff", left, right, title, options);
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

function isOpen(uri: string): boolean {
  return vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri);
}

function textOf({ title, answer, usage, totalMs }: Trial, selected: string): string {
  const { l10n } = vscode;
  const { promptTokens, outputTokens, firstTokenMs } = usage;
  const tokens = (count: number | undefined): string => (count === undefined ? l10n.t("not told") : tokenWords(count));
  const heading = (words: string): string => `───── ${words} ─────`;
  return [
    title,
    `${l10n.t("Prompt")}: ${tokens(promptTokens)}`,
    `${l10n.t("Answer")}: ${tokens(outputTokens)}`,
    ...(firstTokenMs === undefined ? [] : [`${l10n.t("First text after")}: ${durationWords(firstTokenMs)}`]),
    `${l10n.t("In all")}: ${durationWords(totalMs)}`,
    "",
    heading(l10n.t("The answer as it came")),
    answer,
    ...(selected === "" ? [] : ["", heading(l10n.t("What is selected")), selected]),
    "",
  ].join("\n");
}
