/** The threads that are shown, or in which an answer is written. Each change goes to the store. */

import { emptyThread, type Thread } from "../chat/conversation.ts";
import type { ThreadStore } from "../chat/store.ts";

export class OpenThreads {
  readonly #store: ThreadStore;
  readonly #threads = new Map<string, Thread>();

  constructor(store: ThreadStore) {
    this.#store = store;
  }

  at(id: string): Thread | undefined {
    return this.#threads.get(id);
  }

  begin(id: string, now: number): Thread {
    const thread = emptyThread(id, now);
    this.#threads.set(id, thread);
    return thread;
  }

  /** `undefined` where there is none any more. */
  async open(id: string): Promise<Thread | undefined> {
    const found = await this.#store.open(id);
    const thread = this.#threads.get(id) ?? found;
    if (found && thread) this.#threads.set(id, thread);
    return found && thread;
  }

  /** Gives the thread as it is then; `undefined` where it was left or removed. */
  change(id: string, change: (thread: Thread) => Thread): Thread | undefined {
    const before = this.#threads.get(id);
    if (!before) return undefined;
    const after = change(before);
    if (after === before) return before;
    this.#threads.set(id, after);
    this.#store.save(after);
    return after;
  }

  leave(id: string): void {
    if (this.#threads.delete(id)) this.#store.leave(id);
  }

  async remove(id: string): Promise<void> {
    this.#threads.delete(id);
    await this.#store.remove(id);
  }
}
