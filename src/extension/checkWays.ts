/** The ways out of what a check has found: their buttons, and what these do. */

import { isDeepStrictEqual } from "node:util";
import * as vscode from "vscode";
import { modelFile } from "../model/catalogue.ts";
import type { Way } from "../model/doctor/findings.ts";
import { hostFetch } from "../model/hostFetch.ts";
import { ModelError } from "../model/model.ts";
import { splitReference } from "../model/modelReference.ts";
import { pullOllamaModel } from "../model/ollamaServer.ts";
import type { CheckWay } from "./checkProtocol.ts";
import type { Subject } from "./checkRun.ts";
import { modelsFolder } from "./chosenModel.ts";
import { commands } from "./contributions.ts";
import { enterKey } from "./keyCommands.ts";
import { isFile } from "./modelSource.ts";
import { sizeWords } from "./sizeWords.ts";
import { describeFailure, openSettings } from "./notices.ts";
import type { Keys } from "./secrets.ts";
import { changeModel, changeSetting, setting } from "./settings.ts";

export function wayWords(way: Way): CheckWay {
  const { l10n } = vscode;
  switch (way.kind) {
    case "set-address":
      return { label: l10n.t("Use {0}", way.address), detail: "pairwise.model.servers" };
    case "set-model":
      return { label: l10n.t("Use {0}", way.model), detail: "pairwise.model.suggestions" };
    case "set-reference":
      return { label: l10n.t("Use {0}", way.reference), detail: "" };
    case "get-model":
      return { label: l10n.t("Get it again ({0})", sizeWords(way.bytes)), detail: way.reference };
    case "set-format":
      return { label: l10n.t("Use the format {0}", way.format), detail: "pairwise.model.format" };
    case "copy":
      return { label: l10n.t("Copy “{0}”", way.text), detail: "" };
    case "pull":
      return { label: l10n.t("Have Ollama pull it"), detail: way.model };
    case "open-settings":
      return { label: l10n.t("Open settings"), detail: way.query };
    case "enter-key":
      return { label: l10n.t("Enter API key"), detail: "" };
    case "open-page":
      return { label: l10n.t("Get a key"), detail: way.url };
    case "choose-model":
      return { label: l10n.t("Choose a model"), detail: "" };
    case "allow-editor-model":
      return { label: l10n.t("Allow VS Code's model"), detail: "" };
  }
}

/** Resolves to whether something has changed, so that a check would find something else. */
export async function takeWay(way: Way, subject: Subject, keys: Keys): Promise<boolean> {
  const { chosen, reference } = subject;
  const server = !(chosen instanceof ModelError) && chosen.kind === "server" ? chosen : undefined;
  const [providerId = ""] = splitReference(reference) ?? [];
  switch (way.kind) {
    case "set-address":
      await changeSetting("model.servers", (own) => ({
        // settings.json is written by hand.
        ...(typeof own === "object" ? own : {}),
        [providerId]: way.address,
      }));
      return true;
    case "set-model":
      await changeReference(subject, `${providerId}/${way.model}`);
      return true;
    case "set-reference":
      await changeReference(subject, way.reference);
      return true;
    case "get-model":
      return hasChanged(subject, keys, () => vscode.commands.executeCommand(commands.chooseModel, way.reference));
    case "set-format":
      await changeSetting("model.format", () => way.format);
      return true;
    case "copy":
      await vscode.env.clipboard.writeText(way.text);
      void vscode.window.showInformationMessage(vscode.l10n.t("Copied to the clipboard."));
      return false;
    case "pull":
      return server !== undefined && pull(server.baseUrl, way.model, await keys.get(server.baseUrl));
    case "open-settings": {
      const { command, argument } = openSettings(way.query);
      await vscode.commands.executeCommand(command, argument);
      return false;
    }
    case "enter-key": {
      if (server === undefined) return false;
      const before = await keys.get(server.baseUrl);
      await enterKey(keys, server.baseUrl);
      return (await keys.get(server.baseUrl)) !== before;
    }
    case "open-page":
      await vscode.env.openExternal(vscode.Uri.parse(way.url));
      return false;
    case "choose-model":
      return hasChanged(subject, keys, () => vscode.commands.executeCommand(commands.chooseModel));
    case "allow-editor-model":
      return (await vscode.commands.executeCommand(commands.allowEditorModel)) === true;
  }
}

/** Whether another model is chosen after `act`, or something else that it needs is there. */
async function hasChanged({ chosen }: Subject, keys: Keys, act: () => Thenable<unknown>): Promise<boolean> {
  const look = async () => {
    const isServer = !(chosen instanceof ModelError) && chosen.kind === "server";
    const path = localPath(chosen);
    return [
      MADE_BY.map((name) => setting(name)),
      isServer ? await keys.get(chosen.baseUrl) : undefined,
      path === undefined ? undefined : await isFile(path),
    ];
  };
  const before = await look();
  await act();
  return !isDeepStrictEqual(await look(), before);
}

function localPath(chosen: Subject["chosen"]): string | undefined {
  if (chosen instanceof ModelError) return undefined;
  if (chosen.kind === "catalogue") return modelFile(modelsFolder(), chosen.entry);
  return chosen.kind === "file" ? chosen.path : undefined;
}

const MADE_BY = ["model.suggestions", "model.fallbacks", "model.servers", "model.format"] as const;

async function changeReference({ reference, isFallback }: Subject, next: string): Promise<void> {
  if (!isFallback) return changeModel(next);
  await changeSetting("model.fallbacks", (own = []) => own.map((each) => (each === reference ? next : each)));
}

async function pull(baseUrl: string, model: string, apiKey: string | undefined): Promise<boolean> {
  const { l10n } = vscode;
  const title = l10n.t("Ollama pulls {0}", model);
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    const stopping = new AbortController();
    token.onCancellationRequested(() => stopping.abort());
    let done = 0;
    try {
      await pullOllamaModel(
        { baseUrl, apiKey, fetch: hostFetch, timeLimitMs: SILENCE_MS },
        model,
        ({ doneBytes, totalBytes }) => {
          const share = totalBytes === 0 ? 0 : (doneBytes / totalBytes) * 100;
          const message = totalBytes === 0 ? "" : `${Math.round(doneBytes / 1e6)} / ${Math.round(totalBytes / 1e6)} MB`;
          progress.report({ message, increment: Math.max(0, share - done) });
          done = Math.max(done, share);
        },
        stopping.signal,
      );
      return true;
    } catch (error) {
      if (stopping.signal.aborted) return false;
      if (!(error instanceof ModelError)) throw error;
      void vscode.window.showWarningMessage(describeFailure(error.failure).text);
      return false;
    }
  });
}

/** Ollama says nothing while it checks a file of some gigabytes. */
const SILENCE_MS = 300_000;
