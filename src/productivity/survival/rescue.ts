/**
 * When an accept is alive: most of its characters are untouched, or its lexemes are still there in their order, as after a formatter.
 */

import { editsWithin } from "./alignment.ts";
import { isOfWord, lexemeHashes, type KeptLexemes, type LexemeHmac } from "./lexemes.ts";

/** Of the inserted characters. */
export const ALIVE_FROM_SHARE = 0.67;
/** Of the accepted text's lexemes. */
export const RESCUED_TO_DISTANCE = 0.5;

export function isAliveByChars(survivingChars: number, insertedChars: number): boolean {
  return survivingChars >= ALIVE_FROM_SHARE * insertedChars;
}

/**
 * Edits between the accepted lexemes and the best part of the neighbourhood, by the number of accepted lexemes: 0 is unchanged, 1 is
 * gone. `undefined` for a text without any lexeme. Of long accepted texts see `KeptLexemes`.
 */
export function lexemeDistance(
  kept: KeptLexemes,
  neighbourhood: string,
  hmac: LexemeHmac,
): { readonly edits: number; readonly of: number } {
  const around = lexemeHashes(neighbourhood, hmac);
  const edits = editsWithin(kept.head, around) + (kept.tail.length > 0 ? editsWithin(kept.tail, around) : 0);
  return { edits, of: kept.head.length + kept.tail.length };
}

/** The part of the text to look in: from the first of what is left to its last, to the ends of words. At most `MOST_CHARS`, from the start. */
export function neighbourhoodOf(text: string, from: number, to: number): string {
  const start = startOfWord(text, from);
  return text.slice(start, Math.min(endOfWord(text, to), start + MOST_CHARS));
}

/** Not further than words are long. */
function startOfWord(text: string, offset: number): number {
  let at = Math.min(offset, text.length);
  for (let steps = 0; steps < LONGEST_WORD_CHARS && at > 0 && isOfWord(text[at - 1]) && isOfWord(text[at]); steps += 1)
    at -= 1;
  return at;
}

function endOfWord(text: string, offset: number): number {
  let at = Math.min(offset, text.length);
  for (
    let steps = 0;
    steps < LONGEST_WORD_CHARS && at < text.length && isOfWord(text[at - 1]) && isOfWord(text[at]);
    steps += 1
  )
    at += 1;
  return at;
}

const LONGEST_WORD_CHARS = 200;
const MOST_CHARS = 40_000;
