import * as vscode from "vscode";
import type { ModelFailure } from "../model/failure.ts";
import { namesFile, splitReference } from "../model/modelReference.ts";
import { commands } from "./contributions.ts";
import { moneyWords } from "./money.ts";
import { setting, suggestionReferences } from "./settings.ts";
import { sizeWords } from "./sizeWords.ts";

/** A sentence for the user and, where there is one, the step that helps. */
export interface Notice {
  readonly text: string;
  readonly action?: Action;
}

export interface Action {
  readonly title: string;
  readonly command: string;
  readonly argument?: unknown;
}

/**
 * Settings that hold for a machine are those of the remote one in a remote window, and VS Code shows them on a page of their
 * own; those of the user are on another.
 */
export function openSettings(query: string): Action {
  const remote = vscode.env.remoteName !== undefined && /pairwise\.(?:model|cost|pairwise)/.test(query);
  const command = remote ? "workbench.action.openRemoteSettings" : "workbench.action.openSettings";
  return { title: vscode.l10n.t("Open settings"), command, argument: { query } };
}

/** The one place with the words for what goes wrong with a model. */
export function describeFailure(failure: ModelFailure): Notice {
  const { l10n } = vscode;
  switch (failure.kind) {
    case "reference-unknown":
      if (failure.reference !== setting("model.suggestions"))
        return {
          text: l10n.t(
            "{0} is no model that Pairwise knows: it takes provider/model, such as openai/gpt-4.1.",
            failure.reference,
          ),
          action: openSettings("pairwise.model"),
        };
      return {
        text:
          failure.reference.trim() === ""
            ? l10n.t("pairwise.model.suggestions is empty: it takes provider/model, such as openai/gpt-4.1.")
            : l10n.t(
                "{0} says {1}, which is no model that Pairwise knows: it takes provider/model, such as openai/gpt-4.1.",
                settingWith(failure.reference),
                failure.reference,
              ),
        action: actionAt(settingWith(failure.reference)),
      };
    case "address-missing":
      return {
        text: l10n.t("The address of {0} is not set. Add it to pairwise.model.servers.", failure.provider),
        action: openSettings("pairwise.model.servers"),
      };
    case "key-missing":
      return {
        text: l10n.t("{0} asks for an API key and none is stored.", failure.host),
        action: enterKey(failure.host),
      };
    case "key-rejected":
      return { text: l10n.t("{0} refused the stored API key.", failure.host), action: enterKey(failure.host) };
    case "key-unusable":
      return {
        text: l10n.t(
          "The API key stored for {0} can't be one: it has a space, a line break or another character in it that no key has. Nothing was sent. Enter it again.",
          failure.host,
        ),
        action: enterKey(failure.host),
      };
    case "access-refused":
      return {
        text: l10n.t(
          "{0} refuses access, though not for the API key. Ask whoever runs the account or the network, or choose another model. The server says: {1}",
          failure.host,
          failure.detail,
        ),
        action: chooseModel(),
      };
    case "rate-limited":
      return { text: rateLimited(failure.host, failure.retryAfterMs) };
    case "quota-exhausted":
      return {
        text: l10n.t("The account at {0} has no credit left. Add some there, or choose another model.", failure.host),
        action: chooseModel(),
      };
    case "spending-limit":
      return {
        text: l10n.t(
          "Today's requests to models have reached your limit of {0}. It goes on tomorrow, or when you raise pairwise.cost.hardLimit; what runs on this machine goes on.",
          moneyWords({ amount: failure.limit, currency: failure.currency }),
        ),
        action: openSettings("pairwise.cost.hardLimit"),
      };
    case "model-unknown":
      if (failure.model === "")
        return {
          text: l10n.t("{0} has no list of models at this address. Check its path, such as /v1.", failure.host),
          action: openSettings("pairwise.model.servers"),
        };
      return {
        text: l10n.t(
          "{0} does not know the model {1}, or has nothing at this address. Check pairwise.model.suggestions and pairwise.model.servers.",
          failure.host,
          failure.model,
        ),
        action: openSettings("pairwise.model"),
      };
    case "request-refused":
      return {
        text: l10n.t("{0} refused the request: {1}", failure.host, failure.detail),
        action: openSettings("pairwise.model"),
      };
    case "model-loading":
      return { text: l10n.t("{0} is loading its model. The next suggestion tries again.", failure.host) };
    case "server-error":
      return {
        text: l10n.t("{0} failed with status {1}. The next suggestion tries again.", failure.host, failure.status),
      };
    case "unreachable":
      if (failure.code === "ERR_INVALID_URL")
        return {
          text: l10n.t(
            "The server's address is not an http or https one without a user name. Check pairwise.model.servers.",
          ),
          action: openSettings("pairwise.model.servers"),
        };
      return {
        text: l10n.t(
          "Could not reach {0} ({1}). Check the network or pairwise.model.servers.",
          failure.host,
          failure.code ?? l10n.t("no connection"),
        ),
        action: openSettings("pairwise.model.servers"),
      };
    case "bad-response":
      return {
        text: l10n.t(
          "{0} did not answer as a server with models does: neither as OpenAI's nor as Ollama's. Check pairwise.model.servers.",
          failure.host,
        ),
        action: openSettings("pairwise.model.servers"),
      };
    case "redirected":
      return {
        text: l10n.t(
          "{0} redirects to {1}. Nothing was sent there. If that is the right server, enter its address in pairwise.model.servers.",
          failure.host,
          failure.target ?? l10n.t("another address"),
        ),
        action: openSettings("pairwise.model.servers"),
      };
    case "interrupted":
      return { text: l10n.t("{0} ended its answer in the middle. The next suggestion tries again.", failure.host) };
    case "timed-out":
      return {
        text: l10n.t("{0} did not answer within {1} s.", failure.host, Math.round(failure.limitMs / 1000)),
        action: openSettings("pairwise.suggestions.timeLimitSeconds"),
      };
    case "model-file-missing":
      if (failure.known)
        return {
          text: l10n.t("{0} is not on this machine: it was not fetched yet, or was removed.", failure.known.name),
          action: {
            title: l10n.t("Get it ({0})", sizeWords(failure.known.bytes)),
            command: commands.chooseModel,
            argument: failure.known.reference,
          },
        };
      return {
        text: l10n.t("{0} names {1}, and there is no such file.", settingWithFile(failure.path), failure.path),
        action: openSettings(settingWithFile(failure.path)),
      };
    case "model-file-unusable":
      return {
        text: l10n.t("The model file {0} can't be loaded: {1}", failure.path, failure.detail),
        action: openSettings("pairwise.model.suggestions"),
      };
    case "engine-absent":
      return {
        text: l10n.t(
          "This build of Pairwise has no local engine for {0}. Choose a model on a server with pairwise.model.suggestions.",
          failure.platform,
        ),
        action: openSettings("pairwise.model"),
      };
    case "engine-stopped":
      return {
        text:
          failure.retryInMs === undefined
            ? l10n.t("The local model stopped. It starts again with the next suggestion.")
            : l10n.t(
                "The local model keeps stopping. It is tried again in {0} s, or at once with Restart the Local Model.",
                Math.ceil(failure.retryInMs / 1000),
              ),
        action: { title: l10n.t("Restart the local model"), command: commands.restartModel },
      };
    case "editor-consent-missing":
      return {
        text: l10n.t("VS Code's model {0} is not asked before you allow it.", failure.model),
        action: { title: l10n.t("Allow VS Code's model"), command: commands.allowEditorModel },
      };
    case "editor-model-missing":
      return {
        text: l10n.t(
          "VS Code has no model {0}. Install the extension that brings it, sign in there, or choose another with pairwise.model.suggestions.",
          failure.model,
        ),
        action: openSettings("pairwise.model.suggestions"),
      };
    case "editor-model-blocked":
      return {
        text: l10n.t(
          "VS Code's model {0} refuses requests, most often because its quota is used up. Another one can be chosen with pairwise.model.suggestions.",
          failure.model,
        ),
        action: openSettings("pairwise.model.suggestions"),
      };
    case "editor-model-failed":
      return {
        text: l10n.t("VS Code's model {0} failed: {1}", failure.model, failure.detail),
        action: openSettings("pairwise.model.suggestions"),
      };
    case "chat-untaught":
      return {
        text: l10n.t(
          "{0} was not taught to chat: it only goes on with code. Choose another model for the chat.",
          failure.model,
        ),
        action: openSettings("pairwise.model.chat"),
      };
    case "pictures-unseen":
      return {
        text: l10n.t(
          "{0} can't see pictures. Nothing was sent. Remove them, or choose a model that can.",
          failure.model,
        ),
      };
    case "prompt-too-long":
      return {
        text: l10n.t(
          "The prompt has {0} tokens and the model takes {1}. Less of other files leaves more room: pairwise.context.maxTokens.",
          failure.tokens,
          failure.limit,
        ),
        action: openSettings("pairwise.context.maxTokens"),
      };
  }
}

function rateLimited(host: string, retryAfterMs: number | undefined): string {
  return retryAfterMs === undefined
    ? vscode.l10n.t("{0} limits the rate of requests. The next suggestion tries again.", host)
    : vscode.l10n.t("{0} limits the rate of requests; it asks to wait {1} s.", host, Math.ceil(retryAfterMs / 1000));
}

/** The setting that names this model. */
function settingWith(reference: string): string {
  if (reference === setting("model.suggestions")) return "pairwise.model.suggestions";
  if (suggestionReferences().includes(reference)) return "pairwise.model.fallbacks";
  return reference === setting("index.embeddingModel") ? "pairwise.index.embeddingModel" : "pairwise.model.suggestions";
}

/** The setting that names this file; `~` may stand for the beginning of its path. */
function settingWithFile(path: string): string {
  const names = (reference: string): boolean => {
    const [, model = ""] = splitReference(reference) ?? [];
    return namesFile(model) && path.endsWith(model.replace(/^~/, ""));
  };
  return settingWith(suggestionReferences().find(names) ?? "");
}

/** Only the model that suggestions come from is chosen from a list. */
function actionAt(name: string): Action {
  return name === "pairwise.model.suggestions" ? chooseModel() : openSettings(name);
}

function chooseModel(): Action {
  return { title: vscode.l10n.t("Choose a model"), command: commands.chooseModel };
}

function enterKey(host: string): Action {
  return { title: vscode.l10n.t("Enter API key"), command: commands.enterKey, argument: host };
}
