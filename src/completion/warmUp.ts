/** Has found what a model will be shown, and has the model evaluate it, while nobody waits. */

import type { CursorSnapshot } from "../context/snapshot.ts";
import { nearby } from "./cursor.ts";
import { defaultCompletionOptions, type CompletionDependencies } from "./options.ts";
import { askAbout } from "./prompt.ts";
import type { SurroundingPieces } from "./surroundingPieces.ts";
import { readingMs, type Windows } from "./windows.ts";

type Dependencies = Pick<CompletionDependencies, "backend" | "clock" | "options">;

/** One at a time: a newer place, or a request, ends it. What was evaluated by then the model keeps. */
export class WarmUp {
  readonly #backend: CompletionDependencies["backend"];
  readonly #clock: CompletionDependencies["clock"];
  readonly #options: CompletionDependencies["options"];
  readonly #windows: Windows;
  readonly #pieces: SurroundingPieces;
  #running: AbortController | undefined;

  constructor({ backend, clock, options }: Dependencies, windows: Windows, pieces: SurroundingPieces) {
    this.#backend = backend;
    this.#clock = clock;
    this.#options = options;
    this.#windows = windows;
    this.#pieces = pieces;
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

  /** Finds what other files have for a place at which a suggestion may be asked for in a moment. */
  prepare(cursor: CursorSnapshot): void {
    // Where something is wrong with the model, the request says so.
    this.#prepare(cursor).catch(() => undefined);
  }

  async #prepare(cursor: CursorSnapshot): Promise<void> {
    const backend = await this.#backend();
    const options = { ...defaultCompletionOptions, ...this.#options(cursor) };
    const window = this.#windows.plan(cursor, backend, readingMs.request);
    this.#pieces.prepare(cursor, window, backend, options, readingMs.request);
  }

  async #evaluate(cursor: CursorSnapshot, signal: AbortSignal): Promise<void> {
    const { warm, ...backend } = await this.#backend();
    if (signal.aborted) return;
    if (warm === undefined) return this.#prepare(cursor);
    const urgent = this.#windows.plan(cursor, backend, readingMs.request);
    const roomy = this.#windows.plan(cursor, backend, readingMs.background);
    const isWorthIt = roomy.prefix.length > urgent.prefix.length * WORTH_IT;
    const window = isWorthIt ? roomy : urgent;
    const options = { ...defaultCompletionOptions, ...this.#options(cursor) };
    const shown = await this.#pieces.plan(cursor, window, backend, options, readingMs.background, signal);
    if (signal.aborted) return;
    const keepAll = (): void => {
      this.#windows.keep(window);
      this.#pieces.keep(shown);
    };
    // What a request would be shown can be read in part.
    if (!isWorthIt && shown.pieces.length === 0) keepAll();
    const { format, heals = false } = backend;
    const asking = { format, shape: "line", heals, second: false, override: backend.promptAt?.(cursor) } as const;
    const { request } = askAbout(nearby(cursor), window, shown.pieces, asking);
    const startedAt = this.#clock.now();
    // A request that comes early is better off with a shorter window than with most of this one still to read.
    const keep = (): void => {
      if (this.#clock.now() - startedAt >= readingMs.background - readingMs.request) keepAll();
    };
    signal.addEventListener("abort", keep, { once: true });
    try {
      await warm(request.prompt, signal, request.provenance);
      if (!signal.aborted) keepAll();
    } finally {
      signal.removeEventListener("abort", keep);
    }
  }
}

/** So many times longer a window has to be for reading it to be worth more than what an early request can keep of it. */
const WORTH_IT = 1.5;
