/** What an accepted text is known by later: its lexemes and some around it, as they stand in the document. */

import { unixNewlines } from "../../text/lines.ts";
import { type KeptLexemes, keptOf, lexemesOf, type LexemeHmac, salted } from "./lexemes.ts";
import type { Stretch } from "./segments.ts";
import type { Anchor, Part, Tracked } from "./tracked.ts";
import { CHARACTER_WORK } from "./work.ts";

/** `from` and `to` in terms of `text`. `undefined` where nothing but white space that is none is there. */
function anchorOf(text: string, from: number, to: number, hmac: LexemeHmac): Anchor | undefined {
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

export interface Anchored {
  /** Those of which something else is known now than before. */
  readonly changed: ReadonlySet<Tracked>;
  readonly isDone: boolean;
  readonly work: number;
}

/**
 * Takes anew how parts are found again, with `most` work at once (see work.ts) and one of them at least.
 * @param places of the parts, in the text
 */
export function anchoredAnew(
  text: string,
  places: ReadonlyMap<Part, Stretch>,
  hmac: LexemeHmac,
  most: number,
): Anchored {
  const once = remembering(hmac);
  const changed = new Set<Tracked>();
  let work = 0;
  for (const [part, { from, to: end }] of places) {
    // The second character of a line break belongs to nobody.
    const to = text.startsWith("\r\n", end - 1) ? end + 1 : end;
    if (work > 0 && work >= most) return { changed, isDone: false, work };
    work += (to - from + 2 * AROUND_CHARS) * CHARACTER_WORK;
    const before = part.anchor;
    const now = anchorOf(text, from, to, salted(once, part.of.salt));
    const isAlone = part.chars === unixNewlines(text.slice(from, to)).length;
    const isWhole = isAlone && part.chars === part.insertedChars && part.weight === 1;
    // Of one that was changed the surroundings are new, its own lexemes stay those that were accepted.
    const isKept = before && now && (!isWhole || isSameKept(before.kept, now.kept));
    if (isKept && !isWhole) part.anchor = { ...before, before: now.before, after: now.after };
    else if (isKept) part.anchor = { ...now, kept: before.kept };
    else if (isWhole) part.anchor = now;
    // Where it is tells places apart that are alike, no more: that it has moved is kept at its checks and when it is closed.
    if (!isSame(before, part.anchor)) changed.add(part.of);
    part.near = from;
    part.isStale = false;
    part.isTouched = false;
  }
  return { changed, isDone: true, work };
}

function isSame(one: Anchor | undefined, other: Anchor | undefined): boolean {
  if (!one || !other) return one === other;
  return (
    one.lead === other.lead &&
    one.trail === other.trail &&
    isSameKept(one.kept, other.kept) &&
    isSameList(one.before, other.before) &&
    isSameList(one.after, other.after)
  );
}

function isSameKept(one: KeptLexemes, other: KeptLexemes): boolean {
  if (one === other) return true;
  return one.skipped === other.skipped && isSameList(one.head, other.head) && isSameList(one.tail, other.tail);
}

function isSameList(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((hash, at) => hash === other[at]);
}

/** Enough to tell two places with the same short text apart. */
const AROUND_LEXEMES = 12;
/** Of the document's text on each side. */
export const AROUND_CHARS = 200;
