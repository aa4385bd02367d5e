import * as vscode from "vscode";
import type { CompletionEngine } from "../completion/engine.ts";
import { dropped, type Offered, type Outcome, type Trigger } from "../completion/suggestion.ts";
import { abortSignalOf } from "./cancellation.ts";
import { internalCommands } from "./contributions.ts";
import { type Decided, SHOWN } from "./drawnSuggestions.ts";
import { type Experiment, GivenSuggestions } from "./givenSuggestions.ts";
import type { Repeated } from "../productivity/editorEvents.ts";
import type { Asking, CompletionListener, Counted, Ignored, Moment, Showing } from "./inlineCompletionNeeds.ts";
import { isCounted, isLeftOut } from "./editorEventFeed.ts";
import { cursorSnapshot } from "./convert.ts";
import { fileOf } from "./notebookCells.ts";
import { languageEnabled, setting } from "./settings.ts";

/** Why a document gets no suggestions; `undefined` when it does. */
export type Refusal = "off" | "language-off" | "read-only";

export function refusalFor(document: vscode.TextDocument): Refusal | undefined {
  if (!setting("enable", document) || isLeftOut(document)) return "off";
  if (!languageEnabled(setting("languages", document), document.languageId)) return "language-off";
  if (vscode.workspace.fs.isWritableFileSystem(document.uri.scheme) === false) return "read-only";
  return undefined;
}

/** A request that may be repeated, as long as the caret is where it was. */
interface Waiting {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly position: vscode.Position;
  readonly trigger: Trigger;
}

interface Repetition {
  readonly trigger: Trigger;
  readonly had: Repeated;
}

/** The provider for all documents, registered as long as it is not disposed. */
export class InlineCompletions implements vscode.Disposable {
  readonly #engine: CompletionEngine;
  readonly #listener: CompletionListener;
  readonly #moment: Moment;
  readonly #asking: Asking;
  readonly #ignored: Ignored;
  readonly #showing: Showing;
  readonly #counted: Counted;
  readonly #experiment: Experiment;
  #registration: vscode.Disposable;
  #waiting: Waiting | undefined;
  /** The last one by hand, for which more suggestions may still come. */
  #byHand: Waiting | undefined;
  /** What was asked for by hand is shown, and is typed along with: it goes on also where nothing comes by itself. */
  #goesOn = false;
  /** What the next request repeats that VS Code calls one by hand. */
  #repeats: Repetition | undefined;
  #timesAsked = 0;
  readonly #given: GivenSuggestions;

  constructor(
    engine: CompletionEngine,
    listener: CompletionListener,
    moment: Moment,
    asking: Asking,
    ignored: Ignored,
    showing: Showing,
    counted: Counted,
    experiment: Experiment,
  ) {
    this.#engine = engine;
    this.#listener = listener;
    this.#moment = moment;
    this.#asking = asking;
    this.#ignored = ignored;
    this.#showing = showing;
    this.#counted = counted;
    this.#experiment = experiment;
    this.#given = new GivenSuggestions(experiment);
    this.#registration = this.#register();
  }

  /**
   * Has the editor ask at its caret, as by hand. VS Code does not ask a provider twice at one caret, also when the
   * first time failed; it asks a provider that it does not know yet.
   */
  async askAgain(): Promise<void> {
    this.#registration.dispose();
    this.#registration = this.#register();
    const before = this.#timesAsked;
    await vscode.commands.executeCommand("editor.action.inlineSuggest.trigger");
    if (this.#timesAsked === before) this.#asking.notAsked();
  }

  /** The model is loaded: repeats the request that waited for it, if the caret is still there and nothing else was asked. */
  async repeatWaiting(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting && isStillThere(waiting)) await this.#repeat(waiting, "unanswered");
  }

  /** All alternatives have arrived: gives them to choose from, if the caret is still where they were asked for. */
  async addAlternatives(): Promise<void> {
    const asked = this.#byHand;
    this.#byHand = undefined;
    if (asked && isStillThere(asked)) await this.#repeat(asked, "returned");
  }

  /** For what is shown and was hidden while the focus was elsewhere for a moment. */
  async showAgain(): Promise<void> {
    await this.#repeat({ trigger: "automatic" }, "returned");
  }

  async #repeat({ trigger }: Pick<Waiting, "trigger">, had: Repeated): Promise<void> {
    this.#repeats = { trigger, had };
    try {
      await this.askAgain();
    } finally {
      this.#repeats = undefined;
    }
  }

  /** Another model is in use now; what waited for the one before is no matter any more. */
  forgetWaiting(): void {
    this.#waiting = undefined;
  }

  /** It was there and is not shown, since an experiment wants to do without. */
  isHeldBack(id: string): boolean {
    return this.#given.isHeldBack(id);
  }

  dispose(): void {
    this.#registration.dispose();
  }

  #register(): vscode.Disposable {
    return vscode.languages.registerInlineCompletionItemProvider(
      { pattern: "**" },
      { provideInlineCompletionItems: (...request) => this.#provide(...request) },
    );
  }

  async #provide(
    document: vscode.TextDocument,
    position: vscode.Position,
    context: vscode.InlineCompletionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.InlineCompletionItem[] | undefined> {
    this.#waiting = undefined;
    this.#timesAsked += 1;
    this.#asking.asked(document);
    const byHand = context.triggerKind === vscode.InlineCompletionTriggerKind.Invoke;
    const repeated = byHand ? this.#repeats : undefined;
    const trigger = byHand ? (repeated?.trigger ?? "manual") : "automatic";
    this.#repeats = undefined;
    const refusal = refusalFor(document);
    // Asked for by hand, a suggestion comes in a language that is switched off, too.
    const isRefused = refusal !== undefined && !(trigger === "manual" && refusal === "language-off");
    const mayAsk =
      trigger === "manual" || (setting("suggestions.automatic", document) && !this.#moment.isSnoozed(document));
    const file = { uri: fileOf(document) };
    if (
      isRefused ||
      (!mayAsk && !this.#goesOn) ||
      (this.#ignored.isKnownIgnored(file) ?? (await this.#ignored.look(file)))
    ) {
      this.#counted.withheld(document, position);
      return undefined;
    }

    // While the model writes, the ledger says what this half-hour is.
    if (trigger === "automatic" && mayAsk) this.#experiment.holdsBack();
    const { version } = document;
    this.#byHand = trigger === "manual" ? { document, version, position, trigger } : undefined;
    const cursor = cursorSnapshot(document, position, context.selectedCompletionInfo);
    const cancellation = abortSignalOf(token);
    this.#listener.started();
    const goesOn = mayAsk ? undefined : this.#engine.goOn(cursor);
    if (goesOn && goesOn.kind !== "offered") this.#counted.withheld(document, position);
    const offset = document.offsetAt(position);
    const isAsked = !goesOn || goesOn.kind === "offered";
    const ask = isAsked ? this.#counted.asked(document, offset, trigger, repeated?.had) : undefined;
    let outcome: Outcome = { kind: "cancelled" };
    let decided: Decided = SHOWN;
    try {
      // What is shown already goes on being shown: that asks nobody.
      const composing = trigger === "automatic" && this.#moment.isComposing(document, position);
      if (goesOn) outcome = goesOn;
      else if (composing && !this.#engine.shownAt(cursor)) outcome = dropped("composing");
      else outcome = await this.#engine.complete(cursor, trigger, cancellation.signal);
      if (outcome.kind === "offered") {
        const mayDraw = isCounted(document) && !token.isCancellationRequested;
        decided = this.#given.decide({ ...comingOf(outcome, trigger), mayDraw });
      }
    } finally {
      cancellation.dispose();
      this.#listener.ended(outcome, decided.heldBack !== undefined);
      const isCancelled = token.isCancellationRequested;
      if (ask !== undefined) this.#counted.answered({ document, ask, offset, isCancelled, ...decided }, outcome);
    }
    const isHeldBack = decided.heldBack !== undefined;
    this.#goesOn = outcome.kind === "offered" && !isHeldBack && (trigger === "manual" || this.#goesOn);
    if (outcome.kind === "dropped" && outcome.reason === "model-not-ready") {
      this.#waiting = { document, version, position, trigger };
    }
    if (outcome.kind !== "offered" || isHeldBack || token.isCancellationRequested) return undefined;
    this.#given.returned(comingOf(outcome, trigger));
    this.#showing.show(document, position, cursor, outcome.suggestions);
    return outcome.suggestions.map((suggestion) => toItem(suggestion, document, position));
  }
}

const comingOf = ({ suggestions, origin }: Extract<Outcome, { readonly kind: "offered" }>, trigger: Trigger) => ({
  ids: suggestions.map(({ id }) => id),
  origin,
  isByHand: trigger === "manual",
});

function isStillThere({ document, version, position }: Waiting): boolean {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document !== document || document.version !== version) return false;
  return editor.selection.isEmpty && editor.selection.active.isEqual(position);
}

function toItem(suggestion: Offered, document: vscode.TextDocument, position: vscode.Position) {
  const offset = document.offsetAt(position);
  const range = new vscode.Range(
    document.positionAt(offset - suggestion.replaceBefore),
    document.positionAt(offset + suggestion.replaceAfter),
  );
  return new vscode.InlineCompletionItem(suggestion.insertText, range, {
    command: internalCommands.accepted,
    title: "",
    arguments: [suggestion.id],
  });
}
