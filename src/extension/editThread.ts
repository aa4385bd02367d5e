/** Asks the thread that reads files and puts blocks of answers into them; starts it when it is first needed and ends it when it has nothing to do. */

import { Worker } from "node:worker_threads";
import type { AnswerBlock, TargetFile } from "../edit/applyBlock.ts";
import type { BareFile } from "../edit/bareCode.ts";
import type { FoundDefinition } from "../edit/definitionAt.ts";
import type { EditOutcome } from "../edit/editOf.ts";

export interface EditTask {
  /** The folder of the grammars. */
  readonly grammars: string;
}

export type EditQuestion = { readonly id: number } & Asked;

type Asked =
  | { readonly kind: "apply"; readonly file: TargetFile; readonly block: AnswerBlock }
  | { readonly kind: "bare"; readonly file: BareFile; readonly reply: string }
  | { readonly kind: "definition"; readonly text: string; readonly languageId: string; readonly row: number };

export type EditAnswer = { readonly id: number } & (Told | { readonly kind: "fault"; readonly fault: string });

type Told =
  | { readonly kind: "apply"; readonly outcome: EditOutcome }
  | { readonly kind: "bare"; readonly isCode: boolean }
  | { readonly kind: "definition"; readonly found: FoundDefinition };

interface Waiting {
  resolve(told: Told): void;
  reject(error: Error): void;
}

export class EditThread {
  readonly #script: string;
  readonly #task: EditTask;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #questions = 0;

  /** `script` is the thread's file. */
  constructor(script: string, task: EditTask) {
    this.#script = script;
    this.#task = task;
  }

  /** Rejects where the thread fails, or takes far too long. */
  async apply(file: TargetFile, block: AnswerBlock): Promise<EditOutcome> {
    const told = await this.#ask({ kind: "apply", file, block });
    if (told.kind !== "apply") throw new Error(`It answered with ${told.kind}.`);
    return told.outcome;
  }

  /** Whether a reply without a fence is code for this file. Rejects as `apply` does. */
  async isBareCode(reply: string, file: BareFile): Promise<boolean> {
    const told = await this.#ask({ kind: "bare", file, reply });
    if (told.kind !== "bare") throw new Error(`It answered with ${told.kind}.`);
    return told.isCode;
  }

  /** What the row belongs to, by the grammar or by indentation. Rejects as `apply` does. */
  async definitionAt(text: string, languageId: string, row: number): Promise<FoundDefinition> {
    const told = await this.#ask({ kind: "definition", text, languageId, row });
    if (told.kind !== "definition") throw new Error(`It answered with ${told.kind}.`);
    return told.found;
  }

  dispose(): void {
    this.#end(new Error("It has been disposed."));
  }

  #ask(asked: Asked): Promise<Told> {
    const worker = this.#start();
    clearTimeout(this.#idle);
    const id = (this.#questions += 1);
    const { promise, resolve, reject } = Promise.withResolvers<Told>();
    this.#waiting.set(id, { resolve, reject });
    worker.postMessage({ id, ...asked } satisfies EditQuestion);
    const timer = setTimeout(() => this.#end(new Error(`Not done after ${LIMIT_MS / 1000} s.`)), LIMIT_MS);
    return promise.finally(() => clearTimeout(timer));
  }

  #start(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(this.#script, { workerData: this.#task });
    worker.unref();
    worker.on("message", (answer: EditAnswer) => this.#answered(answer));
    worker.on("error", (error) => {
      if (worker === this.#worker) this.#end(error);
    });
    this.#worker = worker;
    return worker;
  }

  #answered(answer: EditAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (answer.kind === "fault") waiting?.reject(new Error(answer.fault));
    else waiting?.resolve(answer);
    if (this.#waiting.size > 0) return;
    this.#idle = setTimeout(() => this.#end(new Error("It had nothing to do.")), IDLE_MS);
    this.#idle.unref();
  }

  /** With the thread its memory goes. */
  #end(reason: Error): void {
    clearTimeout(this.#idle);
    void this.#worker?.terminate();
    this.#worker = undefined;
    for (const waiting of this.#waiting.values()) waiting.reject(reason);
    this.#waiting.clear();
  }
}

const LIMIT_MS = 20_000;
const IDLE_MS = 60_000;
