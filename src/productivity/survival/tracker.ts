/** Follows what was accepted, and what was typed, through everything that becomes of a document, and says at fixed times what is left. */

import type { AttributedChange, Instant } from "../editorEvents.ts";
import { checksMade } from "./checking.ts";
import { nextLookMs } from "./checks.ts";
import { CommitTimes, type Repository } from "./commitTimes.ts";
import { FollowedDocument } from "./followedDocument.ts";
import { Keeping, type StoredAccept, type SurvivalOptions } from "./keeping.ts";
import { canBeJudged, lookedAt } from "./looking.ts";
import type { Tracked } from "./tracked.ts";
import { TypedGroups } from "./typedGroups.ts";
import { MOST_WORK_AT_ONCE } from "./work.ts";

export class SurvivalTracker {
  readonly #options: SurvivalOptions;
  readonly #keeping: Keeping;
  readonly #documents = new Map<string, FollowedDocument>();
  readonly #typed: TypedGroups;
  readonly #commits = new CommitTimes();
  #count = 0;
  /** Not later than when the first document has to be looked at. */
  #soonestMs: Instant = Number.POSITIVE_INFINITY;

  constructor(options: SurvivalOptions) {
    this.#options = options;
    this.#keeping = new Keeping(options);
    this.#typed = new TypedGroups(options.record);
  }

  /** It may be too early, but not too late. Asked after every event: it costs nothing. */
  get nextDueMs(): Instant | undefined {
    const due = Math.min(this.#typed.nextDueMs ?? Number.POSITIVE_INFINITY, this.#soonestMs);
    return due === Number.POSITIVE_INFINITY ? undefined : due;
  }

  /** Of the documents in which something is followed, open or not. */
  get addresses(): Iterable<string> {
    return this.#documents.keys();
  }

  /** In the order of the changes. `edit` is the `edit` record's that counts it. */
  heed(attributed: AttributedChange, edit: string): void {
    const { change, origin } = attributed;
    const { uri, atMs } = change;
    const isWritten = origin.kind === "typed" || origin.kind === "completed";
    const isFollowed = origin.kind === "ai" || isWritten;
    const document = isFollowed ? this.#documentOf(uri) : this.#documents.get(uri);
    if (!document) return;
    const inserted = document.change(attributed, (group) => this.#typed.censor(group, atMs));
    if (origin.kind === "ai") {
      const tracked = document.follow(origin.accept, change, inserted, this.#options.hmac);
      this.#count += 1;
      this.#keeping.keep(tracked, uri);
      this.#soon(document, atMs + SETTLES_MS);
      this.#limit(atMs);
    } else if (isWritten) this.#typed.heed(attributed, edit, inserted, document.segments);
    else if (origin.kind !== "deleted" && document.accepts.size > 0) this.#soon(document, atMs + SETTLES_MS);
    if (document.toKeep.size > 0) this.#soon(document, atMs + SETTLES_MS);
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
    const firstCommitAfter = this.#commits.firstAfterIn(uri);
    for (const { accept, value } of stored) {
      if (document.accepts.has(accept)) continue;
      const tracked = this.#keeping.resumed(accept, value, nowMs);
      if (!tracked) continue;
      tracked.committedMs ??= firstCommitAfter(tracked.atMs);
      document.add(tracked);
      this.#count += 1;
    }
    this.#limit(nowMs);
    this.#look(uri, document, nowMs);
  }

  /** Accepts of windows that have ended, whose files nobody has opened: what is too late by now is said to be so. */
  expire(stored: readonly StoredAccept[], nowMs: Instant): void {
    for (const { accept, value, uri } of stored) {
      const tracked = this.#keeping.resumed(accept, value, nowMs);
      if (!tracked) continue;
      this.#keeping.record(checksMade(tracked, undefined, this.#options.hmac, nowMs, false));
      this.#keeping.keep(tracked, uri);
    }
  }

  opened(uri: string, nowMs: Instant): void {
    const document = this.#documents.get(uri);
    if (document) this.#look(uri, document, nowMs);
  }

  /** What is on the disk now is what another window will find: how that is found again which was changed is taken anew. */
  saved(uri: string, nowMs: Instant): void {
    const document = this.#documents.get(uri);
    if (!document || document.accepts.size === 0) return;
    for (const { parts } of document.accepts.values()) for (const part of parts) part.isStale ||= part.isTouched;
    this.#soon(document, nowMs + SETTLES_MS);
  }

  /** Where its language is changed VS Code tells that it is closed and opened, and it is there all the time. */
  closed(uri: string, nowMs: Instant): void {
    const document = this.#documents.get(uri);
    if (!document || this.#options.textOf(uri)) return;
    this.#typed.censorAll(nowMs, uri);
    document.lose();
    document.isOpen = false;
    for (const tracked of document.accepts.values()) this.#keeping.keep(tracked, uri);
    this.#plan(uri, document, nowMs, false);
  }

  /**
   * The file, or the folder that it is in, has another name, or an untitled document has become a file. VS Code may have closed the
   * one and opened the other before.
   */
  renamed(from: string, to: string, nowMs: Instant): void {
    const document = this.#documents.get(from);
    if (!document || from === to) return;
    const before = this.#options.textOf(from);
    const now = this.#options.textOf(to);
    const there = this.#documents.get(to);
    // Its versions are another document's.
    if (!there && before && now && before.text === now.text && document.isAt(before)) document.renumber(now.version);
    else {
      this.#typed.censorAll(nowMs, from);
      document.lose();
    }
    this.#documents.delete(from);
    this.#typed.renamed(from, to);
    const target = there ?? document;
    this.#documents.set(to, target);
    for (const tracked of document.accepts.values()) {
      target.add(tracked);
      this.#keeping.keep(tracked, to);
    }
    this.#soon(target, 0);
  }

  deleted(uri: string, nowMs: Instant): void {
    const document = this.#documents.get(uri);
    if (document) this.#giveUp(new Set(document.accepts.values()), document, "deleted-file", nowMs);
    this.#typed.censorAll(nowMs, uri);
    this.#documents.delete(uri);
  }

  /**
   * There were commits at these times, ascending, the last of them now or earlier, also before this window began. What of these
   * documents was accepted before one of them is looked at now, or when they are opened.
   */
  committed(repository: Repository, commitsMs: readonly Instant[], nowMs: Instant): void {
    this.#commits.add(repository, commitsMs);
    for (const [uri, document] of this.#documents) {
      if (document.accepts.size === 0 || !repository.isIn(uri)) continue;
      for (const tracked of document.accepts.values()) {
        if (tracked.committedMs !== undefined || !tracked.checks.has("commit")) continue;
        tracked.committedMs = commitsMs.find((atMs) => atMs >= tracked.atMs);
        // Whoever opens the file later has to know of it.
        if (tracked.committedMs !== undefined && !document.isOpen) this.#keeping.keep(tracked, uri);
      }
      this.#soon(document, nowMs);
    }
    this.tick(nowMs);
  }

  /** What `fileOf` said was being asked is known now. */
  fileKnown(uri: string, nowMs: Instant): void {
    this.#typed.mayGoOn();
    const document = this.#documents.get(uri);
    if (document) this.#soon(document, nowMs);
    this.tick(nowMs);
  }

  /** Everything was deleted: what was followed up to now is spoken of no more. */
  forgetAll(): void {
    for (const document of this.#documents.values()) document.lose();
    this.#documents.clear();
    this.#typed.clear();
    this.#count = 0;
    this.#soonestMs = Number.POSITIVE_INFINITY;
  }

  /** Does some milliseconds of work at most; what is left is due at once again. */
  tick(nowMs: Instant): void {
    const segmentsOf = (uri: string) => this.#documents.get(uri)?.segments;
    this.#typed.tick(nowMs, segmentsOf, (uri) =>
      this.#documents.get(uri)?.isOpen === true ? this.#options.fileOf(uri) : "gone",
    );
    if (this.#soonestMs > nowMs) return;
    this.#soonestMs = Number.POSITIVE_INFINITY;
    let left = MOST_WORK_AT_ONCE;
    for (const [uri, document] of this.#documents) {
      if (document.lookMs <= nowMs && left > 0) left -= this.#look(uri, document, nowMs, left);
      this.#soonestMs = Math.min(this.#soonestMs, document.lookMs);
    }
  }

  /** The window ends: what is followed is there for the next one. */
  end(nowMs: Instant): void {
    this.#typed.censorAll(nowMs);
    for (const [uri, document] of this.#documents) {
      const given = document.accepts.size > 0 ? this.#options.textOf(uri) : undefined;
      if (given && document.isAt(given)) document.anchor(given.text, this.#options.hmac, MOST_WORK_AT_THE_END);
      document.lose();
      for (const tracked of document.accepts.values()) this.#keeping.keep(tracked, uri);
    }
    this.#documents.clear();
    this.#count = 0;
  }

  /** Finds what has to be found, and makes the checks that are due. How much work that was. */
  #look(uri: string, document: FollowedDocument, nowMs: Instant, most = MOST_WORK_AT_ONCE): number {
    const { textOf, fileOf, hmac } = this.#options;
    const given = document.accepts.size > 0 ? textOf(uri) : undefined;
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
    const looked = lookedAt({ document, text, hmac, fileState: () => fileOf(uri), nowMs, most });
    this.#keeping.record(looked.facts);
    for (const tracked of looked.changed) this.#keeping.keep(tracked, uri);
    this.#count -= looked.done.size;
    this.#plan(uri, document, nowMs, text !== undefined);
    if (given && !text) this.#soon(document, nowMs + SETTLES_MS);
    if (looked.hasMore) this.#soon(document, nowMs);
    return looked.work;
  }

  /** When to look at it again; one with nothing to follow that is closed is forgotten. */
  #plan(uri: string, document: FollowedDocument, nowMs: Instant, hasText: boolean): void {
    document.lookMs = Number.POSITIVE_INFINITY;
    for (const tracked of document.accepts.values()) {
      const next = nextLookMs(tracked, canBeJudged(tracked, document));
      document.soon(next > nowMs ? next : nowMs + SETTLES_MS);
    }
    if (document.isOpen) document.soon(Math.max(document.nextSearchMs, nowMs + (hasText ? 0 : SETTLES_MS)));
    this.#soon(document, document.lookMs);
    if (!document.isOpen && document.accepts.size === 0) this.#documents.delete(uri);
  }

  #soon(document: FollowedDocument, atMs: Instant): void {
    document.soon(atMs);
    this.#soonestMs = Math.min(this.#soonestMs, atMs);
  }

  /** Nothing more can be said of them. */
  #giveUp(given: ReadonlySet<Tracked>, document: FollowedDocument, reason: string, nowMs: Instant): void {
    this.#keeping.giveUp(given, reason, nowMs);
    document.forget(given);
    this.#count -= given.size;
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
    const document = new FollowedDocument(this.#options.saltOf(uri));
    this.#documents.set(uri, document);
    return document;
  }
}

/** A change is told up to a second after it was made. */
const SETTLES_MS = 1_500;
const GIVEN_UP_AFTER_MS = 10_000;
/** Some weeks of accepts that wait for a commit. */
const MOST_ACCEPTS = 5_000;
/** Of one document. */
const MOST_SEGMENTS = 20_000;
/** Some ten milliseconds: the window does not wait for longer. */
const MOST_WORK_AT_THE_END = 10 * MOST_WORK_AT_ONCE;
