/** Sees where a model goes round in circles, as small ones do in long answers. */

import type { Token } from "./binding.ts";

export class LoopGuard {
  readonly #tokens: Token[] = [];
  /** For each period, how many of the last tokens are those of a period earlier. */
  readonly #runs = new Uint32Array(LONGEST_PERIOD + 1);
  #loops = 0;
  #isInLoop = false;

  /** It has been led out of so many that nothing good comes any more. */
  get isLost(): boolean {
    return this.#loops > MOST_LOOPS;
  }

  /** Takes the token that was chosen; gives the one with which the loop would go on, which is not to be chosen next. */
  push(token: Token): Token | undefined {
    const at = this.#tokens.push(token) - 1;
    let next: Token | undefined;
    for (let period = 1; period <= LONGEST_PERIOD; period += 1) {
      const run = token === this.#tokens[at - period] ? (this.#runs[period] ?? 0) + 1 : 0;
      this.#runs[period] = run;
      if (run >= Math.max(SHORTEST_LOOP, REPEATS * period)) next ??= this.#tokens[at + 1 - period];
    }
    if (next !== undefined && !this.#isInLoop) this.#loops += 1;
    this.#isInLoop = next !== undefined;
    return next;
  }
}

const LONGEST_PERIOD = 80;
/** Beside the first time. Rows of a table and items of a list are alike more often than whole sentences are. */
const REPEATS = 2;
/** In tokens, beside the first time: a line of dashes, or a row of zeros, is none. */
const SHORTEST_LOOP = 24;
const MOST_LOOPS = 3;
