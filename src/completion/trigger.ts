/** Whether a caret is a place to ask a model about, and how long to wait first. */

import type { CursorSnapshot } from "../context/snapshot.ts";
import { isOnlyClosers } from "../text/brackets.ts";
import { isBlank, restOfLine } from "../text/lines.ts";
import type { DropReason, Trigger } from "./suggestion.ts";

export interface DelayOptions {
  /** How many of the writer's own typing intervals a pause must last. */
  readonly rate: number;
  readonly minMs: number;
  readonly maxMs: number;
}

/** The reason for not asking at this caret, or `undefined`. Somebody who asks by a key is answered in the middle of a line too. */
export function reasonNotToAsk(cursor: CursorSnapshot, trigger: Trigger): DropReason | undefined {
  if (isBlank(cursor.suffix) && isBlank(cursor.prefix)) return "empty-document";
  if (trigger === "manual") return undefined;
  if (WORD_END.test(cursor.prefix.slice(-1)) && WORD_START.test(cursor.suffix.slice(0, 2))) return "middle-of-word";
  const rest = restOfLine(cursor.suffix);
  return isBlank(rest) || isOnlyClosers(rest) ? undefined : "middle-of-line";
}

/**
 * Learns how fast somebody types and how fast the model answers, and says how long to wait for the pause that a
 * suggestion is wanted in: the model's own time is part of the pause. (The form is that of Tabby's agent.)
 */
export class TypingRhythm {
  #lastKeyAt: number | undefined;
  #intervals: number[] = [];
  #latencyMs: number | undefined;

  /** `nowMs` is monotonic. */
  key(nowMs: number): void {
    const interval = this.#lastKeyAt === undefined ? undefined : nowMs - this.#lastKeyAt;
    this.#lastKeyAt = nowMs;
    if (interval === undefined || interval > LONGEST_INTERVAL_MS) return;
    this.#intervals = [...this.#intervals, interval].slice(-INTERVALS_KEPT);
  }

  /** The model took this long from the request to its first text. */
  answered(latencyMs: number): void {
    this.#latencyMs =
      this.#latencyMs === undefined ? latencyMs : this.#latencyMs + (latencyMs - this.#latencyMs) * NEWEST_WEIGHT;
  }

  /** In milliseconds. As long as nothing is known about the writer it is the least. */
  delay({ rate, minMs, maxMs }: DelayOptions): number {
    const interval = median(this.#intervals) ?? 0;
    return Math.max(minMs, Math.min(maxMs, rate * interval - (this.#latencyMs ?? 0)));
  }
}

function median(values: readonly number[]): number | undefined {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
}

const WORD_END = /[\p{L}\p{N}_$]$/u;
const WORD_START = /^[\p{L}\p{N}_$]/u;
/** A longer one is a pause for thought, not a rhythm. */
const LONGEST_INTERVAL_MS = 1_000;
const INTERVALS_KEPT = 10;
const NEWEST_WEIGHT = 0.3;
