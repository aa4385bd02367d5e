/** Typed characters, in groups of ten seconds: how many of each are left after ten minutes. In memory alone. */

import { countsOf } from "../activity/changeCounts.ts";
import type { AttributedChange, Instant } from "../editorEvents.ts";
import type { Fact } from "../records.ts";
import { countedStretches } from "./countedStretches.ts";
import type { FileState } from "./looking.ts";
import { ALIVE_FROM_SHARE } from "./rescue.ts";
import type { Owner, Segments, Stretch } from "./segments.ts";

export interface TypedGroup extends Owner {
  readonly kind: "typed";
  /** The `edit` record's. */
  readonly edit: string;
  readonly dueMs: Instant;
  uri: string;
  typedChars: number;
  /** Taken by something else than the user's keys, a formatter for one: those may be there as well as before. */
  rewrittenChars: number;
  /** It was told what is left. It stays known up to its time, or what comes later of the same ten seconds would be told again. */
  isTold: boolean;
}

export class TypedGroups {
  readonly #record: (fact: Fact) => void;
  /** In the order in which they began. */
  readonly #groups = new Map<string, TypedGroup>();
  /** It is not known of the first one yet whether its file is there. */
  #isWaiting = false;

  constructor(record: (fact: Fact) => void) {
    this.#record = record;
  }

  get nextDueMs(): Instant | undefined {
    return this.#isWaiting ? undefined : this.#groups.values().next().value?.dueMs;
  }

  /**
   * A change that was typed or completed, which the `edit` record of that name counts.
   * @param inserted where it stands; `undefined` where that is not known
   */
  heed<O extends Owner>(
    attributed: AttributedChange,
    edit: string,
    inserted: readonly Stretch[] | undefined,
    segments: Segments<O | TypedGroup>,
  ): void {
    const { uri, atMs, edits } = attributed.change;
    if (edits.every(({ text }) => text === "")) return;
    // As the `edit` record counts: what a step of a composition writes anew was not typed once more.
    const { insertedChars, removedChars } = countsOf(attributed);
    const chars = insertedChars === 0 ? -removedChars : insertedChars;
    const group = this.#of(edit, uri, atMs, chars);
    if (!inserted) this.censor(group, atMs);
    if (group.isTold) return;
    for (const [at, { from, to }] of (inserted ?? []).entries()) {
      // Without what a completion writes anew of what was typed before.
      const { text = "" } = edits[at] ?? {};
      for (const stretch of countedStretches(text.slice(text.length - (to - from)), from))
        segments.add(stretch.from, stretch.to, group);
    }
  }

  /** The group of an `edit` record, to which `chars` more belong, or fewer. */
  #of(edit: string, uri: string, atMs: Instant, chars: number): TypedGroup {
    const known = this.#groups.get(edit);
    const group = known ?? {
      kind: "typed",
      edit,
      uri,
      dueMs: atMs + CHECKED_AFTER_MS,
      typedChars: 0,
      rewrittenChars: 0,
      isTold: false,
      chars: 0,
      segments: 0,
      keepsPlace: false,
      hasPlace: false,
    };
    if (!known) this.#groups.set(edit, group);
    group.typedChars = Math.max(0, group.typedChars + chars);
    return group;
  }

  /** Those whose time has come, in a document that is there. Where that is being asked, `mayGoOn` has to be called then. */
  tick(
    nowMs: Instant,
    segmentsOf: (uri: string) => Segments<Owner> | undefined,
    fileOf: (uri: string) => FileState,
  ): void {
    const ended = new Map<string, Set<Owner>>();
    for (const group of this.#groups.values()) {
      if (group.dueMs > nowMs || this.#isWaiting) break;
      const file = group.isTold || nowMs - group.dueMs > TOO_LATE_MS ? "gone" : fileOf(group.uri);
      this.#isWaiting = file === "asking";
      if (this.#isWaiting) break;
      this.#tell(group, file === "there" ? "counted" : "censored", nowMs);
      this.#groups.delete(group.edit);
      ended.set(group.uri, (ended.get(group.uri) ?? new Set()).add(group));
    }
    for (const [uri, groups] of ended) segmentsOf(uri)?.drop((owner) => groups.has(owner));
  }

  mayGoOn(): void {
    this.#isWaiting = false;
  }

  /** Without a word. */
  clear(): void {
    this.#groups.clear();
    this.#isWaiting = false;
  }

  /** Nothing more is known of it. Its segments may stay until they are dropped. */
  censor(group: TypedGroup, nowMs: Instant): void {
    this.#tell(group, "censored", nowMs);
  }

  /** Nothing more is known of this document's, or of all. */
  censorAll(nowMs: Instant, uri?: string): void {
    for (const group of this.#groups.values())
      if (uri === undefined || uri === group.uri) this.#tell(group, "censored", nowMs);
  }

  renamed(from: string, to: string): void {
    for (const group of this.#groups.values()) if (group.uri === from) group.uri = to;
  }

  #tell(group: TypedGroup, state: "counted" | "censored", atMs: Instant): void {
    if (group.isTold) return;
    group.isTold = true;
    const { edit, typedChars, chars, rewrittenChars } = group;
    const isKnown = state === "counted" && rewrittenChars <= (1 - ALIVE_FROM_SHARE) * typedChars;
    this.#record({
      kind: "typedSurvival",
      atMs,
      edit,
      typedChars,
      survivingChars: isKnown ? Math.min(chars, typedChars) : 0,
      state: isKnown ? "counted" : "censored",
    });
  }
}

const CHECKED_AFTER_MS = 600_000;
const TOO_LATE_MS = 360_000;
