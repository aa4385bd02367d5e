/** What has happened in a session so far, in figures. */

import type { CompletionEvent } from "../../src/completion/engine.ts";
import type { Origin } from "../../src/completion/suggestion.ts";
import type { RequestRecord } from "./recordingModel.ts";

export interface Counts {
  /** Calls of the engine that have settled. */
  readonly asks: number;
  /** To the model. */
  readonly requests: number;
  readonly openStreams: number;
  /** Requests by how they ended. */
  readonly ended: Readonly<Record<NonNullable<RequestRecord["end"]>, number>>;
  /** Suggestions by where they came from: `typed-through` and `cache` are reuse, `joined` a request under way. */
  readonly offered: Readonly<Record<Origin, number>>;
  readonly dropped: Readonly<Record<string, number>>;
  readonly cancelled: number;
  readonly failed: Readonly<Record<string, number>>;
  readonly broken: number;
  /** Of the requests that told: all tokens of their prompts, and those that were evaluated before. */
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly outputTokens: number;
  /** Of requests to a model, retries included: characters of the file in the prompt. */
  readonly promptChars: number;
}

export class Counters {
  readonly #records: RequestRecord[] = [];
  readonly #offered: Record<Origin, number> = { "typed-through": 0, cache: 0, joined: 0, model: 0 };
  readonly #dropped: Record<string, number> = {};
  readonly #failed: Record<string, number> = {};
  #asks = 0;
  #cancelled = 0;
  #broken = 0;
  #promptChars = 0;

  begun(record: RequestRecord): void {
    this.#records.push(record);
  }

  observe(event: CompletionEvent): void {
    if (event.kind === "requested") this.#promptChars += event.promptChars;
    if (event.kind !== "settled") return;
    this.#asks += 1;
    const { outcome } = event;
    switch (outcome.kind) {
      case "offered":
        this.#offered[outcome.origin] += 1;
        break;
      case "dropped":
        addOne(this.#dropped, outcome.reason);
        break;
      case "cancelled":
        this.#cancelled += 1;
        break;
      case "failed":
        addOne(this.#failed, outcome.failure.kind);
        break;
      case "broken":
        this.#broken += 1;
    }
  }

  counts(): Counts {
    const ended = { done: 0, left: 0, aborted: 0, failed: 0 };
    let openStreams = 0;
    const tokens = { promptTokens: 0, cachedTokens: 0, outputTokens: 0 };
    for (const { end, usage } of this.#records) {
      if (end === undefined) openStreams += 1;
      else ended[end] += 1;
      // A server that does not say what it had cached says nothing of its work.
      tokens.promptTokens += usage.promptTokens ?? 0;
      tokens.cachedTokens += usage.cachedTokens ?? 0;
      tokens.outputTokens += usage.outputTokens ?? 0;
    }
    return {
      asks: this.#asks,
      requests: this.#records.length,
      openStreams,
      ended,
      offered: { ...this.#offered },
      dropped: { ...this.#dropped },
      cancelled: this.#cancelled,
      failed: { ...this.#failed },
      broken: this.#broken,
      ...tokens,
      promptChars: this.#promptChars,
    };
  }
}

function addOne(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}
