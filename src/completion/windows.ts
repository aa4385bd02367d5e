/** The window of one engine, from one request to the next, and what its models have told about their contexts and rates. */

import type { CursorSnapshot } from "../context/snapshot.ts";
import { nextWindow, type FileWindow, type WindowBudget } from "../context/window.ts";
import type { Model, Usage } from "../model/model.ts";
import { fitAfter, fittedBudget, type ContextFit } from "./contextFit.ts";
import { budgetOf, reservedFor } from "./prompt.ts";
import { ReadingRate, timedBudget } from "./readingRate.ts";
import type { CompletionBackend } from "./request.ts";

/** How long reading a new window may take: with somebody waiting for it, and in the background. In milliseconds. */
export const readingMs = { request: 1_000, background: 3_000 } as const;

export class Windows {
  #last: FileWindow | undefined;
  readonly #learned = new WeakMap<Model, ContextFit>();
  readonly #rates = new WeakMap<Model, ReadingRate>();

  /** The window for a caret, as near to the previous one as it may be. */
  place(cursor: CursorSnapshot, backend: CompletionBackend, ms: number = readingMs.request): FileWindow {
    this.#last = nextWindow(this.#last, cursor, this.#budget(cursor, backend, ms));
    return this.#last;
  }

  /** A shorter one after the model has refused `refused`, and for all requests from now on; `undefined` where none is. */
  shorten(
    refused: FileWindow,
    failure: { readonly tokens: number; readonly limit: number },
    cursor: CursorSnapshot,
    backend: CompletionBackend,
  ): FileWindow | undefined {
    const fit = fitAfter(failure, refused, budgetOf(backend.format), reservedFor(backend.format, cursor));
    this.#learned.set(backend.model, fit);
    const next = this.place(cursor, backend);
    return lengthOf(next) < lengthOf(refused) ? next : undefined;
  }

  /** The figures of a request that found the model ready. */
  observe(model: Model, usage: Usage): void {
    const rate = this.#rates.get(model) ?? new ReadingRate();
    this.#rates.set(model, rate);
    rate.observe(usage);
  }

  clear(): void {
    this.#last = undefined;
  }

  #budget(
    cursor: CursorSnapshot,
    { format, model, contextTokens, local }: CompletionBackend,
    ms: number,
  ): WindowBudget {
    const fit = this.#learned.get(model) ?? { contextTokens, density: 1 };
    const chars = this.#rates.get(model)?.charsIn(ms);
    // More than usual is for a model that is known to be fast enough, and that nobody pays for by the token.
    const growth = chars !== undefined && local ? MOST_GROWTH : 1;
    const most = fittedBudget(budgetOf(format, growth), fit, reservedFor(format, cursor));
    return chars === undefined ? most : timedBudget(most, chars);
  }
}

function lengthOf({ prefix, suffix }: FileWindow): number {
  return prefix.length + suffix.length;
}

const MOST_GROWTH = 2;
