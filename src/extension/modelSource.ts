import { stat } from "node:fs/promises";
import * as vscode from "vscode";
import type { CompletionBackend } from "../completion/engine.ts";
import type { ChosenEditor, ChosenLocal, ChosenServer } from "../model/chosenModel.ts";
import type { EngineState } from "../model/embedded/engineState.ts";
import type { ModelFailure } from "../model/failure.ts";
import { ModelError } from "../model/model.ts";
import { EMBEDDED } from "../model/modelReference.ts";
import type { Recorder } from "../model/requestLog.ts";
import { Candidates, type MadeModel, type ModelHealth } from "./candidates.ts";
import type { LocalModel } from "./chosenModel.ts";
import type { SettingName } from "./contributions.ts";
import type { Keys } from "./secrets.ts";
import type { OpenGate } from "./secretGate.ts";
import { affects, suggestionReferences } from "./settings.ts";
import type { OpenRecorder } from "./spending.ts";

/** The settings that a model is made by. */
const MADE_BY: readonly SettingName[] = [
  "model.suggestions",
  "model.fallbacks",
  "model.servers",
  "model.format",
  "model.threads",
  "model.unloadAfterMinutes",
  "suggestions.timeLimitSeconds",
];

/** Those that end a wait for tomorrow. */
const LIMITED_BY: readonly SettingName[] = ["cost.hardLimit", "cost.currency", "cost.yuanPerDollar", "cost.prices"];

/** The models that the settings name, made anew when these change. Everything that it opens is closed with it. */
export class ModelSource implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #keys: Keys;
  readonly #recorderFor: OpenRecorder;
  readonly #gate: OpenGate;
  readonly #prompts: () => Promise<CompletionBackend["promptAt"]>;
  readonly #engineChanged = new vscode.EventEmitter<void>();
  readonly #otherModel = new vscode.EventEmitter<void>();
  readonly #wasReset = new vscode.EventEmitter<void>();
  readonly #listeners: vscode.Disposable[];
  readonly #candidates: Candidates;

  /** Fires when the settings or a key have changed: what is known of the model before counts no more. */
  readonly onDidReset = this.#wasReset.event;
  /** Fires when the state of the engine changes that `engineState` tells of. */
  readonly onDidChangeEngine = this.#engineChanged.event;
  /** Fires when another model is in use, or none yet. */
  readonly onDidChangeModel = this.#otherModel.event;

  /** `prompts` resolves when the prompts for models that chat are known. */
  constructor(
    context: vscode.ExtensionContext,
    keys: Keys,
    recorderFor: OpenRecorder,
    gate: OpenGate,
    prompts: () => Promise<CompletionBackend["promptAt"]>,
  ) {
    this.#gate = gate;
    this.#prompts = prompts;
    this.#context = context;
    this.#keys = keys;
    this.#recorderFor = recorderFor;
    this.#candidates = new Candidates({
      references: suggestionReferences,
      make: (reference, engineChanged, signal) => this.#make(reference, engineChanged, signal),
      now: Date.now,
      onOtherModel: () => this.#otherModel.fire(),
      onEngineChange: () => this.#engineChanged.fire(),
    });
    const keyListener = context.secrets.onDidChange(() => this.reset());
    this.#listeners = [this.#engineChanged, this.#otherModel, this.#wasReset, keyListener];
  }

  /** See `Candidates`, also for what follows. */
  backend(): Promise<CompletionBackend> {
    return this.#candidates.backend();
  }

  instead(failed: CompletionBackend): Promise<CompletionBackend | undefined> {
    return this.#candidates.instead(failed);
  }

  referenceOf(backend: CompletionBackend): string | undefined {
    return this.#candidates.referenceOf(backend);
  }

  get fallenBack(): Candidates["fallenBack"] {
    return this.#candidates.fallenBack;
  }

  get health(): readonly ModelHealth[] {
    return this.#candidates.health;
  }

  get engineState(): EngineState {
    return this.#candidates.engineState;
  }

  /** It was found to work by other means: what was known against it counts no more. */
  worked(reference: string): void {
    this.#candidates.worked(reference);
    this.#otherModel.fire();
  }

  retry(): void {
    this.#candidates.retry();
  }

  /** Ends the local model's process, for all windows, and loads the chosen model in a new one. @throws {ModelError} */
  restart(): Promise<void> {
    return this.#candidates.restart();
  }

  /** Makes the models anew where a setting that they were made by has changed. */
  heed(event: vscode.ConfigurationChangeEvent): void {
    if (MADE_BY.some((name) => affects(event, name))) this.reset();
    else if (LIMITED_BY.some((name) => affects(event, name))) {
      this.#candidates.forgetFailures();
      this.#wasReset.fire();
      this.#otherModel.fire();
    }
  }

  /** The next request makes the model anew. */
  reset(): void {
    this.#candidates.reset();
    this.#wasReset.fire();
    this.#otherModel.fire();
  }

  dispose(): void {
    this.reset();
    for (const listener of this.#listeners) listener.dispose();
  }

  async #make(reference: string, engineChanged: () => void, signal: AbortSignal): Promise<MadeModel> {
    // What talks to a model is loaded when one is first wanted, not when the extension starts.
    const { chosenFormat, localModel, modelNamed } = await import("./chosenModel.ts");
    signal.throwIfAborted();
    const chosen = modelNamed(reference);
    const log = await this.#recorderFor(reference);
    const make = (): Promise<MadeModel> => {
      switch (chosen.kind) {
        case "editor":
          return this.#makeEditors(chosen, log);
        case "server":
          return this.#makeServers(chosen, log, signal);
        default:
          return this.#makeEmbedded(localModel(this.#context, chosen), chosen, log, engineChanged, signal);
      }
    };
    const made = await make();
    // One of the editor's takes chats alone.
    const format = (chosen.kind === "editor" ? undefined : chosenFormat(reference)) ?? made.backend.format;
    const promptAt = format === "chat-hole" ? await this.#prompts() : undefined;
    return { ...made, backend: { ...made.backend, format, ...(promptAt && { promptAt }) } };
  }

  async #makeServers(chosen: ChosenServer, log: Recorder, signal: AbortSignal): Promise<MadeModel> {
    const { serverBackend } = await import("./serverBackend.ts");
    // It may ask the server what it is.
    signal.throwIfAborted();
    const backend = await serverBackend(chosen, this.#keys, log, this.#gate);
    return { backend, retry: () => backend.retry(), isOutdated: () => backend.isOutdated?.() ?? false };
  }

  async #makeEditors(chosen: ChosenEditor, log: Recorder): Promise<MadeModel> {
    const { editorBackend } = await import("./editorModels.ts");
    return editorBackend(this.#context, chosen, log, this.#gate);
  }

  async #makeEmbedded(
    chosen: LocalModel,
    named: ChosenLocal,
    log: Recorder,
    engineChanged: () => void,
    signal: AbortSignal,
  ): Promise<MadeModel> {
    const [{ embeddedBackend, embeddedOptions }, { EmbeddedModel }] = await Promise.all([
      import("./embeddedBackend.ts"),
      import("../model/embedded/embeddedModel.ts"),
    ]);
    const { path } = chosen;
    if (!(await isFile(path))) throw new ModelError(missingFile(path, named));
    signal.throwIfAborted();
    const engine = new EmbeddedModel(embeddedOptions(this.#context, chosen));
    engine.onDidChangeState(engineChanged);
    const backend = embeddedBackend(engine, chosen, log, this.#gate);
    return { backend, engine, dispose: () => void engine.dispose() };
  }
}

export function missingFile(path: string, chosen: ChosenLocal): ModelFailure {
  if (chosen.kind === "file") return { kind: "model-file-missing", path };
  const { id, name, sizeBytes } = chosen.entry;
  return { kind: "model-file-missing", path, known: { reference: `${EMBEDDED}/${id}`, name, bytes: sizeBytes } };
}

export async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}
