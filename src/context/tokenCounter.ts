/** How many tokens a text is for one model: estimated at once, and better the more is known of the model. */

import { estimateTokens } from "./tokens.ts";

/** Counts exactly, in its own time. It rejects where it can't. */
export type ExactCount = (text: string) => Promise<number>;

export class TokenCounter {
  readonly #otherWeight: number;
  readonly #exact: ExactCount | undefined;
  /** Sums over what was observed, the latest counting most, beside a start that says that the estimate is right. */
  #estimated = START_TOKENS;
  #observed = START_TOKENS;

  /** `otherWeight` as in `tokens.ts`. `exact` for a model whose vocabulary is known. */
  constructor(otherWeight: number, exact?: ExactCount) {
    this.#otherWeight = otherWeight;
    this.#exact = exact;
  }

  estimate(text: string): number {
    return estimateTokens(text, this.#otherWeight) * this.factor;
  }

  /** What the estimate of `tokens.ts` is multiplied with. */
  get factor(): number {
    return Math.min(MOST_FACTOR, Math.max(1 / MOST_FACTOR, this.#observed / this.#estimated));
  }

  /** The model has told that `text` was so many tokens, all that a template adds left out. */
  observe(text: string, tokens: number): void {
    const estimated = estimateTokens(text, this.#otherWeight);
    if (estimated < LEAST_TOKENS || tokens <= 0) return;
    const share = Math.min(1, MOST_AT_ONCE / estimated);
    this.#estimated = this.#estimated * KEPT + estimated * share;
    this.#observed = this.#observed * KEPT + tokens * share;
  }

  /** Exact for a model whose vocabulary is known and can be loaded, else the estimate. */
  async count(text: string): Promise<number> {
    const tokens = await this.#exact?.(text).catch(() => undefined);
    if (tokens === undefined) return this.estimate(text);
    this.observe(text, tokens);
    return tokens;
  }
}

const START_TOKENS = 300;
/** Too few tell of the template more than of the text. */
const LEAST_TOKENS = 30;
/** A long text is no more typical than some shorter ones. */
const MOST_AT_ONCE = 2_000;
const KEPT = 0.8;
/** A server that tells nonsense must not make budgets of nothing, or without an end. */
const MOST_FACTOR = 3;
