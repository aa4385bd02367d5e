/** The answers that are being written, one in a thread at a time; also in threads that are not shown. */

import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import { type Answer, type Thread, type Turn, withTurn } from "../chat/conversation.ts";
import { answered } from "../chat/threads.ts";
import type { Wait } from "../model/model.ts";
import { describeWait } from "./chatFailures.ts";
import { notReadWords } from "./chatContextWords.ts";
import type { ChatModels } from "./chatPorts.ts";
import { questionOf } from "./chatQuestion.ts";
import { ChatRun, type RunParts } from "./chatRun.ts";
import type { OpenThreads } from "./openThreads.ts";
import { sentences } from "./punctuation.ts";

export interface AnsweringParts extends RunParts {
  readonly models: Pick<ChatModels, "open" | "standard">;
  /** The last request to a model, by the record's id. */
  readonly lastRequest: () => number | undefined;
  readonly now: () => number;
}

export interface AnsweringEvents {
  /** The turn is another one than before. */
  readonly changed: (thread: string, turn: string) => void;
  readonly appended: (thread: string, answer: string, text: string) => void;
  readonly begun: (thread: string) => void;
  readonly ended: (thread: string) => void;
}

export class Answering {
  readonly #parts: AnsweringParts;
  readonly #threads: OpenThreads;
  readonly #events: AnsweringEvents;
  /** By the thread's id. */
  readonly #runs = new Map<string, ChatRun>();
  /** Of a question: what of its attachments was not read. */
  readonly #notRead = new Map<string, string>();
  /** By the answer's id, as far as they are remembered. */
  readonly #requests = new Map<string, number>();
  /** By the answer's id. */
  readonly #waits = new Map<string, Wait>();
  /** Of calls of tools that wait for the user, by `permitKey`. */
  readonly #permits = new Map<string, (answer: "once" | "always" | "no") => void>();

  constructor(parts: AnsweringParts, threads: OpenThreads, events: AnsweringEvents) {
    this.#parts = parts;
    this.#threads = threads;
    this.#events = events;
  }

  isBusy(thread: string): boolean {
    return this.#runs.has(thread);
  }

  notRead(question: string): string {
    return this.#notRead.get(question) ?? "";
  }

  /** For how long an answer's server wants to be left alone; empty where it does not. */
  waitWords(answer: string): string {
    const wait = this.#waits.get(answer);
    return wait ? describeWait(wait, this.#parts.now()) : "";
  }

  requestOf(answer: string): number | undefined {
    return this.#requests.get(answer);
  }

  stop(thread: string): void {
    this.#runs.get(thread)?.stop();
  }

  permit(answer: string, tool: string, reply: "once" | "always" | "no"): void {
    this.#permits.get(permitKey(answer, tool))?.(reply);
  }

  /** Resolves when no answer is being written any more. */
  async idle(): Promise<void> {
    await Promise.all(Array.from(this.#runs.values(), ({ ended }) => ended));
  }

  stopAll(): void {
    for (const run of this.#runs.values()) run.stop();
  }

  /** What had arrived stays as another version of it; where that is nothing, the new one takes its place. `false` while another one is being written. */
  again(thread: string, answer: Answer): boolean {
    if (this.isBusy(thread)) return false;
    const isEmpty = answer.text === "" && answer.tools.length === 0;
    this.answer(thread, answer.parent, isEmpty ? answer.id : undefined);
    return true;
  }

  /** What follows an answer that was cut is the next turn. `false` while another one is being written. */
  goOn(thread: string, answer: Answer): boolean {
    if (this.isBusy(thread)) return false;
    const now = this.#parts.now();
    const text = vscode.l10n.t("Go on exactly where you stopped.");
    const question = { ...questionOf({ text, command: undefined }, [], [], now), parent: answer.id };
    this.#threads.change(thread, (old) => withTurn(old, question, now));
    this.#events.changed(thread, question.id);
    this.answer(thread, question.id);
    return true;
  }

  answer(thread: string, question: string, id?: string): void {
    const answer = this.#begin(thread, question, id);
    const before = this.#parts.lastRequest();
    const run = new ChatRun(
      this.#parts,
      {
        thread: () => this.#threads.at(thread),
        change: (turn) => {
          this.#replace(thread, turn);
          this.#events.changed(thread, turn.id);
        },
        append: (turn, text) => {
          this.#replace(thread, turn);
          this.#events.appended(thread, turn.id, text);
        },
        onRead: (asked, read) => this.#notRead.set(asked, sentences(...read.flatMap(notReadWords))),
        onWait: (wait) => this.#wait(thread, answer.id, wait),
        permit: (tool, signal) => this.#ask(permitKey(answer.id, tool.id), tool.name, signal),
      },
      answer,
    );
    this.#runs.set(thread, run);
    this.#events.begun(thread);
    void run.ended.then(() => this.#end(thread, answer.id, before));
  }

  /** Without a model. */
  answerItself(thread: string, question: string, text: string): void {
    const { id } = this.#begin(thread, question, undefined, { text, state: { kind: "done" }, model: "" });
    this.#events.changed(thread, id);
  }

  #begin(thread: string, question: string, id: string = randomUUID(), more: Partial<Answer> = {}): Answer {
    const answer: Answer = {
      role: "answer",
      id,
      parent: question,
      at: this.#parts.now(),
      text: "",
      model: this.#threads.at(thread)?.model ?? this.#parts.models.standard,
      state: { kind: "running" },
      tools: [],
      pieces: [],
      promptTokens: undefined,
      outputTokens: undefined,
      turnsLeftOut: 0,
      ...more,
    };
    this.#threads.change(thread, (old) => answered(old, answer, this.#parts.now()));
    this.#events.changed(thread, answer.id);
    return answer;
  }

  #wait(thread: string, answer: string, wait: Wait | undefined): void {
    if (!wait && !this.#waits.has(answer)) return;
    if (wait) this.#waits.set(answer, wait);
    else this.#waits.delete(answer);
    this.#events.changed(thread, answer);
  }

  /** Keeps what is shown. */
  #replace(thread: string, turn: Turn): void {
    const change = (old: Thread): Thread =>
      old.turns.has(turn.id)
        ? { ...old, turns: new Map(old.turns).set(turn.id, turn), changedAt: this.#parts.now() }
        : old;
    this.#threads.change(thread, change);
  }

  /** @param before the last request before this answer's; while nothing is recorded there is no other one */
  #end(thread: string, answer: string, before: number | undefined): void {
    this.#runs.delete(thread);
    const request = this.#parts.lastRequest();
    if (request !== undefined && request !== before) this.#requests.set(answer, request);
    this.#events.ended(thread);
  }

  #ask(key: string, name: string, signal: AbortSignal): Promise<boolean> {
    const { promise, resolve, reject } = Promise.withResolvers<boolean>();
    const refuse = (): void => reject(signal.reason as Error);
    signal.addEventListener("abort", refuse, { once: true });
    this.#permits.set(key, (answer) => {
      if (answer === "always") this.#parts.tools.allow(name);
      resolve(answer !== "no");
    });
    return promise.finally(() => {
      this.#permits.delete(key);
      signal.removeEventListener("abort", refuse);
    });
  }
}

/** Servers count their calls, so that answers in two threads may both have a first one. */
function permitKey(answer: string, tool: string): string {
  return JSON.stringify([answer, tool]);
}
