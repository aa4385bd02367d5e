/** The models that the settings name, each with what a check needs of it. */

import { stat } from "node:fs/promises";
import { freemem, totalmem } from "node:os";
import * as vscode from "vscode";
import { budgetOf, mostPieceChars } from "../completion/prompt.ts";
import type { CompletionBackend } from "../completion/engine.ts";
import type { ChosenEditor, ChosenLocal, ChosenModel, ChosenServer } from "../model/chosenModel.ts";
import { type AskedModel, checkServer, serverSteps } from "../model/doctor/checkup.ts";
import { ofFallback } from "../model/doctor/fallback.ts";
import { bad, type StepName, type StepResult, warning } from "../model/doctor/findings.ts";
import { checkEditor, checkLocal, editorSteps, localSteps } from "../model/doctor/localCheck.ts";
import { systemNetwork } from "../model/doctor/network.ts";
import { checkReference } from "../model/doctor/setting.ts";
import { EmbeddedModel } from "../model/embedded/embeddedModel.ts";
import { ModelError } from "../model/model.ts";
import { EMBEDDED } from "../model/modelReference.ts";
import { formatAt } from "../model/providers.ts";
import { asChecks } from "../model/recorded.ts";
import type { Recorder } from "../model/requestLog.ts";
import { runsHere } from "../model/runsHere.ts";
import type { FormatName } from "../model/templates.ts";
import { cleanAnswer } from "./checkClean.ts";
import { ignoredSettings } from "./checkSettings.ts";
import { section } from "./contributions.ts";
import { chosenFormat, localModel, modelNamed } from "./chosenModel.ts";
import { editorBackend } from "./editorModels.ts";
import { proxyOf } from "./editorProxy.ts";
import { embeddedBackend, embeddedOptions } from "./embeddedBackend.ts";
import { storeMended } from "./mendedKey.ts";
import type { OpenGate } from "./secretGate.ts";
import { hostOf, type Keys } from "./secrets.ts";
import { serverBackend } from "./serverBackend.ts";
import { setting, suggestionReferences } from "./settings.ts";
import type { OpenRecorder } from "./spending.ts";

export interface CheckNeeds {
  readonly context: vscode.ExtensionContext;
  readonly keys: Keys;
  readonly recorderFor: OpenRecorder;
  readonly gate: OpenGate;
}

/** A model that is checked. */
export interface Subject {
  /** As in the settings. */
  readonly reference: string;
  readonly isFallback: boolean;
  /** Or why it is none. */
  readonly chosen: ChosenModel | ModelError;
  readonly steps: readonly StepName[];
  /** Of a server elsewhere; `undefined` where nothing leaves this machine. */
  readonly host: string | undefined;
}

/** The one that suggestions come from, and those that help where it fails. */
export function subjects(): readonly Subject[] {
  return suggestionReferences().map((reference, at) => {
    const chosen = chosenOrError(reference);
    return { reference, isFallback: at > 0, chosen, steps: stepsOf(chosen), host: hostThatHears(chosen) };
  });
}

function stepsOf(chosen: ChosenModel | ModelError): readonly StepName[] {
  if (chosen instanceof ModelError) return ["setting"];
  if (chosen.kind === "server") return serverSteps;
  return chosen.kind === "editor" ? editorSteps : localSteps;
}

function hostThatHears(chosen: ChosenModel | ModelError): string | undefined {
  if (chosen instanceof ModelError) return undefined;
  // Where the other extension runs it, it does not tell.
  if (chosen.kind === "editor") return chosen.vendor ?? chosen.model;
  return chosen.kind === "server" && !runsHere(chosen.baseUrl, chosen.model) ? hostOf(chosen.baseUrl) : undefined;
}

/** See `checkServer`. */
export async function runCheck(
  subject: Subject,
  needs: CheckNeeds,
  tellAll: (result: StepResult) => void,
  signal: AbortSignal,
): Promise<void> {
  const { chosen, reference, isFallback } = subject;
  const tell = (result: StepResult): void => {
    const told = isFallback ? ofFallback(result) : withIgnored(result);
    tellAll(told);
  };
  if (chosen instanceof ModelError) {
    const { failure } = chosen;
    if (failure.kind === "reference-unknown")
      return tell(checkReference(reference, settingOf(subject), setting("model.servers")));
    const query = "pairwise.model.servers";
    return tell(
      bad("setting", { kind: "failure", failure }, [{ kind: "choose-model" }, { kind: "open-settings", query }]),
    );
  }
  const log = asChecks(await needs.recorderFor(reference));
  switch (chosen.kind) {
    case "server":
      return ofServer(subject, chosen, log, needs, tell, signal);
    case "editor":
      return ofEditor(subject, chosen, log, needs, tell, signal);
    default:
      return ofThisMachine(subject, chosen, log, needs, tell, signal);
  }
}

/** As in settings.json. */
function settingOf({ isFallback }: Subject): string {
  return isFallback ? "pairwise.model.fallbacks" : "pairwise.model.suggestions";
}

/** Says with the first step which values are of no use. */
function withIgnored(result: StepResult): StepResult {
  if (result.finding?.kind !== "reference") return result;
  const configuration = vscode.workspace.getConfiguration(section);
  const ignored = ignoredSettings((name) => configuration.get(name));
  if (ignored.length === 0) return result;
  const { provider, model } = result.finding;
  const ways = ignored.map(({ setting: query }) => ({ kind: "open-settings", query }) as const);
  return warning("setting", { kind: "settings-ignored", provider, model, ignored }, ways.slice(0, 1));
}

async function ofServer(
  subject: Subject,
  chosen: ChosenServer,
  log: Recorder,
  { keys, gate }: CheckNeeds,
  tell: (result: StepResult) => void,
  signal: AbortSignal,
): Promise<void> {
  const { provider, baseUrl, model } = chosen;
  const stored = await keys.get(baseUrl);
  const limitMs = Math.min(setting("suggestions.timeLimitSeconds") * 1000, MOST_MS);
  const open = async (apiKey: string | undefined): Promise<AskedModel> => {
    const withKey = { ...keys, get: () => Promise.resolve(apiKey) };
    const backend = await serverBackend(chosen, withKey, log, gate);
    return askedModel(subject, backend, formatAt(provider, model, baseUrl));
  };
  const check = { network: systemNetwork, now: () => performance.now(), proxy: proxyOf(baseUrl), limitMs, open };
  let isMended = false;
  const hear = (result: StepResult): void => {
    isMended ||= result.finding?.kind === "key-mended" && !result.finding.isRefused;
    tell(result);
  };
  try {
    await checkServer({ provider, baseUrl, model, apiKey: stored }, check, hear, signal);
  } finally {
    // Also where the check was stopped: the view has said so.
    if (isMended && stored !== undefined) await storeMended(keys, baseUrl, stored);
  }
}

async function ofThisMachine(
  subject: Subject,
  chosen: ChosenLocal,
  log: Recorder,
  { context, gate }: CheckNeeds,
  tell: (result: StepResult) => void,
  signal: AbortSignal,
): Promise<void> {
  const local = localModel(context, chosen);
  // A connection of its own to the process that all windows share.
  const model = new EmbeddedModel(embeddedOptions(context, local));
  const backend = embeddedBackend(model, local, log, gate);
  const check = {
    name: local.name,
    path: local.path,
    source:
      chosen.kind === "catalogue"
        ? { reference: `${EMBEDDED}/${chosen.entry.id}`, bytes: chosen.entry.sizeBytes }
        : undefined,
    fileBytes: () => sizeOf(local.path),
    memory: () => ({ freeBytes: freemem(), totalBytes: totalmem() }),
    now: () => performance.now(),
    open: () => Promise.resolve(askedModel(subject, backend, local.format)),
  };
  try {
    await checkLocal(check, tell, signal);
  } finally {
    await model.dispose();
  }
}

async function ofEditor(
  subject: Subject,
  chosen: ChosenEditor,
  log: Recorder,
  { context, gate }: CheckNeeds,
  tell: (result: StepResult) => void,
  signal: AbortSignal,
): Promise<void> {
  const opened: vscode.Disposable[] = [];
  const open = async (): Promise<AskedModel> => {
    const made = await editorBackend(context, chosen, log, gate);
    opened.push(made);
    return askedModel(subject, made.backend, "chat-hole");
  };
  try {
    await checkEditor({ name: chosen.model, now: () => performance.now(), open }, tell, signal);
  } finally {
    vscode.Disposable.from(...opened).dispose();
  }
}

function askedModel({ reference, isFallback }: Subject, backend: CompletionBackend, byName: FormatName): AskedModel {
  const { model, contextTokens } = backend;
  const format = chosenFormat(reference) ?? backend.format;
  // The setting is for the chosen model alone.
  const otherFormats = isFallback ? [] : ([byName, "chat-hole"] as const);
  const { mostPrefixChars, mostSuffixChars } = budgetOf(format);
  const pieces = Math.min(setting("context.maxTokens"), mostPieceChars(format) / CHARS_PER_TOKEN);
  const wantedTokens = Math.ceil((mostPrefixChars + mostSuffixChars) / CHARS_PER_TOKEN + pieces + ANSWER_TOKENS);
  return { model, format, otherFormats, clean: cleanAnswer, wantedTokens, contextTokens };
}

function chosenOrError(reference: string): ChosenModel | ModelError {
  try {
    return modelNamed(reference);
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? found.size : undefined;
}

const MOST_MS = 10_000;
/** Of code, about. */
const CHARS_PER_TOKEN = 3;
const ANSWER_TOKENS = 256;
