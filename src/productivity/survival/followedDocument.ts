/** One document: whose characters in it are whose, through all its changes. */

import type { AttributedChange, ChangeEvent, Instant } from "../editorEvents.ts";
import { anchorAlone, anchorOf, remembering } from "./anchoring.ts";
import { applyEdits, History, hullOf, type Shape, shapesOf } from "./history.ts";
import type { LexemeHmac } from "./lexemes.ts";
import { refound } from "./refinding.ts";
import { isAliveByChars } from "./rescue.ts";
import { type Removed, Segments, type Stretch } from "./segments.ts";
import { isDeadByHand, lose, type Part, survivingIn, type Tracked, trackedOf } from "./tracked.ts";
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
  readonly #history = new History<Followed>();
  isOpen = true;
  /** When it has to be looked at next. */
  lookMs: Instant = Number.POSITIVE_INFINITY;
  /** Since when its text is not that of the changes that are known. */
  behindSinceMs: Instant | undefined;
  /** Of the last change that is in the segments; -1 where any is as good. */
  #version = -1;
  /** The one in which what is lost was looked for in vain. */
  #searchedVersion = -1;

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
    const shapes = origin.kind === "ai" ? withoutTyped(reported, change.selectionsBefore) : reported;
    const isByHand =
      origin.kind === "typed" || origin.kind === "deleted" || origin.kind === "undo" || origin.kind === "redo";
    const steps = reason && this.#history.taken(reported, reason);
    if (reason && steps) this.#takeBack(steps, reason);
    else {
      const removed = applyEdits(this.segments, shapes);
      if (isByHand) takenByHand(removed, 1);
      else
        for (const { from, to, owner } of removed) this.#takenOtherwise(owner, to - from, origin.kind === "disk", lost);
      if (reason) this.#history.clear();
      else this.#history.remember({ shapes, hull: hullOf(reported), removed, isByHand });
    }
    let moved = 0;
    return shapes.map(({ offset, length, newLength }) => {
      const from = offset + moved;
      moved += newLength - length;
      return { from, to: from + newLength };
    });
  }

  /** What an accept has inserted, as `change` told. Where it is not known by now where that is, it has to be found. */
  follow(
    accept: string,
    { atMs, edits }: ChangeEvent,
    inserted: readonly Stretch[] | undefined,
    hmac: LexemeHmac,
  ): Tracked {
    const starts = edits.slice(0, MOST_CARETS).map(({ offset, text }, at) => {
      const stretch = inserted?.[at];
      const own = stretch ? text.slice(text.length - (stretch.to - stretch.from)) : text;
      return { insertedChars: own.length, anchor: anchorAlone(own, hmac), near: stretch?.from ?? offset };
    });
    const tracked = trackedOf(accept, atMs, starts);
    this.add(tracked);
    for (const [at, part] of tracked.parts.entries()) {
      const stretch = inserted?.[at];
      if (stretch) this.segments.add(stretch.from, stretch.to, part);
      else {
        part.leftChars = part.insertedChars;
        part.isLost = true;
        this.#searchedVersion = -1;
      }
    }
    return tracked;
  }

  add(tracked: Tracked): void {
    this.accepts.set(tracked.accept, tracked);
    this.#searchedVersion = -1;
  }

  /**
   * Looks for what is lost, and for what was written again. Linear in the text, and done once for each version of it. What is not
   * found stays as it is.
   */
  settle({ text, version }: VersionedText, hmac: LexemeHmac): void {
    this.#version = version;
    this.behindSinceMs = undefined;
    if (this.#searchedVersion === version) return;
    const sought = this.#parts().filter((part) => part.isLost || isToBeFound(part));
    this.#searchedVersion = version;
    if (sought.length === 0) return;
    for (const [part, { from }] of this.placesOf(new Set(sought))) if (!part.isLost) part.near = from;
    const wanted = new Set<Followed>(sought);
    const taken = [...this.segments.all()].filter(({ owner }) => !wanted.has(owner));
    const found = refound(text, sought, taken, remembering(hmac));
    this.segments.drop((owner) => owner.kind === "accept" && found.has(owner));
    for (const [part, stretches] of found) for (const { from, to } of stretches) this.segments.add(from, to, part);
  }

  /** Takes anew what is stale of how parts are found again, some hundred at once. Whose it was, and whether there are more. */
  anchor(text: string, hmac: LexemeHmac): { readonly anchored: ReadonlySet<Tracked>; readonly isDone: boolean } {
    const stale = this.#parts().filter((part) => part.isStale && !part.isLost && part.segments > 0);
    const some = stale.slice(0, MOST_ANCHORS_AT_ONCE);
    const places = some.length > 0 ? this.placesOf(new Set(some)) : new Map<Part, Stretch>();
    const once = remembering(hmac);
    for (const [part, { from, to }] of places) {
      part.isStale = false;
      part.near = from;
      const now = anchorOf(text, from, to, once);
      const isWhole = part.segments === 1 && part.chars === part.insertedChars && part.weight === 1;
      // Of one that was changed the surroundings are new, its own lexemes stay those that were accepted.
      if (isWhole) part.anchor = now;
      else if (part.anchor && now) part.anchor = { ...part.anchor, before: now.before, after: now.after };
    }
    return { anchored: new Set(some.map(({ of }) => of)), isDone: some.length === stale.length };
  }

  /** The document was closed, or it has changed unseen: where everything is has to be found anew. */
  lose(): void {
    for (const [part, { from }] of this.placesOf(new Set(this.#parts()))) part.near = from;
    for (const part of this.#parts()) lose(part);
    this.segments.drop(() => true);
    this.#history.clear();
    this.#version = -1;
    this.#searchedVersion = -1;
    this.behindSinceMs = undefined;
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
    for (const { accept } of tracked) this.accepts.delete(accept);
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

  #takeBack(steps: NonNullable<ReturnType<History<Followed>["taken"]>>, reason: "undo" | "redo"): void {
    this.#history.revert(steps, this.segments, reason, {
      removed: (pieces) => takenByHand(pieces, 1),
      isBack: (piece, wasByHand) => {
        if (wasByHand) takenByHand([piece], -1);
        const { owner } = piece;
        return owner.kind === "accept" ? this.accepts.has(owner.of.accept) && !owner.isLost : !owner.isTold;
      },
    });
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

function takenByHand(removed: readonly Removed<Followed>[], sign: 1 | -1): void {
  for (const { from, to, owner } of removed)
    if (owner.kind === "accept") owner.byHandChars = Math.max(0, owner.byHandChars + sign * (to - from) * owner.weight);
}

function isToBeFound(part: Part): boolean {
  return part.isRewritten && !isAliveByChars(survivingIn(part), part.insertedChars) && !isDeadByHand(part);
}

/** A suggestion may replace what the user has typed of it. That is in front of the caret, and the suggestion begins with it. */
function withoutTyped(shapes: readonly Shape[], selections: readonly Stretch[] | undefined): readonly Shape[] {
  if (selections?.length !== shapes.length) return shapes;
  return shapes.map(({ offset, length, newLength }, at) => {
    const typed = (selections[at]?.from ?? offset) - offset;
    if (typed <= 0 || typed > length || typed > newLength) return { offset, length, newLength };
    return { offset: offset + typed, length: length - typed, newLength: newLength - typed };
  });
}

/** At more carets than that it is the same many times over. */
const MOST_CARETS = 100;
const MOST_ANCHORS_AT_ONCE = 500;
