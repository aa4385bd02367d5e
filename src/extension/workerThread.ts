/** A thread that answers questions: started when it is first needed, and ended when it has had nothing to do for a while. */

import { Worker } from "node:worker_threads";

/** What goes to the thread and comes back from it. */
export type Numbered<Message> = Message & { readonly id: number };

interface Waiting<Answer> {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

export class WorkerThread<Question extends object, Answer extends object> {
  readonly #script: string;
  readonly #workerData: unknown;
  readonly #idleMs: number;
  readonly #waiting = new Map<number, Waiting<Answer>>();
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #questions = 0;

  /** `script` is the thread's file. */
  constructor(script: string, workerData: unknown, idleMs: number) {
    this.#script = script;
    this.#workerData = workerData;
    this.#idleMs = idleMs;
  }

  /** Rejects where the thread fails, or is ended before it has answered. */
  ask(question: Question): Promise<Answer> {
    const worker = this.#start();
    clearTimeout(this.#idle);
    const id = (this.#questions += 1);
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    this.#waiting.set(id, { resolve, reject });
    worker.postMessage({ ...question, id } satisfies Numbered<Question>);
    return promise;
  }

  /** With the thread its memory goes. The next question starts another one. */
  end(reason: Error): void {
    clearTimeout(this.#idle);
    void this.#worker?.terminate();
    this.#worker = undefined;
    for (const waiting of this.#waiting.values()) waiting.reject(reason);
    this.#waiting.clear();
  }

  #start(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(this.#script, { workerData: this.#workerData });
    worker.unref();
    worker.on("message", (answer: Numbered<Answer>) => {
      if (worker === this.#worker) this.#answered(answer);
    });
    worker.on("error", (error) => {
      if (worker === this.#worker) this.end(error);
    });
    this.#worker = worker;
    return worker;
  }

  #answered(answer: Numbered<Answer>): void {
    this.#waiting.get(answer.id)?.resolve(answer);
    this.#waiting.delete(answer.id);
    if (this.#waiting.size > 0) return;
    this.#idle = setTimeout(() => this.end(new Error("It had nothing to do.")), this.#idleMs);
    this.#idle.unref();
  }
}
