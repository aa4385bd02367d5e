/** How far the estimate of `tokens.ts` is off for one model, learned from what it tells of its prompts. */
export class TokenCalibration {
  /** Sums over what was observed, the latest counting most, beside a start that says that the estimate is right. */
  #estimated = START_TOKENS;
  #told = START_TOKENS;

  /** Tokens of the model for one that is estimated; in steps, since budgets that change with each request move what is shown. */
  get factor(): number {
    const exact = Math.min(MOST_FACTOR, Math.max(1 / MOST_FACTOR, this.#told / this.#estimated));
    return Math.round(exact * STEPS) / STEPS;
  }

  /** The model has told that a prompt was so many tokens, all that a template adds left out. */
  observe(estimated: number, told: number): void {
    if (estimated < LEAST_TOKENS || told <= 0) return;
    const share = Math.min(1, MOST_AT_ONCE / estimated);
    this.#estimated = this.#estimated * KEPT + estimated * share;
    this.#told = this.#told * KEPT + told * share;
  }
}

const START_TOKENS = 300;
/** Too few tell of the template more than of the text. */
const LEAST_TOKENS = 30;
/** A long prompt is no more typical than some shorter ones. */
const MOST_AT_ONCE = 2_000;
const KEPT = 0.8;
/** A server that tells nonsense must not make budgets of nothing, or without an end. */
const MOST_FACTOR = 3;
const STEPS = 10;
