/** Short requests to the model itself, the same way as those for suggestions. */

import { type Model, ModelError } from "../model.ts";
import type { HolePrompt } from "../templates.ts";

export interface Answer {
  readonly text: string;
  /** In milliseconds from the request on; `undefined` where nothing was written. */
  readonly firstMs: number | undefined;
  readonly totalMs: number;
  /** As the server counts them. */
  readonly outputTokens: number | undefined;
}

/** Rejects with `ModelError`, and with the signal's reason. */
export type Ask = (asked: HolePrompt, maxTokens: number) => Promise<Answer>;

export function askerOf(model: Model, now: () => number, signal: AbortSignal): Ask {
  return async ({ prompt, stop }, maxTokens) => {
    const start = now();
    const request = { prompt, stop, maxTokens, purpose: "suggestion", temperature: 0, heal: true } as const;
    const late = AbortSignal.timeout(LIMIT_MS);
    const stream = model.stream(request, AbortSignal.any([signal, late]));
    let text = "";
    let firstMs: number | undefined;
    try {
      for await (const piece of stream) {
        if (piece !== "") firstMs ??= now() - start;
        text += piece;
      }
    } catch (error) {
      if (!late.aborted || signal.aborted) throw error;
      throw new ModelError({ kind: "timed-out", host: model.name, limitMs: LIMIT_MS }, { cause: error });
    }
    return { text, firstMs, totalMs: now() - start, outputTokens: stream.usage.outputTokens };
  };
}

/** A large model of this machine is read from its disk with the first one. */
const LIMIT_MS = 60_000;
