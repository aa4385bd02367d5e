import { Worker } from "node:worker_threads";
import type { LedgerClock } from "./clock.ts";
import type { Failure } from "./failure.ts";
import type { FromLedger, LedgerTask, ReaderQuestions } from "./messages.ts";
import { Asked } from "./questions.ts";

/** A second thread, for what takes long: what is counted meanwhile is written meanwhile. It ends when it has nothing to answer. */
export class LedgerReader {
  readonly #workerFile: string;
  readonly #task: LedgerTask;
  readonly #clock: LedgerClock;
  readonly #asked = new Asked();
  #worker: Worker | undefined;
  #cancelIdle: (() => void) | undefined;

  constructor(workerFile: string, task: LedgerTask, clock: LedgerClock) {
    this.#workerFile = workerFile;
    this.#task = task;
    this.#clock = clock;
  }

  async ask<Kind extends keyof ReaderQuestions>(
    kind: Kind,
    ask: ReaderQuestions[Kind]["ask"],
  ): Promise<ReaderQuestions[Kind]["answer"] | Failure> {
    this.#cancelIdle?.();
    this.#worker ??= this.#start();
    const answer = await this.#asked.ask(this.#worker, kind, ask);
    if (this.#asked.count === 0) this.#cancelIdle = this.#clock.after(IDLE_MS, () => this.end());
    return answer;
  }

  end(): void {
    this.#end("closed");
  }

  /** Nobody waits for answers of this kind any more: unless others are waited for, the thread ends with the statement that it is at. */
  stop(kind: keyof ReaderQuestions): void {
    if (this.#asked.isOnly(kind)) this.#end("stopped");
  }

  #end(detail: string): void {
    this.#cancelIdle?.();
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
    this.#asked.fail({ reason: "ended", detail });
  }

  #start(): Worker {
    const worker = new Worker(this.#workerFile, { workerData: this.#task });
    worker.unref();
    worker.on("message", (message: FromLedger) => this.#asked.heard(message));
    const died = (detail: string): void => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      this.#asked.fail({ reason: "ended", detail });
    };
    worker.on("error", (error) => died(error.name));
    worker.on("exit", (code) => died(`exit ${code}`));
    return worker;
  }
}

const IDLE_MS = 10_000;
