/** How fast a model reads, learned from its requests: what a prompt may hold is a matter of time. */

import { ASCII_CHARS_PER_TOKEN } from "../context/tokens.ts";
import type { WindowBudget } from "../context/window.ts";
import type { Usage } from "../model/model.ts";

export class ReadingRate {
  #msPerToken: number | undefined;
  /** The least time to a first token, which no prompt takes less than: the network's, and the first token's own. */
  #leastMs: number | undefined;

  /** `usage` is of a request that found the model ready. */
  observe({ promptTokens, cachedTokens, firstTokenMs }: Usage): void {
    if (promptTokens === undefined || cachedTokens === undefined || firstTokenMs === undefined) return;
    const least = this.#leastMs;
    this.#leastMs = Math.min(least ?? firstTokenMs, firstTokenMs);
    const read = promptTokens - cachedTokens;
    // One that had little to read tells nothing of the rate, nor does the first: who knows what of its time was reading.
    if (read < LEAST_READ_TOKENS || least === undefined || firstTokenMs <= least) return;
    const msPerToken = (firstTokenMs - least) / read;
    const known = this.#msPerToken;
    this.#msPerToken = known === undefined ? msPerToken : known + (msPerToken - known) * NEWEST_WEIGHT;
  }

  /** Characters of ASCII that are read in so many milliseconds; `undefined` as long as nothing is known. */
  charsIn(ms: number): number | undefined {
    return this.#msPerToken === undefined ? undefined : (ms / this.#msPerToken) * ASCII_CHARS_PER_TOKEN;
  }
}

/**
 * A window that is placed anew is read in full, so it is as long as can be read in time: `fresh` characters. One that
 * was placed before is mostly known to the model and may grow to `most`, since it too may have to be read in full again.
 */
export function timedBudget(budget: WindowBudget, fresh: number, most: number): WindowBudget {
  const share = Math.min(1, Math.max(fresh, LEAST_CHARS) / (budget.freshPrefixChars + budget.suffixChars));
  const freshPrefixChars = Math.floor(budget.freshPrefixChars * share);
  return {
    ...budget,
    freshPrefixChars,
    suffixChars: Math.floor(budget.suffixChars * share),
    mostPrefixChars: Math.min(budget.mostPrefixChars, Math.max(2 * freshPrefixChars, Math.floor(most))),
  };
}

const LEAST_READ_TOKENS = 100;
const NEWEST_WEIGHT = 0.3;
/** Some ten lines. With less a model has nothing to go by, however slow it is. */
const LEAST_CHARS = 400;
