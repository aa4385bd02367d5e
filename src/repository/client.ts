/** The index of one folder, for those who ask it; it lives in a thread of its own. */

import { Worker } from "node:worker_threads";
import type { CaretQuery } from "../context/index/query.ts";
import type { Piece } from "../context/pieces.ts";
import type { IndexProgress, IndexSummary } from "./indexer.ts";
import type { FromIndex, IndexTask, ToIndex } from "./messages.ts";

export type IndexState =
  | ({ readonly kind: "reading" } & IndexProgress)
  | { readonly kind: "ready"; readonly summary: IndexSummary; readonly keeps: boolean }
  /** Its thread has ended, more than once. `reason` is for a log. */
  | { readonly kind: "failed"; readonly reason: string };

export interface RepositoryClientOptions {
  /** The built thread. */
  readonly workerFile: string;
  readonly task: IndexTask;
  readonly onState: (state: IndexState) => void;
}

export class RepositoryClient {
  readonly #options: RepositoryClientOptions;
  readonly #waiting = new Map<number, (pieces: readonly Piece[]) => void>();
  #worker: Worker | undefined;
  #state: IndexState = { kind: "reading", done: 0, total: 0 };
  #nextId = 0;
  #deaths = 0;
  #ended = false;

  constructor(options: RepositoryClientOptions) {
    this.#options = options;
    this.#start();
  }

  get state(): IndexState {
    return this.#state;
  }

  /** Nothing where there is no thread, and where the signal aborts first. Never rejects. */
  query(query: CaretQuery, signal: AbortSignal): Promise<readonly Piece[]> {
    if (!this.#worker || signal.aborted) return Promise.resolve([]);
    const id = (this.#nextId += 1);
    const { promise, resolve } = Promise.withResolvers<readonly Piece[]>();
    const settle = (pieces: readonly Piece[]): void => {
      this.#waiting.delete(id);
      signal.removeEventListener("abort", give);
      resolve(pieces);
    };
    const give = (): void => settle([]);
    signal.addEventListener("abort", give, { once: true });
    this.#waiting.set(id, settle);
    this.#tell({ kind: "query", id, query });
    return promise;
  }

  /** Files or folders that may have been written, made or removed; relative to the root. Resolves when the index has heard of it. */
  changed(paths: readonly string[]): Promise<void> {
    if (!this.#worker) return Promise.resolve();
    const id = (this.#nextId += 1);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.set(id, () => {
      this.#waiting.delete(id);
      resolve();
    });
    this.#tell({ kind: "changed", id, paths });
    return promise;
  }

  /** A text that is not on the disk yet. */
  edited(path: string, text: string): void {
    this.#tell({ kind: "edited", path, text });
  }

  /** Looks for what has changed, or reads everything again. */
  update(anew: boolean): void {
    this.#set({ kind: "reading", done: 0, total: 0 });
    if (this.#worker) this.#tell({ kind: "update", anew });
    else this.#start();
  }

  /** What is stored stays. Resolves when the thread has ended. */
  async end(): Promise<void> {
    this.#ended = true;
    const worker = this.#worker;
    if (!worker) return;
    const over = new Promise((resolve) => worker.once("exit", resolve));
    this.#tell({ kind: "end" });
    // It ends by itself after the file in hand, unless something is wrong with it.
    const tooLong = setTimeout(() => void worker.terminate(), ENDING_MS);
    await over;
    clearTimeout(tooLong);
  }

  #tell(message: ToIndex): void {
    this.#worker?.postMessage(message);
  }

  #start(): void {
    const worker = new Worker(this.#options.workerFile, {
      workerData: this.#options.task,
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES, maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
      stderr: true,
    });
    // Node's warning that its SQLite is young is of no use to anybody here.
    worker.stderr.resume();
    // The editor must not stay open for it.
    worker.unref();
    worker.on("message", (message: FromIndex) => this.#heard(message));
    worker.on("error", (error: unknown) => this.#died(worker, error instanceof Error ? error.message : String(error)));
    worker.on("exit", (code) => this.#died(worker, `exit ${code}`));
    this.#worker = worker;
  }

  #heard(message: FromIndex): void {
    switch (message.kind) {
      case "pieces":
        return this.#waiting.get(message.id)?.(message.pieces);
      case "changed":
        return this.#waiting.get(message.id)?.([]);
      case "progress":
        return this.#set({ kind: "reading", done: message.done, total: message.total });
      case "ready":
        this.#deaths = 0;
        return this.#set({ kind: "ready", summary: message.summary, keeps: message.keeps });
    }
  }

  /** Once it is started again, where it takes up what was stored; then it stays away. */
  #died(worker: Worker, reason: string): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    for (const settle of Array.from(this.#waiting.values())) settle([]);
    if (this.#ended) return;
    this.#deaths += 1;
    if (this.#deaths <= 1) this.#start();
    else this.#set({ kind: "failed", reason });
  }

  #set(state: IndexState): void {
    this.#state = state;
    this.#options.onState(state);
  }
}

const ENDING_MS = 2_000;
/** Of the thread's heap. 10,000 files take a quarter of it; the less it may have, the less it keeps of what it needs no more. */
const MOST_MEGABYTES = 256;
const YOUNG_MEGABYTES = 32;
