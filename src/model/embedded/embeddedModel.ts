import type { ModelFailure } from "../failure.ts";
import {
  ModelError,
  type Model,
  type ModelRequest,
  type ModelStream,
  type Prompt,
  unknownUsage,
  type Usage,
} from "../model.ts";
import type { Score, ScoreRequest } from "../scoring.ts";
import { settlingAtOnce } from "../settlingAtOnce.ts";
import { connectToEngine, engineStopped, type EngineConnection } from "./connection.ts";
import { CrashLoop } from "./crashLoop.ts";
import type { EmbeddedOptions } from "./embeddedOptions.ts";
import type { EngineState } from "./engineState.ts";
import { Pieces } from "./pieces.ts";
import type { NotDone, Order, Status } from "./protocol.ts";

type MutableUsage = { -readonly [Key in keyof Usage]: Usage[Key] };

/** For requests of which only the load counts. */
const nothing: ModelRequest = {
  prompt: { kind: "raw", parts: [] },
  purpose: "suggestion",
  maxTokens: 0,
  temperature: 0,
  stop: [],
};
const never = new AbortController().signal;
const SHUTDOWN_WITHIN_MS = 3000;
/** The next request starts a process that died once. */
const FREE_DEATHS = 1;

/** A local model in a process of its own, which all windows share. Starts and loads at the first request. */
export class EmbeddedModel implements Model {
  readonly name: string;
  readonly #options: EmbeddedOptions;
  readonly #listeners = new Set<(state: EngineState) => void>();
  readonly #crashes = new CrashLoop(FREE_DEATHS);
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
    const usage: MutableUsage = { ...unknownUsage };
    let isCut = false;
    const iterate = async function* (this: EmbeddedModel): AsyncGenerator<string, void> {
      const left = new AbortController();
      const pieces = new Pieces();
      const either = AbortSignal.any([signal, left.signal]);
      const reader: Reader = {
        onText: (text) => pieces.push(text),
        onCut: () => (isCut = true),
        usage,
      };
      void this.#generate(request, false, reader, either).then(
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
    return {
      usage,
      get endedBy() {
        return isCut ? "limit" : undefined;
      },
      [Symbol.asyncIterator]: () => iterate.call(this),
    };
  }

  /**
   * Loads the model and evaluates a prompt while nobody waits, so that a request that begins like it is
   * answered at once. Gives way to every request, of any window; what it has evaluated then stays.
   * An empty prompt only loads.
   */
  async warm(prompt: Prompt, signal: AbortSignal): Promise<void> {
    await this.#generate({ ...nothing, prompt }, true, undefined, signal);
  }

  /** Gives way to every request, of any window, and goes on when it is answered. Rejects as `stream` throws. */
  score({ prompt, continuation }: ScoreRequest, signal: AbortSignal): Promise<Score> {
    const request = { prompt, continuation };
    return settlingAtOnce(signal, async () => {
      const result = await this.#ask((connection) => connection.score({ ...this.#order(), request }, signal), signal);
      // Where nobody here did, something in the process has broken.
      if (result.kind === "aborted") throw signal.reason ?? new ModelError({ kind: "engine-stopped", detail: "" });
      this.#crashes.forget();
      return result.score;
    });
  }

  /**
   * Ends the process, for all windows and whoever started it, starts another one and loads the model, also where
   * the last ones died or could not load it.
   * @throws {ModelError} as `stream`
   */
  async restart(): Promise<void> {
    const connection = (await this.#connection?.catch(() => undefined)) ?? (await this.#findRunning());
    await connection?.shutdown(SHUTDOWN_WITHIN_MS);
    this.#crashes.forget();
    await this.warm(nothing.prompt, never);
  }

  /** Closes the connection. The process ends itself some seconds after the last one. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#listeners.clear();
    const connection = await this.#connection?.catch(() => undefined);
    await connection?.close();
  }

  /** Settles at once when `signal` is aborted, with its reason. */
  #generate(request: ModelRequest, warm: boolean, reader: Reader | undefined, signal: AbortSignal): Promise<void> {
    return settlingAtOnce(signal, () => this.#answer(request, warm, reader, signal));
  }

  async #answer(request: ModelRequest, warm: boolean, reader: Reader | undefined, signal: AbortSignal): Promise<void> {
    let told = false;
    const count = (usage: Partial<Usage>) => void Object.assign(reader?.usage ?? {}, usage);
    const onText = (text: string, outputTokens: number) => {
      told = true;
      this.#crashes.forget();
      if (signal.aborted) return;
      count({ outputTokens });
      reader?.onText(text);
    };
    const send = (connection: EngineConnection) =>
      connection.generate({ ...this.#order(), warm, request }, onText, signal, count);
    const result = await this.#ask(send, signal, () => !told);
    if (result.kind === "aborted") return;
    if (!warm) this.#crashes.forget();
    const { isCut, ...usage } = result.usage;
    count(usage);
    if (isCut) reader?.onCut();
  }

  /** What the process answers. @throws {ModelError} where it fails */
  async #ask<Done extends { readonly kind: "done" }>(
    send: (connection: EngineConnection) => Promise<Done | NotDone | undefined>,
    signal: AbortSignal,
    mayRepeat: () => boolean = () => true,
  ): Promise<Done | Extract<NotDone, { readonly kind: "aborted" }>> {
    for (let attempt = 0; ; attempt++) {
      const connection = await this.#connected();
      if (signal.aborted) {
        // Who typed on will ask again, and should not have to wait for all of it.
        if (this.#state.kind === "starting") this.#load(connection);
        throw signal.reason;
      }
      const result = await send(connection);
      // A process that ends in good order, for one because another window restarts it, has a successor.
      if (result === undefined && connection.endsInOrder && mayRepeat() && attempt === 0) continue;
      return this.#settle(result);
    }
  }

  /** Lets the process load the model though nobody waits for it. */
  #load(connection: EngineConnection): void {
    this.#set({ kind: "loading", share: 0 });
    const load = { ...this.#order(), warm: true, request: nothing };
    connection
      .generate(load, () => undefined, never)
      .then((result) => this.#settle(result))
      // The state tells it.
      .catch(() => undefined);
  }

  /** What every request says of the model. */
  #order(): Order {
    const { model, threads, idleUnloadMs } = this.#options;
    const { path, adapterPath, contextTokens } = model;
    return { spec: { path, adapterPath, contextTokens, threads }, idleUnloadMs };
  }

  /** An abort is ours, or that of a warm-up that gave way. */
  #settle<Done extends { readonly kind: "done" }>(result: Done | NotDone | undefined) {
    // It was aborted before its turn came, and is not what the process works on.
    if (this.#state.kind === "starting" && result !== undefined) this.#set({ kind: "unloaded" });
    if (result === undefined) throw new ModelError(this.#withWait(engineStopped(this.#options).failure));
    if (result.kind !== "failed") return result;
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

  /** The process of another window, to which this one has no connection. */
  #findRunning(): Promise<EngineConnection | undefined> {
    const ignore = () => undefined;
    const options = { ...this.#options, mayStart: false, onStatus: ignore, onClose: ignore };
    return connectToEngine(options).catch(ignore);
  }

  async #connect(): Promise<EngineConnection> {
    const { folder, version, processFile, execPath } = this.#options;
    // While it must not start one it takes one that another window has started, and says nothing of its tries.
    const mayStart = this.#crashes.mayStart(performance.now());
    if (mayStart) this.#set({ kind: "starting" });
    try {
      return await connectToEngine({
        folder,
        version,
        processFile,
        execPath,
        mayStart,
        onStatus: (status) => this.#hear(status),
        onClose: (inOrder) => {
          this.#connection = undefined;
          if (!inOrder) this.#crashes.died(performance.now());
          if (this.#disposed) return;
          const failure = this.#withWait(engineStopped(this.#options).failure);
          this.#set(inOrder ? { kind: "idle" } : { kind: "failed", failure });
        },
      });
    } catch (cause) {
      this.#connection = undefined;
      if (!mayStart && this.#state.kind === "failed") {
        throw new ModelError(this.#withWait(this.#state.failure), { cause });
      }
      const error = asModelError(cause);
      // A folder that cannot be made costs nothing to try again.
      if (mayStart && error === cause) this.#crashes.died(performance.now());
      const failure = this.#withWait(error.failure);
      this.#set({ kind: "failed", failure });
      throw new ModelError(failure, { cause });
    }
  }

  /** Says of a process that ended how long it is left alone from now on. */
  #withWait(failure: ModelFailure): ModelFailure {
    if (failure.kind !== "engine-stopped") return failure;
    const { kind, detail } = failure;
    const retryInMs = this.#crashes.waitMs(performance.now());
    return retryInMs > 0 ? { kind, detail, retryInMs } : { kind, detail };
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

/** Who gets an answer. */
interface Reader {
  readonly onText: (text: string) => void;
  /** The answer reached the upper bound. */
  readonly onCut: () => void;
  readonly usage: MutableUsage;
}

function asModelError(cause: unknown): ModelError {
  if (cause instanceof ModelError) return cause;
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new ModelError({ kind: "engine-stopped", detail }, { cause });
}
