/** Asks the chat's model what refactorings want to know: once, by hand, to be seen and stopped. */

import * as vscode from "vscode";
import { unlinked } from "../text/unlinked.ts";
import type { ModelFailure } from "../model/failure.ts";
import { ModelError, type ChatMessage, type ModelStream, type Wait } from "../model/model.ts";
import type { AskedFor, Stretch } from "../model/provenance.ts";
import { settlingAtOnce } from "../model/settlingAtOnce.ts";
import { describeAnswerFailure } from "./chatFailures.ts";
import type { BegunAnswer } from "../refactor/briefPrompt.ts";
import type { ChatModelFacts, ChatModels } from "./chatPorts.ts";

export interface RefactorQuestion {
  readonly messages: readonly ChatMessage[];
  /** What of the messages is from where, for the view of what was sent. */
  readonly stretches: readonly Stretch[];
  /** For the same view, and for what was used. */
  readonly askedFor: AskedFor;
  /** Hears the whole reply so far, as it grows. */
  readonly onText?: (text: string) => void;
  /** For a small model alone: others can't go on with an answer. */
  readonly answer?: BegunAnswer;
}

export interface RefactorReply {
  readonly text: string;
  /** It reached the limit of an answer. */
  readonly isCut: boolean;
}

export class RefactorModel {
  readonly #models: ChatModels;

  constructor(models: ChatModels) {
    this.#models = models;
  }

  /** What there is room for, before it is asked. */
  facts(): ChatModelFacts {
    return this.#models.facts(this.#models.standard);
  }

  /** Rejects with `ModelError`, or with the signal's reason as soon as it is aborted. */
  ask(
    { messages, stretches, askedFor, onText, answer }: RefactorQuestion,
    signal: AbortSignal,
  ): Promise<RefactorReply> {
    return settlingAtOnce(signal, async () => {
      const { model, answerTokens } = await this.#models.open(this.#models.standard);
      signal.throwIfAborted();
      const stream = model.stream(
        {
          prompt: {
            kind: "chat",
            messages: answer ? [...messages, { role: "assistant", content: answer.begun }] : messages,
          },
          purpose: "chat",
          maxTokens: Math.min(answerTokens, answer?.maxTokens ?? answerTokens),
          temperature: TEMPERATURE,
          stop: answer?.stop ?? [],
          provenance: { stretches, redactions: [], askedFor },
        },
        signal,
      );
      const waiting = tellingWaits(stream);
      let said = "";
      const reply = (isEnded: boolean): string => answer?.reply(said, isEnded) ?? said;
      try {
        for await (const piece of stream) {
          said += piece;
          onText?.(reply(false));
        }
      } finally {
        waiting.dispose();
      }
      const isCut = stream.endedBy === "limit";
      return { text: reply(!isCut), isCut };
    });
  }
}

/** Says in the status bar for how long a server has asked to wait. */
function tellingWaits(stream: ModelStream): vscode.Disposable {
  let wait: Wait | undefined;
  let shown: vscode.Disposable | undefined;
  const timer = setInterval(() => {
    if (stream.waits === wait) return;
    wait = stream.waits;
    shown?.dispose();
    shown = wait && vscode.window.setStatusBarMessage(`$(clock) ${describeAnswerFailure(wait.failure).text}`);
  }, LOOK_MS);
  return {
    dispose: () => {
      clearInterval(timer);
      shown?.dispose();
    },
  };
}

/**
 * Shows that something is under way, with a way to stop it, and tells what goes wrong with its way out. `undefined` where
 * it was stopped or failed.
 */
export async function withProgress<Result>(
  title: string,
  work: (signal: AbortSignal, report: (message: string) => void) => Promise<Result>,
): Promise<Result | undefined> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    const abort = new AbortController();
    const listener = token.onCancellationRequested(() => abort.abort());
    try {
      return await work(abort.signal, (message) => progress.report({ message }));
    } catch (error) {
      if (!abort.signal.aborted) void tellFailure(error);
      return undefined;
    } finally {
      listener.dispose();
    }
  });
}

/** In words for people, with the way out where there is one. */
export async function tellFailure(error: unknown): Promise<void> {
  const { l10n, window } = vscode;
  if (!(error instanceof ModelError)) {
    const reason = error instanceof Error ? error.message : String(error);
    void window.showWarningMessage(unlinked(l10n.t("That could not be done: {0}", reason)));
    return;
  }
  const { text, action } = describeAnswerFailure(error.failure);
  const chosen = await window.showWarningMessage(
    unlinked(ownWords(error.failure) ?? text),
    ...(action ? [action.title] : []),
  );
  if (action && chosen !== undefined) await vscode.commands.executeCommand(action.command, action.argument);
}

/** Where those of the chat speak of a thread. */
function ownWords(failure: ModelFailure): string | undefined {
  const { l10n } = vscode;
  if (failure.kind === "interrupted")
    return l10n.t("{0} ended its answer in the middle. Nothing was changed.", failure.host);
  if (failure.kind !== "prompt-too-long") return undefined;
  const { tokens, limit } = failure;
  return l10n.t("What is asked has {0} tokens, and the model takes {1}. Select less.", tokens, limit);
}

const TEMPERATURE = 0.2;
const LOOK_MS = 1_000;
