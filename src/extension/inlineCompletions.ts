import * as vscode from "vscode";
import type { CompletionEngine } from "../completion/engine.ts";
import type { Offered, Outcome } from "../completion/suggestion.ts";
import { abortSignalOf } from "./cancellation.ts";
import { internalCommands } from "./contributions.ts";
import { cursorSnapshot } from "./convert.ts";
import { languageEnabled, setting } from "./settings.ts";

/** What becomes of requests, for those who count and show it. */
export interface CompletionListener {
  started(): void;
  /** Called once for each `started`. */
  ended(outcome: Outcome): void;
}

/** Why a document gets no suggestions; `undefined` when it does. */
export type Refusal = "off" | "language-off" | "read-only";

export function refusalFor(document: vscode.TextDocument): Refusal | undefined {
  if (!setting("enable", document)) return "off";
  if (!languageEnabled(setting("languages", document), document.languageId)) return "language-off";
  if (vscode.workspace.fs.isWritableFileSystem(document.uri.scheme) === false) return "read-only";
  return undefined;
}

/** The provider for all documents, registered as long as it is not disposed. */
export class InlineCompletions implements vscode.Disposable {
  readonly #engine: CompletionEngine;
  readonly #listener: CompletionListener;
  #registration: vscode.Disposable;

  constructor(engine: CompletionEngine, listener: CompletionListener) {
    this.#engine = engine;
    this.#listener = listener;
    this.#registration = this.#register();
  }

  /**
   * Has the editor ask at its caret, as by hand. VS Code does not ask a provider twice at one caret, also when the
   * first time failed; it asks a provider that it does not know yet.
   */
  async askAgain(): Promise<void> {
    this.#registration.dispose();
    this.#registration = this.#register();
    await vscode.commands.executeCommand("editor.action.inlineSuggest.trigger");
  }

  dispose(): void {
    this.#registration.dispose();
  }

  #register(): vscode.Disposable {
    return vscode.languages.registerInlineCompletionItemProvider(
      { pattern: "**" },
      {
        provideInlineCompletionItems: (document, position, context, token) =>
          provide(this.#engine, this.#listener, document, position, context, token),
      },
    );
  }
}

async function provide(
  engine: CompletionEngine,
  listener: CompletionListener,
  document: vscode.TextDocument,
  position: vscode.Position,
  context: vscode.InlineCompletionContext,
  token: vscode.CancellationToken,
): Promise<vscode.InlineCompletionItem[] | undefined> {
  const manual = context.triggerKind === vscode.InlineCompletionTriggerKind.Invoke;
  const refusal = refusalFor(document);
  // Asked for by hand, a suggestion comes in a language that is switched off, too.
  if (refusal && !(manual && refusal === "language-off")) return undefined;
  if (!manual && !setting("suggestions.automatic", document)) return undefined;

  const cancellation = abortSignalOf(token);
  listener.started();
  let outcome: Outcome = { kind: "cancelled" };
  try {
    const cursor = cursorSnapshot(document, position, context.selectedCompletionInfo);
    outcome = await engine.complete(cursor, manual ? "manual" : "automatic", cancellation.signal);
  } finally {
    cancellation.dispose();
    listener.ended(outcome);
  }
  if (outcome.kind !== "offered" || token.isCancellationRequested) return undefined;
  return outcome.suggestions.map((suggestion) => toItem(suggestion, document, position));
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
