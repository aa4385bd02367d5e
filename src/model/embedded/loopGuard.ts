/** Sees where a model goes round in circles, as small ones do in long answers. */

import type { Token } from "./binding.ts";

export class LoopGuard {
  readonly #tokens: Token[] = [];
  /** For each period, how many of the last tokens are those of a period earlier. */
  readonly #runs = new Uint32Array(LONGEST_PERIOD + 1);
  readonly #circling = new Circling();
  #loops = 0;
  #isInLoop = false;
  #line = "";
  #isInCode = false;
  #waited = 0;

  /** Nothing new comes any more, and a sentence is at its end, or this one has none. */
  get isOver(): boolean {
    if (this.#loops > MOST_LOOPS) return true;
    return (
      this.#circling.isGoing && (/[.!?。！？]\s*$/.test(this.#line) || this.#line === "" || this.#waited > LONGEST_REST)
    );
  }

  /**
   * Takes the token that was chosen, and the text that is known by it; gives the one with which the loop would go on, which
   * is not to be chosen next.
   */
  push(token: Token, text: string): Token | undefined {
    this.#hear(text);
    // Code is alike again and again, and is shown a second time with a change.
    if (!this.#isInCode) this.#circling.push(token);
    if (this.#circling.isGoing) this.#waited += 1;
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

  #hear(text: string): void {
    const [first = "", ...rest] = text.split("\n");
    this.#line += first;
    for (const line of rest) {
      if (/^\s*(?:`{3}|~{3})/.test(this.#line)) this.#isInCode = !this.#isInCode;
      this.#line = line;
    }
  }
}

/** For the sampler: this token can't be chosen. */
export function without(token: Token | undefined) {
  if (token === undefined) return {};
  return { tokenBiasKeys: new Uint32Array([token]), tokenBiasValues: new Float32Array([-Infinity]) };
}

/** Whether most of what was said of late has been said before. */
class Circling {
  readonly #said = new Set<string>();
  /** Of the last runs of tokens, whether they were there before. */
  readonly #known: boolean[] = [];
  #run: Token[] = [];
  #count = 0;
  #isGoing = false;

  get isGoing(): boolean {
    return this.#isGoing;
  }

  push(token: Token): void {
    this.#run = [...this.#run.slice(1 - RUN_TOKENS), token];
    const run = this.#run.join();
    const isKnown = this.#said.has(run);
    this.#said.add(run);
    this.#known.push(isKnown);
    if (isKnown) this.#count += 1;
    if (this.#known.length > LOOKED_AT && this.#known.shift()) this.#count -= 1;
    this.#isGoing ||= this.#count > LOOKED_AT * CIRCLING_SHARE;
  }
}

const LONGEST_PERIOD = 80;
/** Beside the first time. Rows of a table and items of a list are alike more often than whole sentences are. */
const REPEATS = 2;
/** In tokens, beside the first time: a line of dashes, or a row of zeros, is none. */
const SHORTEST_LOOP = 24;
const MOST_LOOPS = 3;
/** Some words: shorter runs come again in any text. */
const RUN_TOKENS = 6;
/** Tokens, some five sentences. */
const LOOKED_AT = 120;
const CIRCLING_SHARE = 0.6;
/** In tokens, until an answer ends that has no more sentences. */
const LONGEST_REST = 80;
