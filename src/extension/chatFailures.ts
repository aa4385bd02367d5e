/** What goes wrong with an answer, where the words for it differ from those for suggestions. */

import * as vscode from "vscode";
import type { ModelFailure } from "../model/failure.ts";
import type { Wait } from "../model/model.ts";
import { commands } from "./contributions.ts";
import { describeFailure, type Notice, openSettings } from "./notices.ts";

/** What a server says stands in it as it was said, and is shown as plain text. */
export function describeAnswerFailure(failure: ModelFailure): Notice {
  const text = ownWords(failure);
  const { text: usual, action } = describeFailure(failure);
  // It chooses the model of suggestions.
  const isOfSuggestions =
    (action?.command === commands.chooseModel && action.argument === undefined) ||
    JSON.stringify(action?.argument ?? "").includes("pairwise.model.suggestions");
  const step = hasNoSetting(failure) ? undefined : isOfSuggestions || isUnnamed(failure) ? chatModel() : action;
  return { text: text ?? usual, ...(step && { action: step }) };
}

/** While an answer's server wants to be left alone. */
export function describeWait({ until, failure }: Wait, now: number): string {
  const { l10n } = vscode;
  const seconds = Math.max(1, Math.ceil((until - now) / 1000));
  return failure.kind === "rate-limited"
    ? l10n.t("{0} limits the rate of requests. Trying again in {1} s", failure.host, seconds)
    : l10n.t("The server can't answer yet. Trying again in {0} s", seconds);
}

/** The limit of suggestions is another one than that of answers. */
function hasNoSetting({ kind }: ModelFailure): boolean {
  return kind === "prompt-too-long" || kind === "timed-out";
}

/** A file that none of our models has. */
function isUnnamed(failure: ModelFailure): boolean {
  return failure.kind === "model-file-missing" && !failure.known;
}

/** `undefined` where those for suggestions fit. */
function ownWords(failure: ModelFailure): string | undefined {
  const { l10n } = vscode;
  switch (failure.kind) {
    case "server-error":
      return failure.detail
        ? l10n.t("{0} could not answer (status {1}). It says: {2}", failure.host, failure.status, failure.detail)
        : l10n.t("{0} could not answer (status {1}).", failure.host, failure.status);
    case "rate-limited":
      return rateLimited(failure);
    case "model-loading":
      return l10n.t("{0} is still loading its model. Try again in a moment.", failure.host);
    case "interrupted":
      return withSentence(
        l10n.t("{0} ended its answer in the middle. What had arrived is kept.", failure.host),
        failure.detail,
      );
    case "timed-out":
      return l10n.t("{0} said nothing for {1} s.", failure.host, Math.round(failure.limitMs / 1000));
    case "model-file-missing":
      if (failure.known) return undefined;
      return l10n.t("There is no file {0}. Choose another model, or check pairwise.model.chat.", failure.path);
    case "model-unknown":
      if (failure.model === "") return undefined;
      return l10n.t(
        "{0} does not know the model {1}, or has nothing at this address. Check pairwise.model.chat and pairwise.model.servers.",
        failure.host,
        failure.model,
      );
    case "engine-absent":
      return l10n.t(
        "This build of Pairwise has no local engine for {0}. Choose a model on a server with pairwise.model.chat.",
        failure.platform,
      );
    case "engine-stopped":
      return failure.retryInMs === undefined
        ? l10n.t("The local model stopped. It starts again when you try again.")
        : undefined;
    case "editor-model-missing":
      return l10n.t(
        "VS Code has no model {0}. Install the extension that brings it, sign in there, or choose another with pairwise.model.chat.",
        failure.model,
      );
    case "editor-model-blocked":
      return l10n.t(
        "VS Code's model {0} refuses requests, most often because its quota is used up. Another one can be chosen with pairwise.model.chat.",
        failure.model,
      );
    case "prompt-too-long":
      return l10n.t(
        "The question and what goes along with it have {0} tokens, and the model takes {1}. Attach less, begin a new thread, or choose a model that takes more.",
        failure.tokens,
        failure.limit,
      );
    default:
      return undefined;
  }
}

function rateLimited({ host, retryAfterMs, detail }: Extract<ModelFailure, { readonly kind: "rate-limited" }>): string {
  const { l10n } = vscode;
  const limited =
    retryAfterMs === undefined
      ? l10n.t("{0} limits the rate of requests. Try again in a moment.", host)
      : l10n.t("{0} limits the rate of requests; it asks to wait {1} s.", host, Math.ceil(retryAfterMs / 1000));
  return withSentence(limited, detail);
}

/** Also says what the server does, where it says anything. */
function withSentence(words: string, detail: string | undefined): string {
  return detail ? vscode.l10n.t("{0} It says: {1}", words, detail) : words;
}

function chatModel() {
  return openSettings("pairwise.model.chat");
}
