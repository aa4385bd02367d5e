/**
 * Texts as sequences of lexemes, and lexemes as HMACs: what is kept of an accepted text so that it can be told later whether it
 * is still there. A lexeme is an identifier, a number, a single other mark, or white space that is more than one space. In
 * scripts that put no spaces between words each character is one, or one corrected character would change a whole sentence.
 */

/** 32 bits are enough to tell lexemes apart. The same text always gives the same number. */
export type LexemeHmac = (text: string) => number;

/** With it the same lexeme has other numbers in what was accepted in another file: they can't be counted over all of them. */
export function salted(hmac: LexemeHmac, salt: string): LexemeHmac {
  return (lexeme) => hmac(`${salt} ${lexeme}`);
}

export interface Lexeme {
  readonly hash: number;
  /** Offsets in the text. */
  readonly from: number;
  readonly to: number;
}

/** All white space that is a lexeme counts as the same one: indentation may change its width. */
export const WHITE = 0;

/** In order, one at a time. Each different lexeme is hashed once a call. */
export function* lexemesIn(text: string, hmac: LexemeHmac): Generator<Lexeme, void> {
  const known = new Map<string, number>();
  for (const match of text.matchAll(LEXEME)) {
    const lexeme = match[0];
    let hash = known.get(lexeme);
    if (hash === undefined) {
      hash = /^\s/u.test(lexeme) ? WHITE : hmac(lexeme);
      known.set(lexeme, hash);
    }
    yield { hash, from: match.index, to: match.index + lexeme.length };
  }
}

export function lexemesOf(text: string, hmac: LexemeHmac): readonly Lexeme[] {
  return [...lexemesIn(text, hmac)];
}

export function lexemeHashes(text: string, hmac: LexemeHmac): readonly number[] {
  return lexemesOf(text, hmac).map(({ hash }) => hash);
}

/**
 * What is kept of the lexemes of one accepted text. Of a long one the first and the last `MOST_AT_AN_END`: they are compared apart,
 * and what is between them is taken to be as well kept as they are.
 */
export interface KeptLexemes {
  readonly head: readonly number[];
  /** Empty where the head is all. */
  readonly tail: readonly number[];
  /** How many are left out between them. */
  readonly skipped: number;
}

export function keptOf(hashes: readonly number[]): KeptLexemes {
  if (hashes.length <= 2 * MOST_AT_AN_END) return { head: hashes, tail: [], skipped: 0 };
  return {
    head: hashes.slice(0, MOST_AT_AN_END),
    tail: hashes.slice(-MOST_AT_AN_END),
    skipped: hashes.length - 2 * MOST_AT_AN_END,
  };
}

/** Whether a character is of an identifier or a number that goes on to the next one. */
export function isOfWord(character: string | undefined): boolean {
  return character !== undefined && WORD_CHARACTER.test(character);
}

const UNSPACED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`;
/** One space alone is skipped by the last alternative, which takes no white space. */
const LEXEME = new RegExp(
  String.raw`\s{2,}|[^\S ]|[${UNSPACED}]|\p{Nd}+(?:\.\p{Nd}+)*(?:(?![${UNSPACED}])[\p{L}\p{M}\p{N}_$])*` +
    String.raw`|(?:(?![${UNSPACED}])[\p{L}\p{N}_$])(?:(?![${UNSPACED}])[\p{L}\p{M}\p{N}_$])*|\S`,
  "gu",
);
const WORD_CHARACTER = new RegExp(String.raw`^(?![${UNSPACED}])[\p{L}\p{M}\p{N}_$]`, "u");

/** The square of it bounds what one comparison costs; 4,000 characters of code or so for both ends. */
const MOST_AT_AN_END = 256;
