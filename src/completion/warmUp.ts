/** Has the model evaluate what it will be shown, while nobody waits. */

import type { CursorSnapshot } from "../context/snapshot.ts";
import { nearby } from "./cursor.ts";
import type { CompletionDependencies } from "./options.ts";
import { askAbout } from "./prompt.ts";
import { readingMs, type Windows } from "./windows.ts";

/** One at a time: a newer place, or a request, ends it. What was evaluated by then the model keeps. */
export class WarmUp {
  readonly #backend: CompletionDependencies["backend"];
  readonly #windows: Windows;
  #running: AbortController | undefined;

  constructor(backend: CompletionDependencies["backend"], windows: Windows) {
    this.#backend = backend;
    this.#windows = windows;
  }

  start(cursor: CursorSnapshot): void {
    this.stop();
    const controller = new AbortController();
    this.#running = controller;
    // Nobody waits for it, and nobody is told: if something is wrong with the model, the next request says so.
    this.#evaluate(cursor, controller.signal).catch(() => undefined);
  }

  stop(): void {
    this.#running?.abort();
    this.#running = undefined;
  }

  async #evaluate(cursor: CursorSnapshot, signal: AbortSignal): Promise<void> {
    const { warm, ...backend } = await this.#backend();
    if (signal.aborted || warm === undefined) return;
    const window = this.#windows.place(cursor, backend, readingMs.background);
    const { format, heals = false } = backend;
    const { request } = askAbout(nearby(cursor), window, { format, shape: "line", heals, second: false });
    await warm(request.prompt, signal);
  }
}
