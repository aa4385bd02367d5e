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

/** What is shown, and where. */
export interface ShownPieces {
  readonly pieces: readonly Piece[];
  /** Their length, as `lengthOf` tells it: asked at every key. */
  readonly chars: number;
  readonly key: string;
  readonly uri: string;
  readonly windowStart: number;
}

export class SurroundingPieces {
  readonly #source: PieceSource | undefined;
  readonly #windows: Windows;
  #shown: ShownPieces | undefined;

  constructor(source: PieceSource | undefined, windows: Windows) {
    this.#source = source;
    this.#windows = windows;
  }

  /**
   * What to show beside `window`, so that all of it is read in `ms`; what the model has read before may be longer. Asks
   * its source once a word, not at every key.
   */
  async plan(
    cursor: CursorSnapshot,
    window: FileWindow,
    backend: CompletionBackend,
    { mostPieceTokens }: Pick<CompletionOptions, "mostPieceTokens">,
    ms: number,
    signal: AbortSignal,
  ): Promise<ShownPieces> {
    const known = this.#shown?.uri === cursor.uri ? this.#shown : undefined;
    const inPlace = known?.windowStart === window.start;
    const otherWeight = otherWeightOf(backend.format);
    const room = (ms: number): number => this.#windows.roomForPieces(cursor, backend, window, ms);
    const kept = inPlace ? Math.min(room(readingMs.most), known.chars) : 0;
    const mostChars = Math.min(Math.max(room(ms), kept), mostPieceTokens * ASCII_CHARS_PER_TOKEN);
    const plan = { uri: cursor.uri, windowStart: window.start, key: keyOf(cursor, mostChars) };
    if (this.#source === undefined || mostChars < LEAST_CHARS) return { ...plan, pieces: [], chars: 0 };
    if (known?.key === plan.key) return known;
    const shown = { before: window.prefix.length, after: window.suffix.length };
    const keep = known?.pieces.map(({ id }) => id) ?? [];
    const candidates = await this.#source.pieces(cursor, shown, mostChars, keep, signal);
    // In another window the model reads anew what follows anyway.
    const inertia = inPlace ? (backend.local ? SLOW_INERTIA : INERTIA) : 0;
    const pieces = selectPieces(known?.pieces ?? [], candidates, { mostChars, otherWeight, inertia });
    return { ...plan, pieces, chars: lengthOf(pieces, otherWeight) };
  }

  /** The model has read it, or is about to. */
  keep(shown: ShownPieces): void {
    this.#shown = shown;
  }

  clear(): void {
    this.#shown = undefined;
  }
}

/** The same while a word is being written. */
function keyOf({ prefix, offset }: CursorSnapshot, mostChars: number): string {
  const word = /[\p{L}\p{N}_$]*$/u.exec(lineBefore(prefix))?.[0] ?? "";
  const settled = prefix.slice(Math.max(0, prefix.length - word.length - NEAR_CHARS), prefix.length - word.length);
  return `${offset - word.length} ${Math.floor(mostChars / KEY_STEP_CHARS)} ${settled}`;
}

/** With less there is room for nothing that means anything. */
const LEAST_CHARS = 200;
/** An edit that leaves all lengths as they were, near the caret, is seen. */
const NEAR_CHARS = 60;
const KEY_STEP_CHARS = 1_000;
const INERTIA = 0.1;
/** A model that runs on this machine takes its time to read anew all that follows a change. */
const SLOW_INERTIA = 0.35;
