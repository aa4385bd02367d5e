import { stat } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, join } from "node:path";
import * as vscode from "vscode";
import type { CompletionBackend } from "../completion/engine.ts";
import { cacheFolder } from "../model/cacheFolder.ts";
import { findModel, modelFile, type CatalogueEntry } from "../model/catalogue.ts";
import type { EmbeddedModel } from "../model/embedded/embeddedModel.ts";
import type { EngineState } from "../model/embedded/engineState.ts";
import { guardedModel, guardedWarm } from "../model/guarded.ts";
import { ModelError, type Prompt } from "../model/model.ts";
import { recordedModel, recordedWarm, serverEndPoint } from "../model/recorded.ts";
import type { RequestLog } from "../model/requestLog.ts";
import { runsHere } from "../model/runsHere.ts";
import { formatForModel, formatNames, type FormatName } from "../model/templates.ts";
import type { SettingName } from "./contributions.ts";
import { hostOf, type Keys } from "./secrets.ts";
import type { SecretGate } from "./secretGate.ts";
import { affects, setting } from "./settings.ts";

const IDLE: EngineState = { kind: "idle" };

/** The settings that a model is made by. */
const MADE_BY: readonly SettingName[] = [
  "model.provider",
  "model.local",
  "model.path",
  "model.baseUrl",
  "model.name",
  "model.format",
  "model.threads",
  "model.unloadAfterMinutes",
  "suggestions.timeLimitSeconds",
];

/**
 * The model that the settings name, made at its first use and made anew when they change.
 * Everything it opens is closed with it.
 */
export class ModelSource implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #keys: Keys;
  readonly #requestLog: RequestLog;
  readonly #gate: SecretGate;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #listeners: vscode.Disposable[];
  #backend: Promise<CompletionBackend> | undefined;
  #embedded: EmbeddedModel | undefined;
  #generation = 0;

  readonly #wasReset = new vscode.EventEmitter<void>();

  /** Fires when the settings or a key have changed: what is known of the model before counts no more. */
  readonly onDidReset = this.#wasReset.event;
  /** Fires when the engine's state changes and when another model is in use. */
  readonly onDidChange = this.#changed.event;

  constructor(context: vscode.ExtensionContext, keys: Keys, requestLog: RequestLog, gate: SecretGate) {
    this.#gate = gate;
    this.#context = context;
    this.#keys = keys;
    this.#requestLog = requestLog;
    this.#listeners = [this.#changed, this.#wasReset, context.secrets.onDidChange(() => this.reset())];
  }

  /** Rejects with `ModelError` when the model can't be used as it is set up; the next call looks again. */
  backend(): Promise<CompletionBackend> {
    if (this.#backend) return this.#backend;
    const made = this.#make();
    this.#backend = made;
    made.catch(() => {
      if (this.#backend === made) this.#backend = undefined;
    });
    return made;
  }

  /** As the settings name it, whether it can be used or not. */
  get modelName(): string {
    return setting("model.provider") === "openai" ? setting("model.name") : localModel(this.#context).name;
  }

  /** Of the embedded engine; idle where another model is in use. */
  get engineState(): EngineState {
    return this.#embedded?.state ?? IDLE;
  }

  /** Makes the model anew where a setting that it was made by has changed. */
  heed(event: vscode.ConfigurationChangeEvent): void {
    if (MADE_BY.some((name) => affects(event, name))) this.reset();
  }

  /** The next request makes the model anew. */
  reset(): void {
    const embedded = this.#embedded;
    this.#generation += 1;
    this.#backend = undefined;
    this.#embedded = undefined;
    void embedded?.dispose();
    this.#wasReset.fire();
    this.#changed.fire();
  }

  /** Ends the local model's process, for all windows, and loads the model in a new one. @throws {ModelError} */
  async restart(): Promise<void> {
    await this.backend();
    await this.#embedded?.restart();
  }

  dispose(): void {
    this.reset();
    for (const listener of this.#listeners) listener.dispose();
  }

  async #make(): Promise<CompletionBackend> {
    return setting("model.provider") === "openai" ? this.#makeOpenAi() : this.#makeEmbedded();
  }

  async #makeOpenAi(): Promise<CompletionBackend> {
    const baseUrl = setting("model.baseUrl");
    const name = setting("model.name");
    const { createOpenAiModel } = await import("../model/openai.ts");
    const model = createOpenAiModel({
      baseUrl,
      model: name,
      apiKey: await this.#keys.get(baseUrl),
      // Looked up at each call: VS Code replaces the host's fetch by one with the user's proxy and certificates.
      fetch: (input, init) => globalThis.fetch(input, init),
      timeLimitMs: setting("suggestions.timeLimitSeconds") * 1000,
    });
    const local = runsHere(baseUrl, name);
    const endPoint = serverEndPoint(baseUrl);
    const warmModel = (prompt: Prompt, signal: AbortSignal) => model.warm(prompt, signal);
    const gate = () => this.#gate.open();
    const warm = guardedWarm(recordedWarm(warmModel, this.#requestLog, { model: name, endPoint }), gate);
    return {
      model: guardedModel(recordedModel(model, this.#requestLog, endPoint), gate),
      format: chosenFormat() ?? formatForModel(name),
      host: hostOf(baseUrl),
      local,
      // Elsewhere even the question whether it can be done is sent to somebody who is asked for nothing yet.
      ...(local && { warm }),
    };
  }

  async #makeEmbedded(): Promise<CompletionBackend> {
    const { name, path, adapterPath, contextTokens, format } = localModel(this.#context);
    const generation = this.#generation;
    if (!(await isFile(path))) throw new ModelError({ kind: "model-file-missing", path });
    // What talks to the process is loaded when the model is first wanted, not when the extension starts.
    const { EmbeddedModel } = await import("../model/embedded/embeddedModel.ts");
    // The settings changed while the disk was asked: only the newest choice may open a process.
    if (generation !== this.#generation) return this.backend();
    const model = new EmbeddedModel({
      folder: join(this.#context.globalStorageUri.fsPath, "engine"),
      processFile: this.#context.asAbsolutePath("dist/modelProcess.mjs"),
      execPath: process.execPath,
      model: { name, path, adapterPath, contextTokens },
      threads: setting("model.threads"),
      idleUnloadMs: setting("model.unloadAfterMinutes") * 60_000,
      version: String(this.#context.extension.packageJSON.version),
    });
    model.onDidChangeState(() => this.#changed.fire());
    this.#embedded = model;
    const ready = () => model.state.kind === "ready";
    const endPoint = { kind: "embedded" } as const;
    const gate = () => this.#gate.open();
    const warmModel = async (prompt: Prompt, signal: AbortSignal) => {
      await model.warm(prompt, signal);
      return true;
    };
    return {
      model: guardedModel(recordedModel(model, this.#requestLog, endPoint), gate),
      format: chosenFormat() ?? format,
      contextTokens,
      ready,
      local: true,
      heals: true,
      warm: guardedWarm(recordedWarm(warmModel, this.#requestLog, { model: name, endPoint }), gate),
    };
  }
}

/** The catalogue's entry that the settings name; the first one where they name none that exists. */
export function chosenEntry(): CatalogueEntry {
  return findModel(setting("model.local"));
}

export function modelsFolder(): string {
  return join(cacheFolder(), "models");
}

function localModel(context: vscode.ExtensionContext) {
  const ownFile = setting("model.path").replace(/^~(?=[\\/])/, homedir());
  if (ownFile) {
    const name = basename(ownFile);
    return { name, path: ownFile, adapterPath: undefined, contextTokens: 4096, format: formatForModel(name) };
  }
  const entry = chosenEntry();
  return {
    name: entry.name,
    path: modelFile(modelsFolder(), entry),
    adapterPath: entry.adapter && context.asAbsolutePath(entry.adapter.file),
    contextTokens: Math.min(entry.contextTokens, 4096),
    format: entry.format,
  };
}

function chosenFormat(): FormatName | undefined {
  const chosen = setting("model.format");
  return formatNames.find((format) => format === chosen);
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}
