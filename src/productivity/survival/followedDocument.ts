/** One document: whose characters in it are whose, through all its changes. */

import type { AttributedChange, ChangeEvent, Instant } from "../editorEvents.ts";
import { type Anchored, anchoredAnew, AROUND_CHARS, remembering } from "./anchoring.ts";
import { applyEdits, History, hullOf, shapesOf } from "./history.ts";
import { addsToTyped, insertionsOf, withoutTyped } from "./inserting.ts";
import { type LexemeHmac, salted } from "./lexemes.ts";
import { isAliveByChars } from "./rescue.ts";
import { Search } from "./search.ts";
import { againMs, isSoughtNow } from "./seeking.ts";
import { type Removed, Segments, type Stretch } from "./segments.ts";
import { isDeadByHand, lose, type Part, survivingIn, takeByHand, type Tracked, trackedOf } from "./tracked.ts";
import type { TypedGroup } from "./typedGroups.ts";

/** A document's text, and the version that it is of. */
export interface VersionedText {
  readonly text: string;
  readonly version: number;
}

type Followed = Part | TypedGroup;

export class FollowedDocument {
  readonly segments = new Segments<Followed>();
  readonly accepts = new Map<string, Tracked>();
  /** What the next window has to know of them was not kept yet. */
  readonly toKeep = new Set<Tracked>();
  /** Goes into the HMACs of the lexemes of what is accepted in it. */
  readonly #salt: string;
  readonly #history = new History<Followed>();
  isOpen = true;
  /** When it has to be looked at next. */
  lookMs: Instant = Number.POSITIVE_INFINITY;
  /** Since when its text is not that of the changes that are known. */
  behindSinceMs: Instant | undefined;
  /** Of the last change that is in the segments; -1 where any is as good. */
  #version = -1;
  /** Of the last change that may have brought back what was not found, and of the last one that was read from the disk. */
  readonly #restoring = { version: -1, fromDisk: -1 };
  #search: Search | undefined;

  constructor(salt: string) {
    this.#salt = salt;
  }

  soon(atMs: Instant): void {
    this.lookMs = Math.min(this.lookMs, atMs);
  }

  /** Whether a text is the one that the segments are in. */
  isAt({ version }: VersionedText): boolean {
    return this.#version === -1 || version === this.#version;
  }

  /**
   * Costs what `Segments` says for each edit. Where what it inserted stands after it, ascending; `undefined` for a change that was in
   * the text already when that was last looked at.
   * @param lost is told of typed text that was read anew from the disk
   */
  change({ change, origin }: AttributedChange, lost: (group: TypedGroup) => void): readonly Stretch[] | undefined {
    if (change.version <= this.#version) return undefined;
    this.#version = change.version;
    const { reason } = change;
    const reported = shapesOf(change.edits);
    const shapes = addsToTyped(origin) ? withoutTyped(reported, change.selectionsBefore) : reported;
    const isByHand =
      origin.kind === "typed" ||
      origin.kind === "completed" ||
      origin.kind === "deleted" ||
      origin.kind === "undo" ||
      origin.kind === "redo";
    if (!KEEPS_WHAT_IS_MISSED.has(origin.kind)) this.#restoring.version = change.version;
    if (origin.kind === "disk") this.#restoring.fromDisk = change.version;
    // What comes back with an undo, or is read anew, was not in the text that is searched.
    const byHandMs = isByHand ? change.atMs : undefined;
    if (reason || origin.kind === "disk" || this.#search?.changed(shapes, byHandMs) === false) this.#search = undefined;
    const steps = reason && this.#history.taken(reported, reason);
    if (reason && steps) this.#takeBack(steps, reason, change.atMs);
    else {
      const removed = applyEdits(this.segments, shapes);
      this.#taken(removed, byHandMs, origin.kind === "disk", lost);
      if (reason) this.#history.clear();
      else this.#history.remember({ shapes, hull: hullOf(reported), removed, isByHand });
    }
    let moved = 0;
    const inserted = shapes.map(({ offset, length, newLength }) => {
      const from = offset + moved;
      moved += newLength - length;
      return { from, to: from + newLength };
    });
    this.#touch(inserted);
    return inserted;
  }

  /** What an accept has inserted, as `change` told. Where it is not known by now where that is, it has to be found. */
  follow(accept: string, change: ChangeEvent, inserted: readonly Stretch[] | undefined, hmac: LexemeHmac): Tracked {
    const insertions = insertionsOf(change, inserted, salted(hmac, this.#salt));
    const tracked = trackedOf(
      { accept, atMs: change.atMs, salt: this.#salt },
      insertions.map(({ start }) => start),
    );
    this.add(tracked);
    for (const [at, part] of tracked.parts.entries()) {
      const stretches = insertions[at]?.stretches;
      for (const { from, to } of stretches ?? []) this.segments.add(from, to, part);
      if (stretches) continue;
      part.leftChars = part.insertedChars;
      part.isLost = true;
    }
    return tracked;
  }

  add(tracked: Tracked): void {
    this.accepts.set(tracked.accept, tracked);
  }

  /**
   * Looks for what is lost, and for what was written again, with `most` work at once (see work.ts); how much it was. What is not
   * found stays as it is. While `isSeeking` tells so of an accept, it has to be called again.
   */
  settle(text: VersionedText, hmac: LexemeHmac, nowMs: Instant, most: number): number {
    this.#version = text.version;
    this.behindSinceMs = undefined;
    this.#search ??= this.#searchFor(text, hmac, nowMs);
    if (!this.#search) return 0;
    const { done, isAll } = this.#search.step(most);
    if (isAll) this.#search = undefined;
    return done;
  }

  get isSearching(): boolean {
    return this.#search !== undefined;
  }

  /** Nothing can be said of it before it was looked for. */
  isSeeking({ parts }: Tracked, nowMs: Instant): boolean {
    return parts.some((part) => this.#search?.isFor(part) === true || isSoughtNow(part, this.#restoring, nowMs));
  }

  /** When what was not found is looked for again. Linear in the number of accepts. */
  get nextSearchMs(): Instant {
    return this.#parts().reduce((next, part) => Math.min(next, againMs(part, this.#restoring)), Infinity);
  }

  /** Takes anew what is stale of how parts are found again; see anchoring.ts. */
  anchor(text: string, hmac: LexemeHmac, most: number): Anchored {
    const stale = this.#parts().filter((part) => part.isStale && !part.isLost && part.segments > 0);
    const places = stale.length > 0 ? this.placesOf(new Set(stale)) : new Map<Part, Stretch>();
    return anchoredAnew(text, places, hmac, most);
  }

  /** The document was closed, or it has changed unseen: where everything is has to be found anew. */
  lose(): void {
    for (const [part, { from }] of this.placesOf(new Set(this.#parts()))) part.near = from;
    for (const part of this.#parts()) {
      lose(part);
      part.missed = undefined;
    }
    this.segments.drop(() => true);
    this.#history.clear();
    this.#version = -1;
    this.#restoring.version = -1;
    this.#restoring.fromDisk = -1;
    this.#search = undefined;
    this.behindSinceMs = undefined;
  }

  /** It has another address: its text is the same and its versions are counted anew. */
  renumber(version: number): void {
    this.#search = undefined;
    for (const part of this.#parts()) part.missed = undefined;
    this.#version = version;
    this.#restoring.version = -1;
    this.#restoring.fromDisk = -1;
  }

  /** From its first to its last piece, for each that has one. Linear in the number of segments. */
  placesOf(wanted: ReadonlySet<Part>): ReadonlyMap<Part, Stretch> {
    const places = new Map<Part, Stretch>();
    for (const { from, to, owner } of this.segments.all()) {
      if (owner.kind !== "accept" || !wanted.has(owner)) continue;
      places.set(owner, { from: places.get(owner)?.from ?? from, to });
    }
    return places;
  }

  forget(tracked: ReadonlySet<Tracked>): void {
    for (const each of tracked) {
      this.accepts.delete(each.accept);
      this.toKeep.delete(each);
    }
    this.segments.drop((owner) => owner.kind === "accept" && tracked.has(owner.of));
  }

  /** Linear in the number of accepts. */
  get oldest(): Tracked | undefined {
    let oldest: Tracked | undefined;
    for (const tracked of this.accepts.values()) if (!oldest || tracked.atMs < oldest.atMs) oldest = tracked;
    return oldest;
  }

  /** Without what was typed; and which accepts would have to go so that at most so many segments are left. */
  thinned(mostSegments: number): ReadonlySet<Tracked> {
    this.segments.drop((owner) => owner.kind === "typed");
    const given = new Set<Tracked>();
    let left = this.segments.count;
    for (const tracked of this.accepts.values()) {
      if (left <= mostSegments) break;
      given.add(tracked);
      left -= tracked.parts.reduce((sum, { segments }) => sum + Math.max(segments, 1), 0);
    }
    return given;
  }

  #parts(): readonly Part[] {
    return Array.from(this.accepts.values(), ({ parts }) => parts).flat();
  }

  #searchFor(text: VersionedText, hmac: LexemeHmac, nowMs: Instant): Search | undefined {
    const all = this.#parts().filter((part) => isSoughtNow(part, this.#restoring, nowMs));
    const [first] = all;
    if (!first) return undefined;
    // What came with another name of the file has another salt: it is looked for in the next search.
    const { salt } = first.of;
    const sought = all.filter(({ of }) => of.salt === salt);
    for (const [part, { from }] of this.placesOf(new Set(sought))) if (!part.isLost) part.near = from;
    const found = (part: Part, pieces: readonly Stretch[]): void => {
      if (part.segments > 0 || part.hasPlace) this.segments.drop((owner) => owner === part);
      if (this.accepts.get(part.of.accept) !== part.of) return;
      for (const { from, to } of pieces) this.segments.add(from, to, part);
      part.isTouched = true;
    };
    const lost = (removed: readonly Removed<Part>[], byHandMs: Instant | undefined): void =>
      this.#taken(removed, byHandMs, false);
    const taken = [...this.segments.all()];
    return new Search({ text, sought, taken, hmac: salted(remembering(hmac), salt), nowMs, found, lost });
  }

  #takeBack(steps: NonNullable<ReturnType<History<Followed>["taken"]>>, reason: "undo" | "redo", atMs: Instant): void {
    this.#history.revert(steps, this.segments, reason, {
      removed: (pieces) => this.#takenByHand(pieces, 1, atMs),
      isBack: (piece, wasByHand) => {
        if (wasByHand) this.#takenByHand([piece], -1, atMs);
        const { owner } = piece;
        return owner.kind === "accept" ? this.accepts.has(owner.of.accept) && !owner.isLost : !owner.isTold;
      },
    });
  }

  #taken(
    removed: readonly Removed<Followed>[],
    byHandMs: Instant | undefined,
    isFromDisk: boolean,
    lost: (group: TypedGroup) => void = () => {},
  ): void {
    if (byHandMs !== undefined) this.#takenByHand(removed, 1, byHandMs);
    else for (const { from, to, owner } of removed) this.#takenOtherwise(owner, to - from, isFromDisk, lost);
  }

  /** What stands around these stretches has other surroundings. */
  #touch(changed: readonly Stretch[]): void {
    if (changed.length > MOST_LOOKED_AROUND) for (const part of this.#parts()) part.isTouched = true;
    else
      for (const { from, to } of changed)
        for (const owner of this.segments.ownersIn(from - AROUND_CHARS, to + AROUND_CHARS))
          if (owner.kind === "accept") owner.isTouched = true;
  }

  #takenByHand(removed: readonly Removed<Followed>[], sign: 1 | -1, atMs: Instant): void {
    for (const { from, to, owner } of removed) {
      if (owner.kind !== "accept") continue;
      const { deadMs } = owner.of;
      takeByHand(owner, sign * (to - from), atMs);
      if (owner.of.deadMs !== deadMs) this.toKeep.add(owner.of);
    }
  }

  #takenOtherwise(owner: Followed, chars: number, isFromDisk: boolean, lost: (group: TypedGroup) => void): void {
    if (owner.kind === "typed") {
      owner.rewrittenChars += chars;
      if (isFromDisk) lost(owner);
      return;
    }
    if (isFromDisk) {
      // As many as there were before it.
      owner.chars += chars;
      lose(owner);
      owner.chars -= chars;
    } else owner.isRewritten ||= !isAliveByChars(survivingIn(owner), owner.insertedChars) && !isDeadByHand(owner);
  }
}

/** A change in more places is none of a key. */
const MOST_LOOKED_AROUND = 200;
/** What somebody writes by hand is not what is sought, even where it is the same. */
const KEEPS_WHAT_IS_MISSED: ReadonlySet<string> = new Set(["ai", "completed", "deleted", "typed"]);
