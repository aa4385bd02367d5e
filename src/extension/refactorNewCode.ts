/** Asks for code that stands in a place of its own, and looks at what has come before it goes anywhere. */

import * as vscode from "vscode";
import { lastLineOf, pathOf } from "./convert.ts";
import { unlinked } from "../text/unlinked.ts";
import { answerLanguage, instructionOf, type Action } from "../edit/catalogue.ts";
import { blockOfReply, type Reply } from "../edit/reply.ts";
import { newCodePrompt, type NewCodeQuestion, type ShownCode } from "../refactor/newCodePrompt.ts";
import type { EditThread } from "./editThread.ts";
import { refusalSentence, verdictLine } from "./editWords.ts";
import { fileOf } from "./notebookCells.ts";
import { type RefactorModel, withProgress } from "./refactorModel.ts";

export interface NewCode {
  readonly text: string;
  /** The guard's line. */
  readonly verdict: string;
}

export interface NewCodeWanted {
  /** Such as "Write tests: cart.ts". */
  readonly title: string;
  readonly question: NewCodeQuestion;
  readonly askedFor: "tests" | "translation";
  readonly languageId: string;
  /** Where it is to stand, for people and for the guard. */
  readonly path: string;
}

export class NewCodeWriter {
  readonly #model: RefactorModel;
  readonly #thread: EditThread;

  constructor(model: RefactorModel, thread: EditThread) {
    this.#model = model;
    this.#thread = thread;
  }

  /** `undefined` where there is none; why has been told. */
  async write(wanted: NewCodeWanted): Promise<NewCode | undefined> {
    const outcome = await withProgress(wanted.title, (signal) => this.#write(wanted, signal));
    if (typeof outcome !== "string") return outcome;
    void vscode.window.showWarningMessage(unlinked(outcome));
    return undefined;
  }

  /** A sentence where there is none. */
  async #write(
    { question, askedFor, languageId, path }: NewCodeWanted,
    signal: AbortSignal,
  ): Promise<NewCode | string> {
    const { l10n } = vscode;
    const { contextTokens, answerTokens, count, name } = this.#model.facts();
    const room = contextTokens - Math.min(answerTokens, Math.floor(contextTokens / 2));
    const prompt = newCodePrompt(question, room, count);
    if (!prompt) return l10n.t("This code is too long for {0}. Select a part of it.", name);
    const { text, isCut } = await this.#model.ask({ ...prompt, askedFor }, signal);
    const reply = blockOfReply(text, { languageId, isCut });
    if (reply.kind !== "block") return replySentence(reply);
    const outcome = await this.#thread.apply({ text: "", languageId, path }, reply.block);
    signal.throwIfAborted();
    if (outcome.kind === "refused") return refusalSentence(outcome.refusal, path);
    return { text: outcome.applied.text, verdict: verdictLine(outcome) };
  }
}

/** What is asked, in the editor's language. */
export function instructionFor(action: Action, wish: string): string {
  return instructionOf(action, wish, answerLanguage("", vscode.env.language));
}

/** The code that is selected, or all; and its file where that is more. */
export function shownCode(
  document: vscode.TextDocument,
  range: vscode.Range,
): { readonly code: ShownCode; readonly file: ShownCode | undefined } {
  const { languageId } = document;
  const path = pathOf(fileOf(document));
  const file = { path, languageId, text: document.getText(), line: 0 };
  if (range.isEmpty) return { code: file, file: undefined };
  const lines = new vscode.Range(range.start.line, 0, lastLineOf(range) + 1, 0);
  return { code: { path, languageId, text: document.getText(lines), line: range.start.line }, file };
}

function replySentence(reply: Exclude<Reply, { readonly kind: "block" }>): string {
  const { l10n } = vscode;
  switch (reply.kind) {
    case "none":
      return l10n.t("The model has answered without code.");
    case "several":
      return l10n.t("The model has answered with several pieces of code, and which is meant can't be told.");
    case "cut":
      return l10n.t("The model's answer ends in the middle of its code.");
    case "wrong-language":
      return l10n.t("The model has answered in {0}, which was not asked for.", reply.language);
  }
}
