/** What becomes of suggestions, as the events that are counted. Does nothing while nobody counts. */

import type * as vscode from "vscode";
import type { Offered, Outcome, Trigger } from "../completion/suggestion.ts";
import type { Answer, EditorEvent, Repeated } from "../productivity/editorEvents.ts";
import { countedModel } from "./countedModel.ts";
import { isCounted, uriOf } from "./editorEventFeed.ts";
import type { Answered } from "./inlineCompletionNeeds.ts";
import type { Part } from "./partialAccept.ts";

/** An event without the time, which is that of its telling. */
export type UntimedEvent = Untimed<EditorEvent>;
type Untimed<Event> = Event extends unknown ? Omit<Event, "atMs"> : never;

export interface SuggestionEventNeeds {
  readonly tell: (event: UntimedEvent) => void;
  /** Another extension may suggest in that language, and it may be its suggestion that is seen. */
  readonly mayOthers: (languageId: string) => boolean;
  /** Which model a suggestion came from, as the settings name it. */
  readonly modelOf: (id: string) => string;
  readonly isCounted?: (document: vscode.TextDocument) => boolean;
}

export class SuggestionEvents {
  readonly #needs: SuggestionEventNeeds;
  readonly #isCounted: (document: vscode.TextDocument) => boolean;
  readonly #tell: (event: UntimedEvent) => void;
  #asks = 0;

  constructor(needs: SuggestionEventNeeds) {
    this.#needs = needs;
    this.#isCounted = needs.isCounted ?? isCounted;
    this.#tell = needs.tell;
  }

  /** The editor asks and will be answered: once, by `answered` with what this returns. */
  asked(document: vscode.TextDocument, offset: number, trigger: Trigger, repeats?: Repeated): number {
    this.#asks += 1;
    if (!this.#isCounted(document)) return this.#asks;
    this.#tell({
      kind: "asked",
      ask: this.#asks,
      uri: uriOf(document),
      languageId: document.languageId,
      version: document.version,
      offset,
      trigger,
      ...(repeats && { repeats }),
      others: this.#needs.mayOthers(document.languageId),
    });
    return this.#asks;
  }

  answered(answered: Answered, outcome: Outcome): void {
    const { document, ask } = answered;
    if (!this.#isCounted(document)) return;
    this.#tell({ kind: "answered", uri: uriOf(document), ask, answer: this.#answerOf(outcome, answered) });
  }

  /** The editor asks and gets nothing, whatever the model would say. */
  withheld(document: vscode.TextDocument, position: vscode.Position): void {
    if (!this.#isCounted(document)) return;
    const { version } = document;
    this.#tell({ kind: "withheld", uri: uriOf(document), version, offset: document.offsetAt(position) });
  }

  /** A part of what is shown is about to be inserted at the caret. */
  taking(
    document: vscode.TextDocument,
    caret: vscode.Position,
    part: Part,
    text: string,
    { id, insertText }: Offered,
  ): void {
    if (!this.#isCounted(document)) return;
    const offset = document.offsetAt(caret);
    this.#tell({ kind: "taking", uri: uriOf(document), id, part, offset, text, isRest: text === insertText });
  }

  notTaken(document: vscode.TextDocument, id: string): void {
    if (this.#isCounted(document)) this.#tell({ kind: "not-taken", uri: uriOf(document), id });
  }

  /** The command of a suggestion ran. */
  accepted(id: unknown): void {
    if (typeof id === "string") this.#tell({ kind: "accepted", id });
  }

  dismissed(id: string): void {
    this.#tell({ kind: "dismissed", id });
  }

  #answerOf(outcome: Outcome, { offset, isCancelled, heldBack, draw }: Answered): Answer {
    if (isCancelled) return { kind: "nothing", why: "cancelled", reason: "editor" };
    switch (outcome.kind) {
      case "offered":
        return {
          kind: heldBack === undefined ? "returned" : heldBack === "singly" ? "held-back-singly" : "held-back",
          ...(draw && { draw }),
          origin: outcome.origin,
          model: countedModel(this.#needs.modelOf(outcome.suggestions[0]?.id ?? "")),
          suggestions: outcome.suggestions.map(({ id, insertText, replaceBefore, replaceAfter }) => ({
            id,
            insertText,
            from: offset - replaceBefore,
            to: offset + replaceAfter,
          })),
        };
      case "dropped":
        return { kind: "nothing", why: "dropped", reason: outcome.reason };
      case "failed":
        return { kind: "nothing", why: "failed", reason: outcome.failure.kind };
      case "cancelled":
      case "broken":
        return { kind: "nothing", why: outcome.kind, reason: "" };
    }
  }
}
