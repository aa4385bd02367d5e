/** Has files read, and blocks of answers put into them, in a thread of its own. */

import type { AnswerBlock, TargetFile } from "../edit/applyBlock.ts";
import type { BareFile } from "../edit/bareCode.ts";
import type { FoundDefinition } from "../edit/definitionAt.ts";
import type { EditOutcome } from "../edit/editOf.ts";
import { type Numbered, WorkerThread } from "./workerThread.ts";

export interface EditTask {
  /** The folder of the grammars. */
  readonly grammars: string;
}

type Asked =
  | { readonly kind: "apply"; readonly file: TargetFile; readonly block: AnswerBlock }
  | { readonly kind: "bare"; readonly file: BareFile; readonly reply: string }
  | { readonly kind: "definition"; readonly text: string; readonly languageId: string; readonly row: number };

type Told =
  | { readonly kind: "apply"; readonly outcome: EditOutcome }
  | { readonly kind: "bare"; readonly isCode: boolean }
  | { readonly kind: "definition"; readonly found: FoundDefinition }
  | { readonly kind: "fault"; readonly fault: string };

export type EditQuestion = Numbered<Asked>;
export type EditAnswer = Numbered<Told>;

export class EditThread {
  readonly #thread: WorkerThread<Asked, Told>;

  /** `script` is the thread's file. */
  constructor(script: string, task: EditTask) {
    this.#thread = new WorkerThread(script, task, IDLE_MS);
  }

  /** Rejects where the thread fails, or takes far too long. */
  async apply(file: TargetFile, block: AnswerBlock): Promise<EditOutcome> {
    const told = await this.#ask({ kind: "apply", file, block });
    if (told.kind !== "apply") throw unexpected(told);
    return told.outcome;
  }

  /** Whether a reply without a fence is code for this file. Rejects as `apply` does. */
  async isBareCode(reply: string, file: BareFile): Promise<boolean> {
    const told = await this.#ask({ kind: "bare", file, reply });
    if (told.kind !== "bare") throw unexpected(told);
    return told.isCode;
  }

  /** What the row belongs to, by the grammar or by indentation. Rejects as `apply` does. */
  async definitionAt(text: string, languageId: string, row: number): Promise<FoundDefinition> {
    const told = await this.#ask({ kind: "definition", text, languageId, row });
    if (told.kind !== "definition") throw unexpected(told);
    return told.found;
  }

  dispose(): void {
    this.#thread.end(new Error("It has been disposed."));
  }

  async #ask(asked: Asked): Promise<Told> {
    const late = new Error(`Not done after ${LIMIT_MS / 1000} s.`);
    const timer = setTimeout(() => this.#thread.end(late), LIMIT_MS);
    try {
      return await this.#thread.ask(asked);
    } finally {
      clearTimeout(timer);
    }
  }
}

function unexpected(told: Told): Error {
  return new Error(told.kind === "fault" ? told.fault : `It answered with ${told.kind}.`);
}

const LIMIT_MS = 20_000;
const IDLE_MS = 60_000;
