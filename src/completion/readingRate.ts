/** How fast a model reads, learned from its requests: what a prompt may hold is a matter of time. */

import { ASCII_CHARS_PER_TOKEN } from "../context/tokens.ts";
import type { WindowBudget } from "../context/window.ts";
import type { Usage } from "../model/model.ts";

export class ReadingRate {
  #msPerToken: number | undefined;

  /** `usage` is of a request that found the model ready. One that had little to read tells nothing of the rate. */
  observe({ promptTokens, cachedTokens, firstTokenMs }: Usage): void {
    if (promptTokens === undefined || cachedTokens === undefined || firstTokenMs === undefined) return;
    const read = promptTokens - cachedTokens;
    if (read < LEAST_READ_TOKENS) return;
    const msPerToken = firstTokenMs / read;
    this.#msPerToken =
      this.#msPerToken === undefined ? msPerToken : this.#msPerToken + (msPerToken - this.#msPerToken) * NEWEST_WEIGHT;
  }

  /** Characters of ASCII that are read in so many milliseconds; `undefined` as long as nothing is known. */
  charsIn(ms: number): number | undefined {
    return this.#msPerToken === undefined ? undefined : (ms / this.#msPerToken) * ASCII_CHARS_PER_TOKEN;
  }
}

/**
 * A window that is placed anew is read in full, so it is as long as can be read in time: `chars`. One that was placed
 * before is mostly known to the model, and may stay longer.
 */
export function timedBudget(budget: WindowBudget, chars: number): WindowBudget {
  const share = Math.min(1, Math.max(chars, LEAST_CHARS) / (budget.freshPrefixChars + budget.suffixChars));
  return {
    ...budget,
    freshPrefixChars: Math.floor(budget.freshPrefixChars * share),
    suffixChars: Math.floor(budget.suffixChars * share),
  };
}

const LEAST_READ_TOKENS = 48;
const NEWEST_WEIGHT = 0.3;
/** Some ten lines. With less a model has nothing to go by, however slow it is. */
const LEAST_CHARS = 400;
