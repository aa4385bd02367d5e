/** Whether a caret is a place to ask a model about, and how long to wait first. */

import type { Scope } from "../context/caretSyntax.ts";
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

/** The reason for not asking in a comment or a string, where the user does not want that. */
export function reasonByScope(
  scope: Scope,
  wanted: { readonly comments: boolean; readonly strings: boolean },
): DropReason | undefined {
  if (scope === "comment" && !wanted.comments) return "in-comment";
  return scope === "string" && !wanted.strings ? "in-string" : undefined;
}

/** True right after the first character of a word: who begins one rarely stops there. */
export function hasBegunWord(prefix: string): boolean {
  return WORD_END.test(prefix.slice(-1)) && !WORD_END.test(prefix.slice(0, -1).slice(-2));
}

/**
 * Learns how fast somebody types and how fast the model answers, and says how long to wait for the pause that a
 * suggestion is wanted in: the model's own time is part of the pause. (The form is that of Tabby's agent.)
 */
export class TypingRhythm {
  #lastKeyAt: number | undefined;
  #intervals: number[] = [];
  #latencyMs: number | undefined;
  #afterPause = true;

  /** `nowMs` is monotonic. */
  key(nowMs: number): void {
    const interval = this.#lastKeyAt === undefined ? undefined : nowMs - this.#lastKeyAt;
    this.#lastKeyAt = nowMs;
    this.#afterPause = interval === undefined || interval > LONGEST_INTERVAL_MS;
    if (interval === undefined || interval > LONGEST_INTERVAL_MS) return;
    this.#intervals = [...this.#intervals, interval].slice(-INTERVALS_KEPT);
  }

  /** The last key was the first one after a pause. */
  get isAfterPause(): boolean {
    return this.#afterPause;
  }

  /** The time in which the next key of a steady writer has come. */
  get nextKeyMs(): number {
    return (median(this.#intervals) ?? TYPICAL_INTERVAL_MS) * SURE_INTERVALS;
  }

  /** The model took this long from the request to its first text. */
  answered(latencyMs: number): void {
    this.#latencyMs =
      this.#latencyMs === undefined ? latencyMs : this.#latencyMs + (latencyMs - this.#latencyMs) * NEWEST_WEIGHT;
  }

  /**
   * In milliseconds. As long as nothing is known about the writer it is the least. `patience` is that of `Patience`;
   * `begunWord` says that the last key may well have been the first of many.
   */
  delay({ rate, minMs, maxMs }: DelayOptions, patience = 1, begunWord = false): number {
    const interval = median(this.#intervals) ?? 0;
    // After suggestions were waved away there is a pause, however slow the model is itself.
    const rejected = (patience - 1) * PATIENT_MS;
    const usual = Math.max(rejected, rate * patience * interval - (this.#latencyMs ?? 0));
    const begun = begunWord && this.#afterPause ? this.nextKeyMs : 0;
    return Math.max(minMs, Math.min(maxMs * Math.max(1, patience), Math.max(usual, begun)));
  }
}

/**
 * How much longer than usual to wait: longer after suggestions were waved away, shorter after they were accepted, and as
 * usual again when time has passed. The factors and the time are those of Copilot's next-edit suggestions.
 */
export class Patience {
  #factor = 1;
  #at = 0;

  dismissed(nowMs: number): void {
    this.#multiply(1.5, nowMs);
  }

  accepted(nowMs: number): void {
    this.#multiply(0.8, nowMs);
  }

  /** 1 is as usual. */
  factor(nowMs: number): number {
    return 1 + (this.#factor - 1) * Math.exp((this.#at - nowMs) / FORGET_MS);
  }

  #multiply(by: number, nowMs: number): void {
    this.#factor = Math.min(MOST_PATIENCE, Math.max(LEAST_PATIENCE, this.factor(nowMs) * by));
    this.#at = nowMs;
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
/** Of somebody of whom nothing is known: 60 words a minute are 200 ms a key, and a burst of keys is faster than the whole. */
const TYPICAL_INTERVAL_MS = 150;
/** The next key of a steady writer has come by then. */
const SURE_INTERVALS = 1.25;
const NEWEST_WEIGHT = 0.3;
const PATIENT_MS = 150;
const FORGET_MS = 10 * 60_000;
const MOST_PATIENCE = 3;
const LEAST_PATIENCE = 0.5;
