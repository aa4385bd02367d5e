import type { ModelFailure } from "../failure.ts";
import { ModelError, type Model, type ModelRequest, type ModelStream, type Prompt, type Usage } from "../model.ts";
import { connectToEngine, engineStopped, type EngineConnection } from "./connection.ts";
import type { GenerateResult, Status } from "./protocol.ts";

export interface EmbeddedOptions {
  /** Of socket, secret and log; made if absent, for the user alone. One process for each folder and version. */
  readonly folder: string;
  /** Absolute path of the built `process.ts`. */
  readonly processFile: string;
  /** A Node, or an Electron that runs as one. */
  readonly execPath: string;
  readonly model: {
    readonly name: string;
    readonly path: string;
    readonly adapterPath: string | undefined;
    readonly contextTokens: number;
  };
  /** 0: measured. */
  readonly threads: number;
  /** 0: never. */
  readonly idleUnloadMs: number;
  /** Of the extension: another version gets another process. */
  readonly version: string;
}

export type EngineState =
  /** Nothing was asked of it yet, or its process has ended in good order. */
  | { readonly kind: "idle" }
  | { readonly kind: "starting" }
  /** `share` goes from 0 to 1. */
  | { readonly kind: "loading"; readonly share: number }
  | { readonly kind: "ready" }
  /** The process runs and the model is not in memory; the next request loads it. */
  | { readonly kind: "unloaded" }
  /** The next request tries again. */
  | { readonly kind: "failed"; readonly failure: ModelFailure };

const SHUTDOWN_WITHIN_MS = 3000;

/** A local model in a process of its own, which all windows share. Starts and loads at the first request. */
export class EmbeddedModel implements Model {
  readonly name: string;
  readonly #options: EmbeddedOptions;
  readonly #listeners = new Set<(state: EngineState) => void>();
  #state: EngineState = { kind: "idle" };
  #connection: Promise<EngineConnection> | undefined;
  #disposed = false;

  constructor(options: EmbeddedOptions) {
    this.#options = options;
    this.name = options.model.name;
  }

  get state(): EngineState {
    return this.#state;
  }

  /** Gives the function that takes the listener away. */
  onDidChangeState(listener: (state: EngineState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Throws `ModelError` of the kinds `engine-*`, `model-file-*`, `prompt-too-long`, `request-refused` (holes). */
  stream(request: ModelRequest, signal: AbortSignal): ModelStream {
    const start = performance.now();
    const usage: { -readonly [Key in keyof Usage]: Usage[Key] } = {
      promptTokens: undefined,
      cachedTokens: undefined,
      outputTokens: undefined,
      firstTokenMs: undefined,
    };
    const iterate = async function* (this: EmbeddedModel): AsyncGenerator<string, void> {
      const left = new AbortController();
      const pieces = new Pieces();
      const either = AbortSignal.any([signal, left.signal]);
      void this.#generate(request, false, (text) => pieces.push(text), either)
        .then((result) => Object.assign(usage, result))
        .then(
          () => pieces.end(),
          (error: unknown) => pieces.fail(error),
        );
      try {
        for (let text = await pieces.next(); text !== undefined; text = await pieces.next()) {
          usage.firstTokenMs ??= performance.now() - start;
          yield text;
        }
      } finally {
        left.abort();
      }
    };
    return { usage, [Symbol.asyncIterator]: () => iterate.call(this) };
  }

  /**
   * Loads the model and evaluates a prompt while nobody waits, so that a request that begins like it is
   * answered at once. Gives way to every request, of any window; what it has evaluated then stays.
   * An empty prompt only loads.
   */
  async warm(prompt: Prompt, signal: AbortSignal): Promise<void> {
    const request: ModelRequest = { prompt, purpose: "suggestion", maxTokens: 0, temperature: 0, stop: [] };
    await this.#generate(request, true, () => undefined, signal);
  }

  /** Ends the process, for all windows, starts another one and loads the model. @throws {ModelError} as `stream` */
  async restart(): Promise<void> {
    const connection = await this.#connection?.catch(() => undefined);
    await connection?.shutdown(SHUTDOWN_WITHIN_MS);
    await this.warm({ kind: "raw", parts: [] }, new AbortController().signal);
  }

  /** Closes the connection. The process ends itself some seconds after the last one. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#listeners.clear();
    const connection = await this.#connection?.catch(() => undefined);
    await connection?.close();
  }

  /** Settles at once when `signal` is aborted, with its reason. */
  async #generate(
    request: ModelRequest,
    warm: boolean,
    onText: (text: string) => void,
    signal: AbortSignal,
  ): Promise<Partial<Usage>> {
    signal.throwIfAborted();
    const aborted = Promise.withResolvers<never>();
    aborted.promise.catch(() => undefined);
    const abort = () => aborted.reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    try {
      return await Promise.race([this.#answer(request, warm, onText, signal), aborted.promise]);
    } finally {
      signal.removeEventListener("abort", abort);
    }
  }

  async #answer(
    request: ModelRequest,
    warm: boolean,
    onText: (text: string) => void,
    signal: AbortSignal,
  ): Promise<Partial<Usage>> {
    const { model, threads, idleUnloadMs } = this.#options;
    const { path, adapterPath, contextTokens } = model;
    const spec = { path, adapterPath, contextTokens, threads };
    let told = false;
    const tell = (text: string) => {
      told = true;
      if (!signal.aborted) onText(text);
    };
    for (let attempt = 0; ; attempt++) {
      const connection = await this.#connected();
      if (signal.aborted) throw signal.reason;
      const result = await connection.generate({ spec, idleUnloadMs, warm, request }, tell, signal);
      // A process that ends in good order, for one because another window restarts it, has a successor.
      const again = result === undefined && connection.endsInOrder && !told && attempt === 0;
      if (!again) return this.#settle(result);
    }
  }

  #settle(result: GenerateResult | undefined): Partial<Usage> {
    if (result?.kind === "done") return result.usage;
    // By us, or a warm-up that gave way.
    if (result?.kind === "aborted") return {};
    if (result === undefined) throw engineStopped(this.#options);
    const { failure } = result;
    if (failure.kind !== "prompt-too-long" && failure.kind !== "request-refused") {
      this.#set({ kind: "failed", failure });
    }
    throw new ModelError(failure);
  }

  #connected(): Promise<EngineConnection> {
    if (this.#disposed) return Promise.reject(new ModelError({ kind: "engine-stopped", detail: "disposed" }));
    this.#connection ??= this.#connect();
    return this.#connection;
  }

  async #connect(): Promise<EngineConnection> {
    this.#set({ kind: "starting" });
    const { folder, version, processFile, execPath } = this.#options;
    try {
      return await connectToEngine({
        folder,
        version,
        processFile,
        execPath,
        onStatus: (status) => this.#hear(status),
        onClose: (inOrder) => {
          this.#connection = undefined;
          if (this.#disposed) return;
          this.#set(inOrder ? { kind: "idle" } : { kind: "failed", failure: engineStopped(this.#options).failure });
        },
      });
    } catch (error) {
      this.#connection = undefined;
      if (error instanceof ModelError) this.#set({ kind: "failed", failure: error.failure });
      throw error;
    }
  }

  #hear(status: Status): void {
    if (status.path !== this.#options.model.path) return;
    if (status.kind === "loading") this.#set({ kind: "loading", share: status.share });
    // A failed load says so in its answer, with the reason.
    else if (status.kind === "ready" || this.#state.kind !== "failed") this.#set({ kind: status.kind });
  }

  #set(state: EngineState): void {
    if (this.#state.kind === state.kind && state.kind === "ready") return;
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}

/** Text that comes when it comes, for one reader. */
class Pieces {
  #pieces: string[] = [];
  #end: { readonly error: unknown } | "good" | undefined;
  #wake: (() => void) | undefined;

  push(text: string): void {
    this.#pieces.push(text);
    this.#wake?.();
  }

  end(): void {
    this.#end ??= "good";
    this.#wake?.();
  }

  fail(error: unknown): void {
    this.#end ??= { error };
    this.#wake?.();
  }

  /** `undefined` at the end. Throws what `fail` was given, after all pieces. */
  async next(): Promise<string | undefined> {
    while (this.#pieces.length === 0) {
      if (this.#end === "good") return undefined;
      if (this.#end !== undefined) throw this.#end.error;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    return this.#pieces.shift();
  }
}
