/** Follows what was accepted, and what was typed, through everything that becomes of a document, and says at fixed times what is left. */

import { countsOf } from "../activity/changeCounts.ts";
import type { AttributedChange, Instant } from "../editorEvents.ts";
import type { Fact } from "../records.ts";
import { checksMade, givenUp } from "./checking.ts";
import { nextLookMs, tooLateMs } from "./checks.ts";
import { FollowedDocument, type VersionedText } from "./followedDocument.ts";
import type { LexemeHmac } from "./lexemes.ts";
import type { Stretch } from "./segments.ts";
import { storedOf, trackedFrom } from "./stored.ts";
import { isSurelyDead, type Part, type Tracked } from "./tracked.ts";
import { TypedGroups } from "./typedGroups.ts";

/** What is kept beyond the window, so that another one can go on. */
export interface StoredAccept {
  readonly accept: string;
  readonly uri: string;
  /** When somebody has to look at it next, also if its file is not opened. */
  readonly dueMs: Instant;
  readonly value: string;
}

export interface SurvivalOptions {
  readonly hmac: LexemeHmac;
  /** Of a document that is open. Called at checks, and when a document comes back or settles after a change; never at a key. */
  readonly textOf: (uri: string) => VersionedText | undefined;
  readonly record: (fact: Fact) => void;
  readonly keep: (stored: StoredAccept) => void;
  readonly release: (accept: string) => void;
}

export class SurvivalTracker {
  readonly #options: SurvivalOptions;
  readonly #documents = new Map<string, FollowedDocument>();
  readonly #typed: TypedGroups;
  /** The last ones, for accepts that are claimed after them. */
  readonly #commits: { readonly isIn: (uri: string) => boolean; readonly atMs: Instant }[] = [];
  #count = 0;

  constructor(options: SurvivalOptions) {
    this.#options = options;
    this.#typed = new TypedGroups(options.record);
  }

  get nextDueMs(): Instant | undefined {
    let due = this.#typed.nextDueMs ?? Number.POSITIVE_INFINITY;
    for (const { lookMs } of this.#documents.values()) due = Math.min(due, lookMs);
    return due === Number.POSITIVE_INFINITY ? undefined : due;
  }

  /** In the order of the changes. `edit` is the `edit` record's that counts it. */
  heed(attributed: AttributedChange, edit: string): void {
    const { change, origin } = attributed;
    const { uri, atMs } = change;
    const isFollowed = origin.kind === "ai" || origin.kind === "typed";
    const document = isFollowed ? this.#documentOf(uri) : this.#documents.get(uri);
    if (!document) return;
    const inserted = document.change(attributed, (group) => this.#typed.censor(group, atMs));
    if (origin.kind === "ai") {
      const tracked = document.follow(origin.accept, change, inserted, this.#options.hmac);
      this.#count += 1;
      this.#keep(tracked, uri);
      document.soon(atMs + SETTLES_MS);
      this.#limit(atMs);
    } else if (origin.kind === "typed") this.#typedIn(document, attributed, edit, inserted);
    else if (origin.kind !== "deleted" && document.accepts.size > 0) document.soon(atMs + SETTLES_MS);
    if (document.segments.count <= MOST_SEGMENTS) return;
    // What was typed is not followed there any more, and if that is not enough, old accepts are not.
    this.#typed.censorAll(atMs, uri);
    const given = document.thinned(MOST_SEGMENTS / 2);
    if (given.size > 0) this.#giveUp(given, document, "too-many", atMs);
  }

  /** Accepts of an earlier window, or of one that has ended, in a file that is open here. */
  resume(uri: string, stored: readonly Pick<StoredAccept, "accept" | "value">[], nowMs: Instant): void {
    if (stored.length === 0) return;
    const document = this.#documentOf(uri);
    for (const { accept, value } of stored) {
      if (document.accepts.has(accept)) continue;
      const tracked = this.#resumed(accept, value, nowMs);
      if (!tracked) continue;
      const commit = this.#commits.find(({ isIn, atMs }) => atMs >= tracked.atMs && isIn(uri));
      tracked.committedMs ??= commit?.atMs;
      document.add(tracked);
      this.#count += 1;
    }
    this.#limit(nowMs);
    this.#look(uri, document, nowMs);
  }

  /** Accepts of windows that have ended, whose files nobody has opened: what is too late by now is said to be so. */
  expire(stored: readonly StoredAccept[], nowMs: Instant): void {
    for (const { accept, value, uri } of stored) {
      const tracked = this.#resumed(accept, value, nowMs);
      if (!tracked) continue;
      this.#record(checksMade(tracked, undefined, this.#options.hmac, nowMs));
      this.#keep(tracked, uri);
    }
  }

  opened(uri: string, nowMs: Instant): void {
    const document = this.#documents.get(uri);
    if (document) this.#look(uri, document, nowMs);
  }

  /** What is on the disk now is what another window will find: how things are found again is taken anew. */
  saved(uri: string, nowMs: Instant): void {
    const document = this.#documents.get(uri);
    if (!document || document.accepts.size === 0) return;
    for (const { parts } of document.accepts.values()) for (const part of parts) part.isStale = true;
    document.soon(nowMs + SETTLES_MS);
  }

  closed(uri: string, nowMs: Instant): void {
    const document = this.#documents.get(uri);
    if (!document) return;
    this.#typed.censorAll(nowMs, uri);
    document.lose();
    document.isOpen = false;
    for (const tracked of document.accepts.values()) this.#keep(tracked, uri);
    this.#plan(uri, document, nowMs);
  }

  /** The file, or the folder that it is in, has another name. VS Code may have closed the one and opened the other before. */
  renamed(from: string, to: string): void {
    const document = this.#documents.get(from);
    if (!document) return;
    this.#documents.delete(from);
    this.#typed.renamed(from, to);
    const there = this.#documents.get(to);
    if (there) document.lose();
    const target = there ?? document;
    this.#documents.set(to, target);
    for (const tracked of document.accepts.values()) {
      target.add(tracked);
      this.#keep(tracked, to);
    }
    target.soon(0);
  }

  deleted(uri: string, nowMs: Instant): void {
    const document = this.#documents.get(uri);
    if (document) this.#giveUp(new Set(document.accepts.values()), document, "deleted-file", nowMs);
    this.#typed.censorAll(nowMs, uri);
    this.#documents.delete(uri);
  }

  /** What of these documents was accepted before it is looked at now, or when they are opened. */
  committed(isIn: (uri: string) => boolean, nowMs: Instant): void {
    this.#commits.push({ isIn, atMs: nowMs });
    if (this.#commits.length > MOST_COMMITS) this.#commits.shift();
    for (const [uri, document] of this.#documents) {
      if (!isIn(uri)) continue;
      for (const tracked of document.accepts.values()) {
        if (tracked.atMs > nowMs || tracked.committedMs !== undefined || !tracked.checks.has("commit")) continue;
        tracked.committedMs = nowMs;
        // Whoever opens the file later has to know of it.
        if (!document.isOpen) this.#keep(tracked, uri);
      }
      this.#look(uri, document, nowMs);
    }
  }

  tick(nowMs: Instant): void {
    this.#typed.tick(nowMs, (uri) => {
      const document = this.#documents.get(uri);
      return document?.isOpen === true ? document.segments : undefined;
    });
    for (const [uri, document] of this.#documents) if (document.lookMs <= nowMs) this.#look(uri, document, nowMs);
  }

  /** The window ends: what is followed is there for the next one. */
  end(nowMs: Instant): void {
    this.#typed.censorAll(nowMs);
    for (const [uri, document] of this.#documents) {
      const given = document.accepts.size > 0 ? this.#options.textOf(uri) : undefined;
      if (given && document.isAt(given)) document.anchor(given.text, this.#options.hmac);
      document.lose();
      for (const tracked of document.accepts.values()) this.#keep(tracked, uri);
    }
    this.#documents.clear();
    this.#count = 0;
  }

  #typedIn(
    document: FollowedDocument,
    attributed: AttributedChange,
    edit: string,
    inserted: readonly Stretch[] | undefined,
  ): void {
    const { uri, atMs, edits } = attributed.change;
    if (edits.every(({ text }) => text === "")) return;
    // As the `edit` record counts: what a step of a composition writes anew was not typed once more.
    const { insertedChars, removedChars } = countsOf(attributed);
    const chars = insertedChars === 0 ? -removedChars : insertedChars;
    const group = this.#typed.of(edit, uri, atMs, chars);
    if (!inserted) this.#typed.censor(group, atMs);
    if (group.isTold) return;
    for (const { from, to } of inserted ?? []) if (to > from) document.segments.add(from, to, group);
  }

  /** Finds what has to be found, and makes the checks that are due. */
  #look(uri: string, document: FollowedDocument, nowMs: Instant): void {
    const given = document.accepts.size > 0 ? this.#options.textOf(uri) : undefined;
    if (document.accepts.size > 0) document.isOpen = given !== undefined;
    if (given && !document.isAt(given)) {
      // A change is told of a little after it was made. If it is not told of at all, what is known of the places is worth nothing.
      document.behindSinceMs ??= nowMs;
      if (nowMs - document.behindSinceMs >= GIVEN_UP_AFTER_MS) {
        this.#typed.censorAll(nowMs, uri);
        document.lose();
      }
    }
    const text = given && document.isAt(given) ? given : undefined;
    if (text) document.settle(text, this.#options.hmac);
    const due = [...document.accepts.values()].filter((each) => nextLookMs(each, canBeJudged(each, document)) <= nowMs);
    if (due.length > 0) this.#checkAll(uri, document, due, text?.text, nowMs);
    const anchors = text && document.anchor(text.text, this.#options.hmac);
    for (const tracked of anchors?.anchored ?? []) this.#keep(tracked, uri);
    this.#plan(uri, document, nowMs);
    if ((given && !text) || anchors?.isDone === false) document.soon(nowMs + SETTLES_MS);
  }

  #checkAll(
    uri: string,
    document: FollowedDocument,
    due: readonly Tracked[],
    text: string | undefined,
    nowMs: Instant,
  ): void {
    const places = document.placesOf(new Set(due.flatMap(({ parts }) => parts)));
    const seen = text === undefined ? undefined : { text, placeOf: (part: Part) => places.get(part) };
    for (const tracked of due) {
      this.#record(checksMade(tracked, seen, this.#options.hmac, nowMs));
      for (const part of tracked.parts) part.isStale = true;
      this.#keep(tracked, uri);
    }
    const done = new Set(due.filter(({ checks }) => checks.size === 0));
    if (done.size === 0) return;
    document.forget(done);
    this.#count -= done.size;
  }

  /** When to look at it again; one with nothing to follow that is closed is forgotten. */
  #plan(uri: string, document: FollowedDocument, nowMs: Instant): void {
    document.lookMs = Number.POSITIVE_INFINITY;
    for (const tracked of document.accepts.values()) {
      const next = nextLookMs(tracked, canBeJudged(tracked, document));
      document.soon(next > nowMs ? next : nowMs + SETTLES_MS);
    }
    if (!document.isOpen && document.accepts.size === 0) this.#documents.delete(uri);
  }

  #resumed(accept: string, value: string, nowMs: Instant): Tracked | undefined {
    const tracked = trackedFrom(accept, value);
    if (!tracked) this.#options.release(accept);
    else if (tracked.atMs <= nowMs + MOST_AHEAD_MS) return tracked;
    else {
      this.#record(givenUp(tracked, "clock", nowMs));
      this.#options.release(accept);
    }
    return undefined;
  }

  /** Nothing more can be said of them. */
  #giveUp(given: ReadonlySet<Tracked>, document: FollowedDocument, reason: string, nowMs: Instant): void {
    for (const tracked of given) {
      this.#record(givenUp(tracked, reason, nowMs));
      this.#options.release(tracked.accept);
    }
    document.forget(given);
    this.#count -= given.size;
  }

  #record(facts: readonly Fact[]): void {
    for (const fact of facts) this.#options.record(fact);
  }

  #keep(tracked: Tracked, uri: string): void {
    const { accept, checks } = tracked;
    if (checks.size === 0) return this.#options.release(accept);
    const late = Math.min(...Array.from(checks, (check) => tooLateMs(check, tracked)));
    this.#options.keep({ accept, uri, value: storedOf(tracked), dueMs: late });
  }

  #limit(nowMs: Instant): void {
    while (this.#count > MOST_ACCEPTS) {
      const [first, ...others] = this.#documents.values();
      if (!first) return;
      const age = ({ oldest }: FollowedDocument): Instant => oldest?.atMs ?? Number.POSITIVE_INFINITY;
      const document = others.reduce((one, other) => (age(other) < age(one) ? other : one), first);
      if (!document.oldest) return;
      this.#giveUp(new Set([document.oldest]), document, "too-many", nowMs);
    }
  }

  #documentOf(uri: string): FollowedDocument {
    const known = this.#documents.get(uri);
    if (known) return known;
    const document = new FollowedDocument();
    this.#documents.set(uri, document);
    return document;
  }
}

/** For what the user has deleted no text is needed. */
function canBeJudged(tracked: Tracked, { isOpen }: FollowedDocument): boolean {
  return isOpen || isSurelyDead(tracked);
}

/** A change is told up to a second after it was made. */
const SETTLES_MS = 1_500;
const GIVEN_UP_AFTER_MS = 10_000;
/** Some weeks of accepts that wait for a commit. */
const MOST_ACCEPTS = 5_000;
/** Of one document. */
const MOST_SEGMENTS = 20_000;
const MOST_COMMITS = 100;
/** Clocks of two windows may differ by the drift of a day. */
const MOST_AHEAD_MS = 3_600_000;
