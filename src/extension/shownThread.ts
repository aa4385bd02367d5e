/** The thread that is shown, and the others that are open. What happens to them goes to the pages. */

import { randomUUID } from "node:crypto";
import { branchOf, siblingsOf, type Thread } from "../chat/conversation.ts";
import { defaultQuestions } from "./chatDefaults.ts";
import type { FileGate } from "./chatContextReading.ts";
import type { ToChatPage } from "./chatProtocol.ts";
import { shownTurn, shownTurns, type ShownBy } from "./chatShown.ts";
import type { OpenThreads } from "./openThreads.ts";

/** Sends a message to a page. */
export type Tell = (message: ToChatPage) => void;

export interface ShownThreadParts {
  readonly ignored: FileGate;
  /** Which thread was shown last, also before the window was opened. */
  readonly last: { get(): string | undefined; set(id: string): void };
  readonly now: () => number;
}

export class ShownThread {
  readonly #parts: ShownThreadParts;
  readonly #threads: OpenThreads;
  readonly #by: ShownBy;
  readonly #tell: Tell;
  #id = "";
  /** Which one is to be shown: it may still be on its way from the disk. */
  #wanted = "";

  constructor(parts: ShownThreadParts, threads: OpenThreads, by: ShownBy, tell: Tell) {
    this.#parts = parts;
    this.#threads = threads;
    this.#by = by;
    this.#tell = tell;
  }

  /** Empty before `start`. */
  get id(): string {
    return this.#id;
  }

  get thread(): Thread | undefined {
    return this.#threads.at(this.#id);
  }

  /** The one that was shown last, or a new one. */
  async start(): Promise<void> {
    const id = this.#parts.last.get();
    const thread = id === undefined ? undefined : await this.#threads.open(id);
    if (thread) this.#become(thread.id);
    else this.begin();
  }

  /** Whether it is shown, or will be. */
  isWanted(id: string): boolean {
    return id === this.#id || id === this.#wanted;
  }

  /** What is shown stays, also where another one is on its way. */
  stay(): void {
    this.#wanted = this.#id;
  }

  /** A new one. */
  begin(): void {
    const id = randomUUID();
    this.#threads.begin(id, this.#parts.now());
    this.#become(id);
  }

  /** Whether it is shown then: it may be gone, and another one may have been wanted meanwhile. */
  async open(id: string): Promise<boolean> {
    this.#wanted = id;
    const thread = await this.#threads.open(id);
    if (this.#wanted !== id) return false;
    if (thread) this.#become(id);
    else this.stay();
    return thread !== undefined;
  }

  change(change: (thread: Thread) => Thread): Thread | undefined {
    return this.#threads.change(this.#id, change);
  }

  /** To all pages, or to one. */
  async show(tell: Tell = this.#tell): Promise<void> {
    const id = this.#id;
    const isEmpty = this.thread?.tip === undefined;
    const questions = isEmpty ? await defaultQuestions(this.#parts.ignored) : [];
    // What was asked meanwhile is shown, too; another thread shows itself.
    if (id === this.#id) this.showNow(questions, tell);
  }

  showNow(questions: readonly string[] = [], tell: Tell = this.#tell): void {
    const { thread } = this;
    if (!thread) return;
    const { id, title, draft } = thread;
    tell({ type: "thread", id, title, turns: shownTurns(thread, this.#by), draft, questions });
  }

  showTurn(id: string): void {
    const { thread } = this;
    const turn = thread?.turns.get(id);
    // An answer may be written in another version of what is looked at.
    if (!thread || !turn || !branchOf(thread).includes(turn)) return;
    const all = siblingsOf(thread, turn);
    const place = { branch: all.indexOf(turn) + 1, branches: all.length };
    this.#tell({ type: "turn", turn: shownTurn(thread, turn, place, this.#by), after: turn.parent });
  }

  #become(id: string): void {
    this.#id = id;
    this.#wanted = id;
    this.#parts.last.set(id);
  }
}
