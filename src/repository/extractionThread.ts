/** Parses in a thread of its own, so that queries do not wait for it, and what parsing took of memory is given back with the thread. */

import { Worker } from "node:worker_threads";
import { type FileFacts, noFacts } from "../context/index/facts.ts";
import type { Chunk } from "../context/retrieval/chunks.ts";

/** What there is to know of a text. */
export interface Extracted {
  readonly facts: FileFacts;
  readonly chunks: readonly Chunk[];
}

export const nothingIn = (languageId: string): Extracted => ({ facts: noFacts(languageId), chunks: [] });

export interface ExtractionTask {
  /** The folder of the grammars. */
  readonly grammars: string;
}

export interface ToExtraction {
  readonly id: number;
  readonly text: string;
  readonly languageId: string;
}

export interface FromExtraction extends Extracted {
  readonly id: number;
}

/** `ended` where the thread was told to end first: nothing is known of the text, least of all that there is nothing in it. */
export type Extraction = Extracted | "ended";

interface Waiting {
  readonly question: ToExtraction;
  readonly settle: (extraction: Extraction) => void;
}

export class ExtractionThread {
  readonly #file: string;
  readonly #task: ExtractionTask;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #tooLong: NodeJS.Timeout | undefined;
  #nextId = 0;
  /** By the thread that runs now. */
  #texts = 0;
  #ended = false;

  /** @param file the built thread */
  constructor(file: string, task: ExtractionTask) {
    this.#file = file;
    this.#task = task;
  }

  /** Starts the thread if need be. A text that it dies of, or takes too long for, has nothing. Never rejects. */
  extract(text: string, languageId: string): Promise<Extraction> {
    if (this.#ended) return Promise.resolve("ended");
    clearTimeout(this.#idle);
    const question = { id: (this.#nextId += 1), text, languageId };
    const { promise, resolve } = Promise.withResolvers<Extraction>();
    this.#waiting.set(question.id, { question, settle: resolve });
    this.#ask(question);
    return promise;
  }

  /** After many texts: what the thread took for them is given back at once. */
  rest(): void {
    if (this.#texts > MANY_TEXTS && this.#waiting.size === 0) this.#end();
  }

  dispose(): void {
    this.#ended = true;
    this.#end();
    for (const { settle } of this.#waiting.values()) settle("ended");
    this.#waiting.clear();
  }

  #ask(question: ToExtraction): void {
    this.#worker ??= this.#start();
    this.#texts += 1;
    this.#worker.postMessage(question);
    if (this.#waiting.size === 1) this.#watch();
  }

  #start(): Worker {
    const worker = new Worker(this.#file, {
      workerData: this.#task,
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES, maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
    });
    worker.unref();
    worker.on("message", ({ id, ...extracted }: FromExtraction) => this.#answered(id, extracted));
    const died = (): void => {
      if (this.#worker === worker) this.#giveUp();
    };
    worker.on("error", died);
    worker.on("exit", died);
    return worker;
  }

  #answered(id: number, extracted: Extracted): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    clearTimeout(this.#tooLong);
    if (this.#waiting.size > 0) this.#watch();
    else this.#idle = setTimeout(() => this.#end(), IDLE_MS).unref();
    waiting?.settle(extracted);
  }

  /** Of the text in hand, which is the one that has waited longest. */
  #watch(): void {
    clearTimeout(this.#tooLong);
    this.#tooLong = setTimeout(() => this.#giveUp(), MOST_MS);
  }

  /** The others begin anew in another thread. */
  #giveUp(): void {
    this.#end();
    const [first, ...others] = Array.from(this.#waiting.values());
    this.#waiting.clear();
    for (const other of others) {
      this.#waiting.set(other.question.id, other);
      this.#ask(other.question);
    }
    first?.settle(nothingIn(first.question.languageId));
  }

  #end(): void {
    clearTimeout(this.#idle);
    clearTimeout(this.#tooLong);
    this.#texts = 0;
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
  }
}

/** A file of a megabyte takes a second or two. */
const MOST_MS = 20_000;
/** Starting it takes some 50 ms: nothing for somebody who saves now and then. */
const IDLE_MS = 30_000;
const MANY_TEXTS = 200;
const MOST_MEGABYTES = 128;
const YOUNG_MEGABYTES = 16;
