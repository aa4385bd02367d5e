import { stat } from "node:fs/promises";
import * as vscode from "vscode";
import type { CompletionBackend } from "../completion/engine.ts";
import type { EmbeddedModel } from "../model/embedded/embeddedModel.ts";
import type { EngineState } from "../model/embedded/engineState.ts";
import { ModelError } from "../model/model.ts";
import type { RequestLog } from "../model/requestLog.ts";
import type { LocalModel } from "./chosenModel.ts";
import type { SettingName } from "./contributions.ts";
import type { Keys } from "./secrets.ts";
import type { OpenGate } from "./secretGate.ts";
import { affects } from "./settings.ts";

const IDLE: EngineState = { kind: "idle" };

/** The settings that a model is made by. */
const MADE_BY: readonly SettingName[] = [
  "model.suggestions",
  "model.servers",
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
  readonly #gate: OpenGate;
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

  constructor(context: vscode.ExtensionContext, keys: Keys, requestLog: RequestLog, gate: OpenGate) {
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
    const generation = this.#generation;
    // What talks to a model is loaded when one is first wanted, not when the extension starts.
    const { chosenForSuggestions, localModel } = await import("./chosenModel.ts");
    const chosen = chosenForSuggestions();
    if (chosen.kind === "server") {
      const { serverBackend } = await import("./serverBackend.ts");
      return serverBackend(chosen, this.#keys, this.#requestLog, this.#gate);
    }
    return this.#makeEmbedded(localModel(this.#context, chosen), generation);
  }

  async #makeEmbedded(chosen: LocalModel, generation: number): Promise<CompletionBackend> {
    const { embeddedBackend, embeddedModel } = await import("./embeddedBackend.ts");
    const { path } = chosen;
    if (!(await isFile(path))) throw new ModelError({ kind: "model-file-missing", path });
    // The settings changed while the disk was asked: only the newest choice may open a process.
    if (generation !== this.#generation) return this.backend();
    const model = embeddedModel(this.#context, chosen);
    model.onDidChangeState(() => this.#changed.fire());
    this.#embedded = model;
    return embeddedBackend(model, chosen, this.#requestLog, this.#gate);
  }
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}
