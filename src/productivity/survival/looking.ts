/** One look at a document: finds what has to be found and makes the checks that are due, with so much work and no more at once. */

import type { Instant } from "../editorEvents.ts";
import type { Fact } from "../records.ts";
import { checksMade } from "./checking.ts";
import { nextLookMs } from "./checks.ts";
import type { FollowedDocument, VersionedText } from "./followedDocument.ts";
import type { LexemeHmac } from "./lexemes.ts";
import { isSurelyDead, type Part, type Tracked } from "./tracked.ts";

/** Whether a document that is open has its file still. `asking`: that is not known yet. */
export type FileState = "there" | "gone" | "asking";

export interface Look {
  readonly document: FollowedDocument;
  /** `undefined` where it is not open, or where it is not the text that is followed. */
  readonly text: VersionedText | undefined;
  readonly hmac: LexemeHmac;
  /** Asked only where a check is due. */
  readonly fileState: () => FileState;
  readonly nowMs: Instant;
  /** See work.ts. */
  readonly most: number;
}

export interface Looked {
  readonly facts: readonly Fact[];
  /** What is known of them has changed. */
  readonly changed: ReadonlySet<Tracked>;
  /** Nothing more is to be said of them. */
  readonly done: ReadonlySet<Tracked>;
  /** There is more to do at once. */
  readonly hasMore: boolean;
  readonly work: number;
}

export function lookedAt(look: Look): Looked {
  const { document, text, hmac, nowMs } = look;
  let left = look.most;
  if (text) left -= document.settle(text, hmac, nowMs, left);
  const facts: Fact[] = [];
  const changed = new Set<Tracked>();
  const due = dueIn(document, text !== undefined, nowMs);
  const isWaiting = due.length > 0 && text !== undefined && look.fileState() === "asking";
  const places = document.placesOf(new Set(isWaiting ? [] : due.flatMap(({ parts }) => parts)));
  for (const tracked of isWaiting ? [] : due) {
    if (left <= 0 && facts.length > 0) break;
    const placeOf = (part: Part): ReturnType<typeof places.get> => places.get(part);
    const seen = text && { text: text.text, placeOf, isFileGone: look.fileState() === "gone" };
    facts.push(...checksMade(tracked, seen, hmac, nowMs));
    for (const part of tracked.parts) part.isStale = true;
    changed.add(tracked);
    left -= workOf(tracked, places);
  }
  for (const tracked of document.toKeep) {
    if (left <= 0) break;
    document.toKeep.delete(tracked);
    changed.add(tracked);
    left -= CHECK_WORK;
  }
  const done = new Set([...changed].filter(({ checks }) => checks.size === 0));
  if (done.size > 0) document.forget(done);
  const hasUnchecked = !isWaiting && changed.size < due.length;
  const anchors = text && left > 0 ? document.anchor(text.text, hmac, left) : undefined;
  left -= anchors?.work ?? 0;
  for (const tracked of anchors?.changed ?? []) changed.add(tracked);
  const hasMore =
    document.isSearching ||
    document.toKeep.size > 0 ||
    hasUnchecked ||
    (text !== undefined && anchors?.isDone !== true);
  return { facts, changed, done, hasMore, work: look.most - left };
}

/** For what the user has deleted no text is needed. */
export function canBeJudged(tracked: Tracked, { isOpen }: FollowedDocument): boolean {
  return isOpen || isSurelyDead(tracked);
}

/** What is still looked for waits until that is done, and its check says how late it is. */
function dueIn(document: FollowedDocument, hasText: boolean, nowMs: Instant): readonly Tracked[] {
  return [...document.accepts.values()].filter(
    (each) => nextLookMs(each, canBeJudged(each, document)) <= nowMs && !(hasText && document.isSeeking(each, nowMs)),
  );
}

/** At most; most accepts are judged by their characters alone. */
function workOf({ parts }: Tracked, places: ReadonlyMap<Part, { readonly from: number; readonly to: number }>): number {
  return parts.reduce((work, part) => {
    const { from, to } = places.get(part) ?? { from: 0, to: 0 };
    const { head = [], tail = [] } = part.anchor?.kept ?? {};
    return work + CHECK_WORK + ((to - from) * (head.length + tail.length)) / CHARS_OF_A_LEXEME;
  }, 0);
}

/** With what is written of it. */
const CHECK_WORK = 10_000;
const CHARS_OF_A_LEXEME = 4;
