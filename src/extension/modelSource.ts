import { stat } from "node:fs/promises";
import * as vscode from "vscode";
import type { CompletionBackend } from "../completion/engine.ts";
import type { ChosenEditor } from "../model/chosenModel.ts";
import type { EmbeddedModel } from "../model/embedded/embeddedModel.ts";
import type { EngineState } from "../model/embedded/engineState.ts";
import type { ModelFailure } from "../model/failure.ts";
import { Health, type HealthFigures, watchedModel } from "../model/health.ts";
import { ModelError } from "../model/model.ts";
import type { Recorder } from "../model/requestLog.ts";
import type { FormatName } from "../model/templates.ts";
import type { LocalModel } from "./chosenModel.ts";
import type { SettingName } from "./contributions.ts";
import type { Keys } from "./secrets.ts";
import type { OpenGate } from "./secretGate.ts";
import { affects, setting, suggestionReferences } from "./settings.ts";
import type { OpenRecorder } from "./spending.ts";

const IDLE: EngineState = { kind: "idle" };

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

/** A model that suggestions may come from. */
interface Candidate {
  readonly reference: string;
  readonly health: Health;
  backend: Promise<CompletionBackend> | undefined;
  embedded: EmbeddedModel | undefined;
  editor: vscode.Disposable | undefined;
}

export interface ModelHealth extends HealthFigures {
  /** As in the settings. */
  readonly reference: string;
  /** Why it is not asked for a while. */
  readonly failure: ModelFailure | undefined;
}

/**
 * The models that the settings name, made at their first use and made anew when they change. The first one that works is
 * in use: one that keeps failing is left alone for a while, and meanwhile the next one helps, where the user has named
 * any. Everything that it opens is closed with it.
 */
export class ModelSource implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #keys: Keys;
  readonly #recorderFor: OpenRecorder;
  readonly #gate: OpenGate;
  readonly #prompts: () => Promise<CompletionBackend["promptAt"]>;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #engineChanged = new vscode.EventEmitter<void>();
  readonly #listeners: vscode.Disposable[];
  #candidates: readonly Candidate[] | undefined;
  #inUse: Candidate | undefined;
  #generation = 0;

  readonly #wasReset = new vscode.EventEmitter<void>();

  /** Fires when the settings or a key have changed: what is known of the model before counts no more. */
  readonly onDidReset = this.#wasReset.event;
  /** Fires when another model is in use. */
  readonly onDidChange = this.#changed.event;
  /** Fires when the state of the embedded engine changes. */
  readonly onDidChangeEngine = this.#engineChanged.event;

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
    this.#listeners = [
      this.#changed,
      this.#engineChanged,
      this.#wasReset,
      context.secrets.onDidChange(() => this.reset()),
    ];
  }

  /**
   * That of the first model which is not left alone for a while, or of the first one where all are. Rejects with
   * `ModelError` when it can't be used as it is set up; the next call looks again.
   */
  async backend(): Promise<CompletionBackend> {
    const generation = this.#generation;
    const candidates = (this.#candidates ??= candidatesNow());
    const [first] = candidates;
    for (const candidate of candidates) {
      if (candidate.health.failure !== undefined) continue;
      try {
        const backend = await this.#backendOf(candidate, generation);
        if (generation !== this.#generation) return this.backend();
        this.#use(candidate);
        return backend;
      } catch (error) {
        if (generation !== this.#generation) return this.backend();
        // With nothing to fall back to, the next call looks again at once: the user may be about to mend it.
        if (!(error instanceof ModelError) || candidates.length === 1) throw error;
        candidate.health.failed(error.failure);
      }
    }
    const failure = first?.health.failure;
    if (first?.backend === undefined && failure !== undefined) throw new ModelError(failure);
    return this.#backendOf(first ?? candidateOf(setting("model.suggestions")), generation);
  }

  /** Where another model than the first one helps: which one does, and what the first one failed with. */
  get fallenBack(): { readonly to: string; readonly failure: ModelFailure } | undefined {
    const [first] = this.#candidates ?? [];
    const failure = first?.health.failure;
    if (!this.#inUse || this.#inUse === first || failure === undefined) return undefined;
    return { to: this.#inUse.reference, failure };
  }

  /** Of the models that were wanted since the settings changed. */
  get health(): readonly ModelHealth[] {
    return (this.#candidates ?? []).map(({ reference, health }) => {
      return { reference, failure: health.failure, ...health.figures };
    });
  }

  /** Somebody wants a suggestion now: where no model is asked for a while, all are. */
  retry(): void {
    const candidates = this.#candidates ?? [];
    if (candidates.every(({ health }) => health.failure !== undefined)) candidates.forEach(retryOne);
  }

  /** Of the embedded engine; idle where another model is in use. */
  get engineState(): EngineState {
    return (this.#inUse ?? this.#candidates?.[0])?.embedded?.state ?? IDLE;
  }

  /** Makes the models anew where a setting that they were made by has changed. */
  heed(event: vscode.ConfigurationChangeEvent): void {
    if (MADE_BY.some((name) => affects(event, name))) this.reset();
    else if (LIMITED_BY.some((name) => affects(event, name))) {
      for (const { health } of this.#candidates ?? []) health.forget();
      this.#wasReset.fire();
      this.#changed.fire();
    }
  }

  /** The next request makes the model anew. */
  reset(): void {
    const candidates = this.#candidates ?? [];
    this.#generation += 1;
    this.#candidates = undefined;
    this.#inUse = undefined;
    for (const candidate of candidates) discard(candidate);
    this.#wasReset.fire();
    this.#changed.fire();
  }

  /** Ends the local model's process, for all windows, and loads the chosen model in a new one. @throws {ModelError} */
  async restart(): Promise<void> {
    const [first] = (this.#candidates ??= candidatesNow());
    if (!first) return;
    first.health.retry();
    await this.#backendOf(first, this.#generation);
    await first.embedded?.restart();
  }

  dispose(): void {
    this.reset();
    for (const listener of this.#listeners) listener.dispose();
  }

  #use(candidate: Candidate): void {
    if (this.#inUse === candidate) return;
    this.#inUse = candidate;
    this.#changed.fire();
  }

  #backendOf(candidate: Candidate, generation: number): Promise<CompletionBackend> {
    if (candidate.backend) return candidate.backend;
    const made = this.#make(candidate, generation);
    candidate.backend = made;
    made.catch(() => {
      if (candidate.backend === made) candidate.backend = undefined;
    });
    return made;
  }

  async #make(candidate: Candidate, generation: number): Promise<CompletionBackend> {
    const { reference, health } = candidate;
    // What talks to a model is loaded when one is first wanted, not when the extension starts.
    const { chosenFormat, localModel, modelNamed } = await import("./chosenModel.ts");
    const chosen = modelNamed(reference);
    // The setting is about the chosen model alone: another one may not know that format's tokens.
    const format = reference === setting("model.suggestions") ? chosenFormat() : undefined;
    const log = await this.#recorderFor(reference);
    const make = async (): Promise<CompletionBackend> => {
      switch (chosen.kind) {
        case "server": {
          const { serverBackend } = await import("./serverBackend.ts");
          return serverBackend(chosen, format, this.#keys, log, this.#gate);
        }
        case "editor":
          return this.#makeEditors(candidate, chosen, log, generation);
        default:
          return this.#makeEmbedded(candidate, localModel(this.#context, chosen), format, log, generation);
      }
    };
    const backend = await make();
    const promptAt = backend.format === "chat-hole" ? await this.#prompts() : undefined;
    const model = watchedModel(backend.model, health, Date.now, backend.host);
    return { ...backend, model, ...(promptAt && { promptAt }) };
  }

  async #makeEditors(
    candidate: Candidate,
    chosen: ChosenEditor,
    log: Recorder,
    generation: number,
  ): Promise<CompletionBackend> {
    const { editorBackend } = await import("./editorModels.ts");
    const made = await editorBackend(this.#context, chosen, log, this.#gate);
    if (generation !== this.#generation) {
      made.dispose();
      return this.backend();
    }
    candidate.editor = made;
    return made.backend;
  }

  async #makeEmbedded(
    candidate: Candidate,
    chosen: LocalModel,
    format: FormatName | undefined,
    log: Recorder,
    generation: number,
  ): Promise<CompletionBackend> {
    const [{ embeddedBackend, embeddedOptions }, { EmbeddedModel }] = await Promise.all([
      import("./embeddedBackend.ts"),
      import("../model/embedded/embeddedModel.ts"),
    ]);
    const { path } = chosen;
    if (!(await isFile(path))) throw new ModelError({ kind: "model-file-missing", path });
    // The settings changed while the disk was asked: only the newest choice may open a process.
    if (generation !== this.#generation) return this.backend();
    const model = new EmbeddedModel(embeddedOptions(this.#context, chosen));
    model.onDidChangeState(() => this.#engineChanged.fire());
    candidate.embedded = model;
    return embeddedBackend(model, chosen, format, log, this.#gate);
  }
}

function candidatesNow(): readonly Candidate[] {
  return suggestionReferences().map(candidateOf);
}

function candidateOf(reference: string): Candidate {
  return { reference, health: new Health(Date.now), backend: undefined, embedded: undefined, editor: undefined };
}

/** What talks to a server leaves it alone by itself, too, and does so no more when it is made anew. */
function retryOne(candidate: Candidate): void {
  if (!candidate.embedded) discard(candidate);
  candidate.health.retry();
}

/** Closes what it has open; the next request makes it anew. */
function discard(candidate: Candidate): void {
  candidate.backend = undefined;
  void candidate.embedded?.dispose();
  candidate.embedded = undefined;
  candidate.editor?.dispose();
  candidate.editor = undefined;
}

export async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}
