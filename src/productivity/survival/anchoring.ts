/** What an accepted text is known by later: its lexemes and some around it, as they stand in the document. */

import { keptOf, lexemesOf, type LexemeHmac } from "./lexemes.ts";
import type { Anchor } from "./tracked.ts";

/** `from` and `to` in terms of `text`. `undefined` where nothing but white space that is none is there. */
export function anchorOf(text: string, from: number, to: number, hmac: LexemeHmac): Anchor | undefined {
  const start = Math.max(0, from - AROUND_CHARS);
  const lexemes = lexemesOf(text.slice(start, to + AROUND_CHARS), hmac);
  const first = lexemes.findIndex((lexeme) => start + lexeme.to > from);
  const behind = lexemes.findIndex((lexeme) => start + lexeme.from >= to);
  const end = behind === -1 ? lexemes.length : behind;
  const own = first === -1 ? [] : lexemes.slice(first, end);
  const last = own.at(-1);
  if (!own[0] || !last) return undefined;
  return {
    kept: keptOf(own.map(({ hash }) => hash)),
    before: lexemes.slice(Math.max(0, first - AROUND_LEXEMES), first).map(({ hash }) => hash),
    after: lexemes.slice(end, end + AROUND_LEXEMES).map(({ hash }) => hash),
    lead: from - (start + own[0].from),
    trail: start + last.to - to,
  };
}

/** Before the document's text is at hand: the text alone. */
export function anchorAlone(text: string, hmac: LexemeHmac): Anchor | undefined {
  return anchorOf(text, 0, text.length, hmac);
}

/** Many anchors at once hash each lexeme once. Not to be kept: it holds the lexemes' text. */
export function remembering(hmac: LexemeHmac): LexemeHmac {
  const known = new Map<string, number>();
  return (lexeme) => {
    const hash = known.get(lexeme) ?? hmac(lexeme);
    known.set(lexeme, hash);
    return hash;
  };
}

/** Enough to tell two places with the same short text apart. */
const AROUND_LEXEMES = 12;
const AROUND_CHARS = 200;
