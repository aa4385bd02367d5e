/** The pieces beside the window, kept from one request to the next. */

import type { Piece } from "../context/pieces.ts";
import { lengthOf, selectPieces } from "../context/selection.ts";
import type { CursorSnapshot } from "../context/snapshot.ts";
import { ASCII_CHARS_PER_TOKEN } from "../context/tokens.ts";
import type { FileWindow } from "../context/window.ts";
import { lineBefore } from "../text/lines.ts";
import type { CompletionOptions } from "./options.ts";
import { otherWeightOf } from "./prompt.ts";
import type { CompletionBackend } from "./request.ts";
import { readingMs, type Windows } from "./windows.ts";

/** Finds what may be worth showing at a caret. */
export interface PieceSource {
  /**
   * The best first. `room` is what the model has place for, in characters; `shown` what it sees of the file anyway, before
   * and after the caret. Pieces with the ids in `keep` are in it as long as they are what they were. It resolves within
   * some milliseconds, with what is known by then, and never rejects.
   */
  pieces(
    cursor: CursorSnapshot,
    shown: { readonly before: number; readonly after: number },
    room: number,
    keep: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly Piece[]>;
}

type PieceOptions = Pick<CompletionOptions, "mostPieceTokens">;

/** What is shown, and where. */
export interface ShownPieces {
  readonly pieces: readonly Piece[];
  /** Their length, as `lengthOf` tells it: asked at every key. */
  readonly chars: number;
  readonly key: string;
  readonly uri: string;
  readonly windowStart: number;
  /** What was chosen before all was forgotten is shown no more. */
  readonly era: number;
}

/** Where the source is asked, or was asked ahead. */
type Place = Omit<ShownPieces, "pieces" | "chars">;

/** What stands fast before the source is asked. */
interface Plan {
  readonly place: Place;
  readonly mostChars: number;
  /** What is shown in this file, and whether it is shown beside this window. */
  readonly known: ShownPieces | undefined;
  readonly inPlace: boolean;
}

interface Ahead extends Pick<Plan, "place" | "known"> {
  readonly at: number;
  readonly chosen: Promise<ShownPieces>;
}

export class SurroundingPieces {
  readonly #source: PieceSource | undefined;
  readonly #windows: Windows;
  readonly #now: () => number;
  #shown: ShownPieces | undefined;
  /** What was chosen ahead of a request the last time. */
  #ahead: Ahead | undefined;
  /** Counts up when all is forgotten. */
  #era = 0;

  /** `now` in milliseconds. */
  constructor(source: PieceSource | undefined, windows: Windows, now: () => number) {
    this.#source = source;
    this.#windows = windows;
    this.#now = now;
  }

  /**
   * What to show beside `window`, so that all of it is read in `ms`; what the model has read before may be longer. Asks
   * its source once a word, not at every key.
   */
  async plan(
    cursor: CursorSnapshot,
    window: FileWindow,
    backend: CompletionBackend,
    options: PieceOptions,
    ms: number,
    signal: AbortSignal,
  ): Promise<ShownPieces> {
    const plan = this.#planFor(cursor, window, backend, options, ms);
    const { place, mostChars, known } = plan;
    if (mostChars < LEAST_CHARS) return { ...place, pieces: [], chars: 0 };
    if (known?.key === place.key) return known;
    const ahead = await this.#chosenAhead(plan);
    // There may be a little less room than there was.
    const fits = ahead && ahead.chars <= mostChars;
    const chosen = fits ? ahead : await this.#choose(cursor, window, backend, plan, signal);
    return chosen.era === this.#era ? chosen : { ...chosen, pieces: [], chars: 0 };
  }

  /** Chooses what a request at this place will be shown; the same question is not asked twice. */
  prepare(
    cursor: CursorSnapshot,
    window: FileWindow,
    backend: CompletionBackend,
    options: PieceOptions,
    ms: number,
  ): void {
    const plan = this.#planFor(cursor, window, backend, options, ms);
    const { place, mostChars, known } = plan;
    if (mostChars < LEAST_CHARS || known?.key === place.key || this.#chosenAhead(plan)) return;
    this.#ahead = { place, at: this.#now(), known, chosen: this.#choose(cursor, window, backend, plan, NEVER) };
  }

  #planFor(
    cursor: CursorSnapshot,
    window: FileWindow,
    backend: CompletionBackend,
    { mostPieceTokens }: PieceOptions,
    ms: number,
  ): Plan {
    const known = this.#shown?.uri === cursor.uri ? this.#shown : undefined;
    const inPlace = known?.windowStart === window.start;
    const room = (ms: number): number => this.#windows.roomForPieces(cursor, backend, window, ms);
    const kept = inPlace ? Math.min(room(readingMs.most), known.chars) : 0;
    // The limit is in tokens of the model.
    const charsPerToken = ASCII_CHARS_PER_TOKEN / this.#windows.tokenFactor(backend.model);
    const most = Math.min(Math.max(room(ms), kept), Math.round(mostPieceTokens * charsPerToken));
    const mostChars = this.#source === undefined ? 0 : most;
    const place = { uri: cursor.uri, windowStart: window.start, key: keyOf(cursor, mostChars), era: this.#era };
    return { place, mostChars, known, inPlace };
  }

  #chosenAhead({ place: { uri, windowStart, key }, known }: Plan): Promise<ShownPieces> | undefined {
    if (this.#ahead === undefined || this.#now() - this.#ahead.at > AHEAD_MS) return undefined;
    const { place, known: knownThen, chosen } = this.#ahead;
    const isSame = place.uri === uri && place.windowStart === windowStart && place.key === key;
    // What was to be kept then may have been something else.
    return isSame && knownThen === known ? chosen : undefined;
  }

  async #choose(
    cursor: CursorSnapshot,
    window: FileWindow,
    backend: CompletionBackend,
    { place, mostChars, known, inPlace }: Plan,
    signal: AbortSignal,
  ): Promise<ShownPieces> {
    const shown = { before: window.prefix.length, after: window.suffix.length };
    const old = known?.pieces ?? [];
    const keep = old.map(({ id }) => id);
    const candidates = (await this.#source?.pieces(cursor, shown, mostChars, keep, signal)) ?? [];
    // In another window the model reads anew what follows anyway.
    const inertia = inPlace ? (backend.local ? SLOW_INERTIA : INERTIA) : 0;
    const otherWeight = otherWeightOf(backend.format);
    const pieces = selectPieces(old, candidates, { mostChars, otherWeight, inertia });
    return { ...place, pieces, chars: lengthOf(pieces, otherWeight) };
  }

  /** The model has read it, or is about to. */
  keep(shown: ShownPieces): void {
    if (shown.era === this.#era) this.#shown = shown;
  }

  /** Also of what is being chosen: it may not be shown any more. */
  clear(): void {
    this.#era += 1;
    this.#ahead = undefined;
    this.#shown = undefined;
  }
}

/** The same while a word is being written. */
function keyOf({ prefix, offset }: CursorSnapshot, mostChars: number): string {
  const word = /[\p{L}\p{N}_$]*$/u.exec(lineBefore(prefix))?.[0] ?? "";
  const settled = prefix.slice(Math.max(0, prefix.length - word.length - NEAR_CHARS), prefix.length - word.length);
  return `${offset - word.length} ${Math.floor(mostChars / KEY_STEP_CHARS)} ${settled}`;
}

/** What was found longer ago may have changed, or may not be shown any more. */
const AHEAD_MS = 2_000;
const NEVER = new AbortController().signal;
/** With less there is room for nothing that means anything. */
const LEAST_CHARS = 200;
/** An edit that leaves all lengths as they were, near the caret, is seen. */
const NEAR_CHARS = 60;
const KEY_STEP_CHARS = 1_000;
const INERTIA = 0.1;
/** A model that runs on this machine takes its time to read anew all that follows a change. */
const SLOW_INERTIA = 0.35;
