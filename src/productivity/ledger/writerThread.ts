/** The thread that writes, as seen from outside: started, asked, and ended in good time. */

import { Worker } from "node:worker_threads";
import type { Batch } from "./batches.ts";
import type { Failure } from "./failure.ts";
import type { FromLedger, LedgerTask, Questions, Told, ToLedger, WriterQuestions } from "./messages.ts";
import { Asked } from "./questions.ts";

export interface WriterThreadNeeds {
  readonly workerFile: string;
  readonly task: LedgerTask;
  readonly heard: (message: Told) => void;
  /** By itself. `detail` is for a log. */
  readonly died: (detail: string) => void;
}

/** Of what has become of a batch: its number. */
function batchOf(message: Told): number | undefined {
  if (message.kind === "appended") return message.number;
  return message.kind === "stopped" ? message.batch : undefined;
}

export class WriterThread {
  readonly #needs: WriterThreadNeeds;
  readonly #asked = new Asked();
  #worker: Worker | undefined;
  #days = 0;
  /** The number of the batch that it has, and of which it has not said yet whether it is written. */
  #batch: number | undefined;

  constructor(needs: WriterThreadNeeds) {
    this.#needs = needs;
  }

  get lives(): boolean {
    return this.#worker !== undefined;
  }

  get hasBatch(): boolean {
    return this.#batch !== undefined;
  }

  start(): void {
    this.#batch = undefined;
    const { workerFile, task, heard } = this.#needs;
    const worker = new Worker(workerFile, { workerData: task });
    worker.on("message", (message: FromLedger) => {
      if (this.#worker !== worker) return;
      if (message.kind === "answer" || message.kind === "unanswered") this.#asked.heard(message);
      else {
        if (batchOf(message) === this.#batch) this.#batch = undefined;
        heard(message);
      }
    });
    worker.on("error", (error) => this.#died(worker, error.name));
    worker.on("exit", (code) => this.#died(worker, `exit ${code}`));
    this.#worker = worker;
    this.keepFor(this.#days);
  }

  /** Also when it is started again. 0: for ever. */
  keepFor(days: number): void {
    this.#days = days;
    this.post({ kind: "keep", days });
  }

  /** False where it has it already: one that hangs is not given the same over and over. */
  append(batch: Batch): boolean {
    if (this.#batch === batch.number) return false;
    this.#batch = batch.number;
    this.post({ kind: "append", ...batch });
    return true;
  }

  /** Lost where it does not live. */
  post(message: ToLedger): void {
    this.#worker?.postMessage(message);
  }

  ask<Kind extends keyof WriterQuestions>(
    kind: Kind,
    ask: Questions[Kind]["ask"],
  ): Promise<Questions[Kind]["answer"] | Failure> {
    const worker = this.#worker;
    if (!worker) return Promise.resolve({ reason: "ended", detail: "no thread" });
    return this.#asked.ask(worker, kind, ask);
  }

  /** What it has been given is done first, as far as the time is enough. Not waited for any longer: it may be held up by others. */
  async end(outOfTime: Promise<unknown>): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    if (worker) {
      const over = new Promise((resolve) => worker.once("exit", resolve));
      worker.postMessage({ kind: "close" } satisfies ToLedger);
      await Promise.race([over, outOfTime]);
      void worker.terminate();
    }
    this.#asked.fail({ reason: "ended", detail: "closed" });
  }

  #died(worker: Worker, detail: string): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    this.#asked.fail({ reason: "ended", detail });
    this.#needs.died(detail);
  }
}
