/** Asks the thread that counts OpenAI's tokens; starts it when it is first needed and ends it when it has nothing to do. */

import { Worker } from "node:worker_threads";

export interface VocabularyPaths {
  readonly wasm: string;
  readonly vocabulary: string;
}

export interface CountQuestion {
  readonly id: number;
  readonly text: string;
}

export interface CountAnswer {
  readonly id: number;
  /** `undefined` where the vocabulary can't be loaded. */
  readonly tokens: number | undefined;
}

interface Waiting {
  resolve(tokens: number): void;
  reject(error: Error): void;
}

export class OpenAiTokenizer {
  readonly #script: string;
  readonly #paths: VocabularyPaths;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #questions = 0;
  /** What the vocabulary lacks does not come by asking again. */
  #broken: Error | undefined;

  /** `script` is the thread's file. */
  constructor(script: string, paths: VocabularyPaths) {
    this.#script = script;
    this.#paths = paths;
  }

  /** Rejects where the vocabulary can't be loaded, and for a text that is too long to be worth it. */
  count(text: string): Promise<number> {
    if (this.#broken) return Promise.reject(this.#broken);
    if (text.length > MOST_CHARS) return Promise.reject(new Error(`${text.length} characters are not counted.`));
    const worker = this.#start();
    clearTimeout(this.#idle);
    const id = (this.#questions += 1);
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    this.#waiting.set(id, { resolve, reject });
    worker.postMessage({ id, text } satisfies CountQuestion);
    return promise;
  }

  dispose(): void {
    this.#end(new Error("It has been disposed."));
  }

  #start(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(this.#script, { workerData: this.#paths });
    worker.unref();
    worker.on("message", ({ id, tokens }: CountAnswer) => this.#answered(id, tokens));
    worker.on("error", (error) => {
      if (worker !== this.#worker) return;
      this.#broken = error;
      this.#end(error);
    });
    this.#worker = worker;
    return worker;
  }

  #answered(id: number, tokens: number | undefined): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (tokens === undefined) {
      this.#broken = new Error("The vocabulary can't be loaded.");
      waiting?.reject(this.#broken);
      this.#end(this.#broken);
      return;
    }
    waiting?.resolve(tokens);
    if (this.#waiting.size > 0) return;
    this.#idle = setTimeout(() => this.#end(new Error("It had nothing to do.")), IDLE_MS);
    this.#idle.unref();
  }

  /** With the thread its 60 MB go. */
  #end(reason: Error): void {
    clearTimeout(this.#idle);
    void this.#worker?.terminate();
    this.#worker = undefined;
    for (const waiting of this.#waiting.values()) waiting.reject(reason);
    this.#waiting.clear();
  }
}

const MOST_CHARS = 400_000;
const IDLE_MS = 30_000;
