/** An accept that is followed: one part for each caret at which it was inserted. */

import type { Instant } from "../editorEvents.ts";
import type { Check } from "../records.ts";
import { allChecks } from "./checks.ts";
import type { KeptLexemes } from "./lexemes.ts";
import { ALIVE_FROM_SHARE, isAliveByChars } from "./rescue.ts";
import type { Owner } from "./segments.ts";

/** How a part is found again; see `Sought` in relocation.ts. Its lexemes are HMACs. */
export interface Anchor {
  readonly kept: KeptLexemes;
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly lead: number;
  readonly trail: number;
}

export interface Part extends Owner {
  readonly kind: "accept";
  readonly of: Tracked;
  readonly insertedChars: number;
  /** Before its text was at hand it has no surroundings. `undefined` for white space that is no lexeme. */
  anchor: Anchor | undefined;
  /** The anchor is to be taken anew: its surroundings have changed, or were never seen. */
  isStale: boolean;
  /** Something near it has changed since that was done. */
  isTouched: boolean;
  /** Where it was when it was last seen. */
  near: number;
  /** Its place in the document is not known: it has to be found by its lexemes first. */
  isLost: boolean;
  /** While it is lost, how many characters there were. */
  leftChars: number;
  /** What one character of its segments counts: found again by its lexemes, a text may have other white space than it had. */
  weight: number;
  /** Of the inserted ones, those that were taken away by keys of the user. */
  byHandChars: number;
  /** Something else has taken so much of it that it is dead by its characters, such as a formatter, which writes it again. */
  isRewritten: boolean;
  /** It was found again after that, and this is how far from the accepted text. */
  rescuedAt: number | undefined;
  /** The last search that did not find it. */
  missed: Missed | undefined;
}

interface Missed {
  /** Of the text that was searched. */
  readonly version: number;
  /** When that search began. */
  readonly atMs: Instant;
  /** How many there were, one after the other. */
  readonly times: number;
}

export interface Tracked {
  readonly accept: string;
  readonly atMs: Instant;
  /** Of the HMACs of its lexemes; see `salted`. */
  readonly salt: string;
  readonly insertedChars: number;
  readonly parts: readonly Part[];
  /** Those that have not been made. */
  readonly checks: Set<Check>;
  /** When the next commit after it was. */
  committedMs: Instant | undefined;
  /** Since when it is surely dead, where it is. */
  deadMs: Instant | undefined;
}

export interface PartStart {
  readonly insertedChars: number;
  readonly anchor: Anchor | undefined;
  readonly near: number;
}

export function trackedOf(
  { accept, atMs, salt }: Pick<Tracked, "accept" | "atMs" | "salt">,
  starts: readonly PartStart[],
): Tracked {
  const parts: Part[] = [];
  const insertedChars = starts.reduce((sum, start) => sum + start.insertedChars, 0);
  const checks = new Set(allChecks);
  const tracked = { accept, atMs, salt, insertedChars, parts, checks, committedMs: undefined, deadMs: undefined };
  for (const start of starts)
    parts.push({
      ...start,
      kind: "accept",
      of: tracked,
      isStale: true,
      isTouched: true,
      isLost: false,
      leftChars: 0,
      weight: 1,
      byHandChars: 0,
      isRewritten: false,
      rescuedAt: undefined,
      missed: undefined,
      chars: 0,
      segments: 0,
      keepsPlace: true,
      hasPlace: false,
    });
  return tracked;
}

/** Surviving characters. While a part is lost as many as there were. */
export function survivingIn({ isLost, leftChars, chars, weight, insertedChars }: Part): number {
  return isLost ? leftChars : Math.min(insertedChars, Math.round(chars * weight));
}

export function survivingOf({ parts }: Tracked): number {
  return parts.reduce((sum, part) => sum + survivingIn(part), 0);
}

/** Those that neither are left nor were taken by something else. */
export function byHandIn(part: Part): number {
  return Math.min(part.byHandChars, part.insertedChars - survivingIn(part));
}

/** The user's keys alone have taken so much that it is dead by its characters. */
export function isDeadByHand(part: Part): boolean {
  return part.insertedChars - byHandIn(part) < ALIVE_FROM_SHARE * part.insertedChars;
}

/** It was written again by something else than the user's keys, and too little of it is known to be there. */
export function isToBeFound(part: Part): boolean {
  return part.isRewritten && !isAliveByChars(survivingIn(part), part.insertedChars) && !isDeadByHand(part);
}

/** Two thirds were taken by the user's keys: no finding again makes it alive. */
export function isSurelyDead({ parts, insertedChars }: Tracked): boolean {
  return parts.reduce((sum, part) => sum + byHandIn(part), 0) >= ALIVE_FROM_SHARE * insertedChars;
}

/** So many of its characters were taken away by keys of the user, or were given back. They are not counted in it any more, or not yet. */
export function takeByHand(part: Part, chars: number, atMs: Instant): void {
  part.byHandChars = Math.max(0, part.byHandChars + chars * part.weight);
  const { of } = part;
  of.deadMs = isSurelyDead(of) ? (of.deadMs ?? atMs) : undefined;
}

/** Where it is, is not known any more: how much of it there was, is. */
export function lose(part: Part): void {
  if (part.isLost) return;
  // What was written again and not found before, is still to be found.
  const isSought = part.isRewritten && !isDeadByHand(part);
  const byHand = byHandIn(part);
  part.leftChars = isSought ? part.insertedChars - byHand : survivingIn(part);
  part.byHandChars = byHand;
  part.isLost = true;
}
