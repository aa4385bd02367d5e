import type { Worker } from "node:worker_threads";
import type { Failure } from "./failure.ts";
import type { FromLedger, QuestionKind, Questions } from "./messages.ts";

/** Questions that a thread has not answered yet. */
export class Asked {
  readonly #waiting = new Map<number, { readonly kind: QuestionKind; readonly settle: (answer: unknown) => void }>();
  #lastId = 0;

  get count(): number {
    return this.#waiting.size;
  }

  /** Something of this kind waits, and nothing else. */
  isOnly(kind: QuestionKind): boolean {
    return this.count > 0 && Array.from(this.#waiting.values()).every((waiting) => waiting.kind === kind);
  }

  ask<Kind extends QuestionKind>(
    worker: Worker,
    kind: Kind,
    ask: Questions[Kind]["ask"],
  ): Promise<Questions[Kind]["answer"] | Failure> {
    const id = (this.#lastId += 1);
    const { promise, resolve } = Promise.withResolvers<Questions[Kind]["answer"] | Failure>();
    const settle = (answer: unknown): void => resolve(answer as Questions[Kind]["answer"] | Failure);
    this.#waiting.set(id, { kind, settle });
    worker.postMessage({ kind, id, ask });
    return promise;
  }

  heard(message: FromLedger): void {
    if (message.kind !== "answer" && message.kind !== "unanswered") return;
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    waiting?.settle(message.kind === "answer" ? message.answer : { reason: message.reason, detail: message.detail });
  }

  fail(failure: Failure): void {
    for (const { settle } of Array.from(this.#waiting.values())) settle(failure);
    this.#waiting.clear();
  }
}
