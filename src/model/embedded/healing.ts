/**
 * Token healing. Text that ends inside a word or in indentation ends where a model's tokens do not, and what the model
 * writes there is worse. So the prompt is cut back to where a token begins, and the first tokens of the answer may only
 * be such as repeat what was cut off.
 *
 * Bytes are handled as strings of one character for each byte (Latin-1), in which they are cheap to keep and compare.
 */

import type { Token } from "./binding.ts";
import { tokenBytes, type Vocabulary } from "./tokenText.ts";

/** Beyond a word or the indentation no token reaches back; more would only cost steps. */
const MOST_TOKENS_BACK = 6;
/** At most so many tokens are read into the index without a break: some milliseconds. */
const TOKENS_A_TURN = 4096;
/** Far more than a model's scores differ by, and little enough to keep their differences apart in 32 bits. */
const BIAS = 1000;

/** The tokens of a vocabulary that are text, by their bytes. */
export class TokenIndex {
  /** By the first byte; the tokens with the same one are few enough to look at each. */
  readonly #tokens = new Map<string, { readonly token: Token; readonly bytes: string }[]>();

  /** `size` is exactly the number of the vocabulary's tokens: the add-on ends the process when asked for another one. */
  static async build(vocabulary: Vocabulary, size: number): Promise<TokenIndex> {
    const index = new TokenIndex();
    for (let start = 0; start < size; start += TOKENS_A_TURN) {
      if (start > 0) await new Promise((resolve) => setImmediate(resolve));
      const end = Math.min(size, start + TOKENS_A_TURN);
      for (let token = start; token < end; token++) index.#add(token, byteString(tokenBytes(vocabulary, token)));
    }
    return index;
  }

  /** Whether some token stands for `bytes` and more. */
  reachesBeyond(bytes: string): boolean {
    return this.#like(bytes).some((entry) => entry.bytes.length > bytes.length && entry.bytes.startsWith(bytes));
  }

  /** Tokens that `rest`, which is not empty, begins with, or that begin with `rest`. */
  fitting(rest: string): readonly Token[] {
    return this.#like(rest)
      .filter(({ bytes }) => bytes.startsWith(rest) || rest.startsWith(bytes))
      .map(({ token }) => token);
  }

  #like(bytes: string) {
    return this.#tokens.get(bytes.charAt(0)) ?? [];
  }

  #add(token: Token, bytes: string): void {
    if (bytes === "") return;
    const first = bytes.charAt(0);
    const alike = this.#tokens.get(first);
    if (alike === undefined) this.#tokens.set(first, [{ token, bytes }]);
    else alike.push({ token, bytes });
  }
}

export interface Cut {
  /** How many of the tokens stay. */
  readonly kept: number;
  /** The bytes of the others. */
  readonly rest: string;
}

/**
 * Where to cut `tokens`, which are those of `text`: as far back as some token reaches from there beyond the end of the
 * text, and in any case before the white space at its end. `undefined` where every token may stay.
 */
export function cutFor(index: TokenIndex, vocabulary: Vocabulary, tokens: Uint32Array, text: string): Cut | undefined {
  const whole = byteString(Buffer.from(text));
  const blank = Buffer.byteLength(text.slice(text.trimEnd().length));
  let rest = "";
  let cut: Cut | undefined;
  for (let kept = tokens.length - 1; kept >= Math.max(0, tokens.length - MOST_TOKENS_BACK); kept--) {
    const isInBlank = rest.length < blank;
    rest = byteString(tokenBytes(vocabulary, tokens[kept] ?? 0)) + rest;
    // Some vocabularies change text, or put a space in front of it: what is cut off has to be in the text as it is.
    if (!` ${whole}`.endsWith(rest)) break;
    if (isInBlank || index.reachesBeyond(rest)) cut = { kept, rest };
  }
  return cut;
}

/** What is still to be repeated, step by step. */
export class Healing {
  readonly #index: TokenIndex;
  readonly #vocabulary: Vocabulary;
  #rest: string;

  constructor(index: TokenIndex, vocabulary: Vocabulary, rest: string) {
    this.#index = index;
    this.#vocabulary = vocabulary;
    this.#rest = rest;
  }

  get done(): boolean {
    return this.#rest === "";
  }

  /** The tokens that may come next. */
  fitting(): ReadonlySet<Token> {
    return new Set(this.#index.fitting(this.#rest));
  }

  /** For the sampler: only tokens that fit can be chosen. */
  bias(): { readonly tokenBiasKeys: Uint32Array; readonly tokenBiasValues: Float32Array } {
    const tokenBiasKeys = Uint32Array.from(this.#index.fitting(this.#rest));
    return { tokenBiasKeys, tokenBiasValues: new Float32Array(tokenBiasKeys.length).fill(BIAS) };
  }

  /**
   * Notes a token that was chosen, and gives how many of its bytes only repeat, and whether all do; `undefined` when it
   * does not fit, which happens where no token does.
   */
  take(token: Token): { readonly bytes: number; readonly whole: boolean } | undefined {
    const said = byteString(tokenBytes(this.#vocabulary, token));
    const bytes = Math.min(said.length, this.#rest.length);
    if (bytes === 0 || said.slice(0, bytes) !== this.#rest.slice(0, bytes)) return undefined;
    this.#rest = this.#rest.slice(bytes);
    return { bytes, whole: bytes === said.length };
  }
}

export function byteString(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
}
