/**
 * Finds an accepted text again in a document that was changed unseen: closed and opened again, read anew from the disk, written
 * again by a formatter. It is looked for by its lexemes with some before and after it, first wherever three of them stand in a row.
 */

import { alignedWithin } from "./alignment.ts";
import { RESCUED_TO_DISTANCE } from "./rescue.ts";
import { type KeptLexemes, type Lexeme, lexemesIn, type LexemeHmac, WHITE } from "./lexemes.ts";
import { LEXEME_WORK, PLACE_WORK, type Work } from "./work.ts";

/** What is known of the text that is looked for. */
export interface Sought {
  readonly kept: KeptLexemes;
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** Where it was: an offset in the text of then. */
  readonly near: number;
  /** From the start of its first lexeme to its own start, negative where it begins with white space that is none. */
  readonly lead: number;
  /** From its own end to the end of its last lexeme. */
  readonly trail: number;
}

export interface Found {
  /** Ascending, not empty, in terms of the text that was searched. */
  readonly stretches: readonly { readonly from: number; readonly to: number }[];
  /** Of its lexemes, without white space where there are others. 1: all. */
  readonly share: number;
  /** Edits by its number of lexemes. */
  readonly distance: number;
}

/** Makes the index of a text, which is linear in it, a little at a time. */
export function* indexing(text: string, hmac: LexemeHmac): Work<LexemeIndex> {
  const index = new LexemeIndex();
  for (const lexeme of lexemesIn(text, hmac)) {
    index.push(lexeme);
    if (index.lexemes.length % AT_ONCE_LEXEMES === 0) yield AT_ONCE_LEXEMES * LEXEME_WORK;
  }
  return index;
}

/** The lexemes of one text and where three in a row stand. */
class LexemeIndex {
  readonly lexemes: Lexeme[] = [];
  readonly hashes: number[] = [];
  readonly #known = new Set<number>();
  readonly #triples = new Map<number, number[]>();

  push(lexeme: Lexeme): void {
    this.lexemes.push(lexeme);
    this.hashes.push(lexeme.hash);
    this.#known.add(lexeme.hash);
    const at = this.hashes.length - 3;
    if (at < 0) return;
    const triple = tripleAt(this.hashes, at);
    const places = this.#triples.get(triple);
    if (!places) this.#triples.set(triple, [at]);
    else if (places.length <= MOST_OF_A_TRIPLE) places.push(at);
  }

  /** How many of them stand nowhere in the text: so many edits there are at least. */
  missingOf(pattern: readonly number[]): number {
    return pattern.reduce((missing, hash) => missing + (this.#known.has(hash) ? 0 : 1), 0);
  }

  /** Where it may begin, likeliest first: the most triples at that distance, then the nearest to `near`. */
  *starts(pattern: readonly number[], near: number): Work<readonly number[]> {
    const votes = new Map<number, number>();
    let work = 0;
    for (let at = 0; at + 2 < pattern.length; at += 1) {
      const places = this.#triples.get(tripleAt(pattern, at));
      if (!places || places.length > MOST_OF_A_TRIPLE) continue;
      for (const place of places) votes.set(place - at, (votes.get(place - at) ?? 0) + 1);
      work += places.length * PLACE_WORK;
    }
    yield work;
    const best: Vote[] = [];
    for (const [start, count] of votes) {
      const vote = { start, count, away: Math.abs(start - near) };
      const last = best.length < MOST_STARTS ? undefined : best.at(-1);
      if (last && !isLikelier(vote, last)) continue;
      const at = best.findIndex((other) => isLikelier(vote, other));
      best.splice(at === -1 ? best.length : at, 0, vote);
      best.length = Math.min(best.length, MOST_STARTS);
    }
    return [near, ...best.map(({ start }) => start)];
  }

  isAt(pattern: readonly number[], start: number): boolean {
    return pattern.every((hash, at) => this.hashes[start + at] === hash);
  }

  /** The first lexeme that ends behind the offset. */
  lexemeAt(offset: number): number {
    let low = 0;
    let high = this.lexemes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.lexemes[middle]?.to ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

interface Vote {
  readonly start: number;
  readonly count: number;
  readonly away: number;
}

function isLikelier(one: Vote, other: Vote): boolean {
  return one.count > other.count || (one.count === other.count && one.away < other.away);
}

/** `undefined` where it is not there any more, or where it can't be told from other places. */
export function* locating(index: LexemeIndex, text: string, sought: Sought): Work<Found | undefined> {
  const { kept, before, after, near } = sought;
  if (kept.head.length === 0) return undefined;
  const nearest = index.lexemeAt(near);
  if (kept.tail.length === 0) {
    const whole = yield* bestPlace(index, { before, own: kept.head, after, near: nearest - before.length });
    if (!whole || !isFound(whole) || (yield* isClosedUp(index, sought, whole))) return undefined;
    return foundOf(index, text, sought, [whole]);
  }
  const head = yield* bestPlace(index, { before, own: kept.head, after: [], near: nearest - before.length });
  const behind = nearest + kept.head.length + kept.skipped;
  const tail = yield* bestPlace(index, { before: [], own: kept.tail, after, near: behind });
  const parts = [head, tail].filter((part) => part !== undefined && isFound(part));
  return parts.length > 0 ? foundOf(index, text, sought, [head, tail]) : undefined;
}

interface Pattern {
  readonly before: readonly number[];
  readonly own: readonly number[];
  readonly after: readonly number[];
  /** The lexeme of the text where `before` is likely to begin. */
  readonly near: number;
}

interface Place {
  /** For each own lexeme which one of the text it is; -1 for none. */
  readonly places: readonly number[];
  /** Of the own lexemes. */
  readonly edits: number;
  /** How many of the lexemes around are there, of how many. */
  readonly around: number;
  readonly ofAround: number;
  readonly aroundEdits: number;
  /** All that was known to stand before it, or behind it, stands there still and touches it. */
  readonly isJoined: boolean;
}

function* bestPlace(index: LexemeIndex, pattern: Pattern): Work<Place | undefined> {
  const { before, own, after, near } = pattern;
  // It could not be found (see isFound): most of what was accepted is gone from the file.
  if (index.missingOf(own) > RESCUED_TO_DISTANCE * own.length) return undefined;
  const all = [...before, ...own, ...after];
  const starts = yield* index.starts(all, near);
  // Where it stands unchanged nothing can be better, and of such places the likeliest is the nearest.
  const unchanged = starts.find((start) => index.isAt(all, start));
  if (unchanged !== undefined) {
    const places = own.map((_, at) => unchanged + before.length + at);
    const ofAround = before.length + after.length;
    return { places, edits: 0, around: ofAround, ofAround, aroundEdits: 0, isJoined: true };
  }
  let best: { readonly place: Place; readonly cost: number; readonly away: number } | undefined;
  for (const start of starts) {
    const slack = SLACK_LEXEMES + (all.length >> 1);
    const from = Math.max(0, start - slack);
    const window = index.hashes.slice(from, Math.max(from, start + all.length + slack));
    const { places, editsAt } = alignedWithin(all, window);
    const ownEnd = before.length + own.length;
    const around = places.filter((place, at) => place !== -1 && (at < before.length || at >= ownEnd)).length;
    const edits = sum(editsAt.slice(before.length, ownEnd));
    const place: Place = {
      places: places.slice(before.length, ownEnd).map((at) => (at === -1 ? -1 : at + from)),
      edits,
      around,
      ofAround: before.length + after.length,
      aroundEdits: sum(editsAt) - edits,
      isJoined:
        isUnbroken(places.slice(0, ownEnd), before.length) || isUnbroken(places.slice(before.length), after.length),
    };
    // Its own lexemes count twice: its surroundings are what other edits change first.
    const cost = 2 * edits + place.aroundEdits;
    const away = Math.abs((place.places.find((at) => at !== -1) ?? start) - near - before.length);
    if (!best || cost < best.cost || (cost === best.cost && away < best.away)) best = { place, cost, away };
    yield all.length * window.length;
  }
  return best?.place;
}

/** One side of it, and it, stand there as they did, without anything between. */
function isUnbroken(places: readonly number[], aroundLexemes: number): boolean {
  const [first = -1] = places;
  return aroundLexemes >= JOINED_FROM && first !== -1 && places.every((place, at) => place === first + at);
}

/** Text that is like it is everywhere: it needs its surroundings, or must be long and hardly changed. */
function isFound({ places, edits, around, ofAround }: Place): boolean {
  if (edits > RESCUED_TO_DISTANCE * places.length) return false;
  if (ofAround > 0 && around >= NEEDED_AROUND * ofAround) return true;
  // Its surroundings were never seen: the window ended, or the file was closed, within the second after the accept.
  if (ofAround === 0 && edits === 0 && places.length >= UNIQUE_FROM) return true;
  return places.length >= PROVES_ITSELF_FROM && edits <= PROVES_ITSELF_TO_DISTANCE * places.length;
}

/**
 * What stood before it and what stood after it stand together now, better than around the place that was found: it was deleted, and
 * the place is another text that is like it.
 */
function* isClosedUp(
  index: LexemeIndex,
  { before, after, near }: Sought,
  { edits, aroundEdits, places, isJoined }: Place,
): Work<boolean> {
  if (aroundEdits === 0 || before.length < 3 || after.length < 3) return false;
  // A long text that is there unchanged was moved.
  if (edits === 0 && places.length >= PROVES_ITSELF_FROM) return false;
  // Somebody has gone on writing right before it or behind it.
  if (edits === 0 && isJoined) return false;
  const start = index.lexemeAt(near) - before.length;
  const together = yield* bestPlace(index, { before: [], own: [...before, ...after], after: [], near: start });
  return together !== undefined && together.edits < aroundEdits;
}

function foundOf(
  index: LexemeIndex,
  text: string,
  { kept, lead, trail }: Sought,
  parts: readonly (Place | undefined)[],
): Found | undefined {
  const own = [...kept.head, ...kept.tail];
  const places = [kept.head, kept.tail].flatMap((hashes, at) => {
    const part = parts[at];
    return part && isFound(part) ? part.places : hashes.map(() => -1);
  });
  const stretches: { from: number; to: number }[] = [];
  for (const [at, place] of places.entries()) {
    const lexeme = index.lexemes[place];
    if (!lexeme) continue;
    const previous = places[at - 1] ?? -1;
    const last = stretches.at(-1);
    const isAfterGap = at === kept.head.length && kept.skipped > 0;
    const isNext = isAfterGap
      ? previous !== -1 && place > previous && place - previous - 1 <= 2 * kept.skipped
      : place === previous + 1;
    if (last && at > 0 && previous !== -1 && isNext) last.to = lexeme.to;
    else if (!last || lexeme.from >= last.to) stretches.push({ from: lexeme.from, to: lexeme.to });
  }
  const [first] = stretches;
  const end = stretches.at(-1);
  if (!first || !end) return undefined;
  if (places[0] !== -1) first.from = edgeAt(text, first.from, -lead, -1);
  if (places.at(-1) !== -1) end.to = edgeAt(text, end.to, -trail, 1);
  const counted = own.some((hash) => hash !== WHITE) ? own.map((hash) => hash !== WHITE) : own.map(() => true);
  const matched = places.filter((place, at) => place !== -1 && counted[at]).length;
  const edits = parts.reduce(
    (total, part, at) => total + (part?.edits ?? (at === 0 ? kept.head : kept.tail).length),
    0,
  );
  return {
    stretches: stretches.filter(({ from, to }) => to > from),
    share: matched / counted.filter(Boolean).length,
    distance: edits / own.length,
  };
}

/** Where the text's own characters end: within that lexeme, or outside of it, but there over white space alone. */
function edgeAt(text: string, lexemeEdge: number, outwards: number, direction: -1 | 1): number {
  const edge = Math.max(0, Math.min(text.length, lexemeEdge + direction * outwards));
  if (outwards <= 0) return edge;
  return text.slice(Math.min(edge, lexemeEdge), Math.max(edge, lexemeEdge)).trim() === "" ? edge : lexemeEdge;
}

function tripleAt(hashes: readonly number[], at: number): number {
  const [first = 0, second = 0, third = 0] = [hashes[at], hashes[at + 1], hashes[at + 2]];
  return Math.imul(Math.imul(first, 0x9e3779b1) ^ second, 0x85ebca6b) ^ third;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

const AT_ONCE_LEXEMES = 256;
/** What stands in more places than this says nothing of where it is. */
const MOST_OF_A_TRIPLE = 64;
const MOST_STARTS = 5;
/** Lexemes that may have come in before or within it, beyond half its own number. */
const SLACK_LEXEMES = 16;
/** Without any surroundings. */
const UNIQUE_FROM = 4;
const PROVES_ITSELF_FROM = 12;
const PROVES_ITSELF_TO_DISTANCE = 0.1;
const NEEDED_AROUND = 1 / 3;
/** Fewer lexemes, such as `x =`, stand before much else. */
const JOINED_FROM = 3;
