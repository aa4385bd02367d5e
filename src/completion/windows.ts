/** The window of one engine, from one request to the next, and what its models have told about their contexts. */

import type { CursorSnapshot } from "../context/snapshot.ts";
import { nextWindow, type FileWindow } from "../context/window.ts";
import type { Model } from "../model/model.ts";
import { fitAfter, fittedBudget, type ContextFit } from "./contextFit.ts";
import { budgetOf, reservedFor } from "./prompt.ts";
import type { CompletionBackend } from "./request.ts";

export class Windows {
  #last: FileWindow | undefined;
  readonly #learned = new WeakMap<Model, ContextFit>();

  /** The window for a caret, as near to the previous one as it may be. */
  place(cursor: CursorSnapshot, backend: CompletionBackend): FileWindow {
    const { format, model, contextTokens } = backend;
    const fit = this.#learned.get(model) ?? { contextTokens, density: 1 };
    const budget = fittedBudget(budgetOf(format), fit, reservedFor(format, cursor));
    this.#last = nextWindow(this.#last, cursor, budget);
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

  clear(): void {
    this.#last = undefined;
  }
}

function lengthOf({ prefix, suffix }: FileWindow): number {
  return prefix.length + suffix.length;
}
