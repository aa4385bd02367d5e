/**
 * Of one document: suggestions that were drawn in it, and what was written after them. A character counts if it is still there ten
 * minutes after it was written, so that what is accepted and taken back again is none; the time is that at which it was written.
 */

import type { Instant, SingleDraw } from "../editorEvents.ts";
import type { TrialRecord } from "./records.ts";
import { applyEdits, type Shape } from "../survival/history.ts";
import { type Owner, Segments, type Stretch } from "../survival/segments.ts";

export interface Drawn {
  readonly draw: SingleDraw;
  readonly ids: readonly string[];
  readonly atMs: Instant;
  /** How long somebody had worked until then. */
  readonly activeMs: number;
  isAsked: boolean;
}

export type Came = Pick<TrialRecord, "state" | "reason" | "activeMs" | "survivingChars">;

/** What one change wrote, or several within a second. */
interface Piece extends Owner {
  readonly sinceMs: Instant;
  /** Of its last character. */
  atMs: Instant;
  activeMs: number;
  isOld: boolean;
}

interface Moment {
  readonly atMs: Instant;
  /** How long somebody has worked until then. */
  readonly activeMs: number;
}

/** Nothing that a key does is linear in the document, or in what waits: each draw and each piece is taken up once and let go once. */
export class DrawnDocument {
  readonly #came: (drawn: Drawn, came: Came) => void;
  /** Of the last ten minutes, in the order of time. With no draw before them, pieces are none of anybody's. */
  readonly #young: (Drawn | Piece)[] = [];
  /** Older ones, in their order, with how many characters had lasted when each was drawn. */
  readonly #open: { readonly drawn: Drawn; readonly before: number }[] = [];
  readonly #segments = new Segments<Piece>();
  readonly #heldBack = new Map<string, Drawn>();
  #lasted = 0;
  #old = 0;
  #sinceDraw = 0;
  #count = 0;

  constructor(came: (drawn: Drawn, came: Came) => void) {
    this.#came = came;
  }

  /** Draws that wait. */
  get count(): number {
    return this.#count;
  }

  /** Of the first that waits; `undefined` without any. */
  get firstMs(): Instant | undefined {
    return (this.#open[0]?.drawn ?? this.#young.find(isDrawn))?.atMs;
  }

  begin(drawn: Drawn): void {
    this.#young.push(drawn);
    if (!drawn.draw.isShown) for (const id of drawn.ids) this.#heldBack.set(id, drawn);
    this.#count += 1;
    this.#sinceDraw = 0;
  }

  /** These suggestions are shown, since somebody asked for them by hand. */
  given(ids: readonly string[]): void {
    for (const id of ids) {
      const drawn = this.#heldBack.get(id);
      if (drawn) drawn.isAsked = true;
    }
  }

  /** Whether something that counts stands where these edits are. */
  isTouchedBy(shapes: readonly Shape[]): boolean {
    return shapes.some(({ offset, length }) => {
      for (const { isOld } of this.#segments.ownersIn(offset, offset + length)) if (!isOld) return true;
      return false;
    });
  }

  edited(shapes: readonly Shape[]): void {
    applyEdits(this.#segments, shapes);
  }

  /** Of a change that may be told after a draw which it was made before. */
  wrote(stretches: readonly Stretch[], now: Moment): void {
    let at = this.#young.length;
    for (let last = this.#young[at - 1]; last && isDrawn(last) && last.atMs >= now.atMs; last = this.#young[at - 1])
      at -= 1;
    if (this.#open.length === 0 && at === 0) return;
    const piece = this.#pieceAt(at, now);
    for (const { from, to } of stretches) {
      this.#segments.add(from, to, piece);
      this.#sinceDraw += to - from;
    }
  }

  /** Up to now, before anything changes. */
  pass(now: Moment): void {
    this.#age(now.atMs - LASTS_MS, { state: "reached", reason: "" });
    const [first] = this.#open;
    if (!first || now.activeMs - first.drawn.activeMs <= MOST_ACTIVE_MS) return;
    const couldCount = (item: Drawn | Piece): boolean =>
      !isDrawn(item) && item.chars > 0 && item.activeMs - first.drawn.activeMs <= MOST_ACTIVE_MS;
    if (this.#young.some(couldCount)) return;
    this.#endFirst({ state: "censored", reason: "too-long", activeMs: MOST_ACTIVE_MS });
    this.pass(now);
  }

  /**
   * Nothing more can be seen of it. What has been there for ten seconds counts as it stands: what is taken back at once does not.
   * Of what is younger nothing is known, so that draws which need it are censored when it was written.
   */
  settle(now: Moment, reason: "document-closed" | "session-ended" | "read-anew"): void {
    this.pass(now);
    this.#age(now.atMs - SEEN_MS, { state: "reached", reason });
    this.#age(Infinity, { state: "censored", reason });
    for (let [first] = this.#open; first; [first] = this.#open)
      this.#endFirst({ state: "censored", reason, activeMs: now.activeMs - first.drawn.activeMs });
  }

  /** The first one is not waited for any longer. */
  giveUp(now: Moment): void {
    const [open] = this.#open;
    const at = open ? -1 : this.#young.findIndex(isDrawn);
    const drawn = open?.drawn ?? this.#young[at];
    if (!drawn || !isDrawn(drawn)) return;
    let chars = open ? this.#lasted - open.before : 0;
    let { activeMs } = now;
    for (const item of this.#young.slice(at + 1)) {
      if (isDrawn(item)) continue;
      chars += item.chars;
      if (chars < CHARS) continue;
      ({ activeMs } = item);
      break;
    }
    if (open) this.#open.shift();
    else this.#young.splice(at, 1);
    this.#end(drawn, {
      state: "censored",
      reason: "too-many",
      activeMs: activeMs - drawn.activeMs,
      survivingChars: chars,
    });
  }

  /** Takes up what was not later than that. */
  #age(untilMs: Instant, as: Pick<Came, "state" | "reason">): void {
    for (let [item] = this.#young; item; [item] = this.#young) {
      const isNobodys = !isDrawn(item) && this.#open.length === 0;
      if (item.atMs > untilMs && !isNobodys) break;
      this.#young.shift();
      if (isDrawn(item)) this.#open.push({ drawn: item, before: this.#lasted });
      else this.#lasts(item, as);
    }
    if (this.#old < MOST_OLD) return;
    this.#segments.drop(({ isOld }) => isOld);
    this.#old = 0;
  }

  #lasts(piece: Piece, as: Pick<Came, "state" | "reason">): void {
    const { chars, activeMs } = piece;
    piece.isOld = true;
    this.#old += 1;
    if (chars === 0) return;
    const isBehind = ({ drawn }: { readonly drawn: Drawn }): boolean => activeMs - drawn.activeMs > MOST_ACTIVE_MS;
    for (let [first] = this.#open; first && isBehind(first); [first] = this.#open)
      this.#endFirst({ state: "censored", reason: "too-long", activeMs: MOST_ACTIVE_MS });
    this.#lasted += chars;
    for (let [first] = this.#open; first && this.#lasted - first.before >= CHARS; [first] = this.#open)
      this.#endFirst({ ...as, activeMs: activeMs - first.drawn.activeMs });
  }

  #endFirst(came: Omit<Came, "survivingChars">): void {
    const first = this.#open.shift();
    if (first) this.#end(first.drawn, { ...came, survivingChars: this.#lasted - first.before });
  }

  #end(drawn: Drawn, came: Came): void {
    this.#count -= 1;
    for (const id of drawn.ids) if (this.#heldBack.get(id) === drawn) this.#heldBack.delete(id);
    this.#came(drawn, came);
  }

  /** The last one where it is of the same second, and far behind what any draw needs if nothing much is taken back. */
  #pieceAt(at: number, { atMs, activeMs }: Moment): Piece {
    const last = this.#young[at - 1];
    const isFar = this.#sinceDraw >= FAR_CHARS && last && !isDrawn(last) && atMs - last.sinceMs < SAME_MS;
    if (last && !isDrawn(last) && (isFar || this.#young.length >= MOST_YOUNG)) {
      last.atMs = Math.max(last.atMs, atMs);
      last.activeMs = Math.max(last.activeMs, activeMs);
      return last;
    }
    const owner = { chars: 0, segments: 0, keepsPlace: false, hasPlace: false };
    const piece: Piece = { ...owner, sinceMs: atMs, atMs, activeMs, isOld: false };
    this.#young.splice(at, 0, piece);
    return piece;
  }
}

const isDrawn = (item: Drawn | Piece): item is Drawn => "draw" in item;

/** As the plan has them (`SinglesPlan`). */
const CHARS = 40;
const LASTS_MS = 600_000;
const SEEN_MS = 10_000;
const MOST_ACTIVE_MS = 30 * 60_000;
/** From so many after the last draw on, what is written within a second is one piece. */
const FAR_CHARS = 400;
const SAME_MS = 1_000;
/** More than anybody types in ten minutes: beyond it, one piece grows. */
const MOST_YOUNG = 4_096;
/** Pieces whose segments are taken away at once. */
const MOST_OLD = 256;
