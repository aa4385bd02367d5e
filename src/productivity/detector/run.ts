/** One suggestion from its first return to its end, and the facts that are told of it. */

import type { Instant } from "../editorEvents.ts";
import type { AcceptRecord, EndReason, EndRecord, Fact } from "../records.ts";
import { charsLeft } from "./alternative.ts";
import { isAgreed, type Place, withoutComposition } from "./place.ts";
import { Written, type WrittenBy } from "./written.ts";

const THRESHOLDS_MS = [300, 750] as const;

/** What of a suggestion was taken, and how that is known. */
export type Taken = Pick<AcceptRecord, "part" | "evidence" | "chars" | "lines" | "carets">;

export interface RunStart {
  readonly run: string;
  readonly uri: string;
  readonly language: string;
  readonly trigger: "automatic" | "manual";
  readonly model: string;
  readonly atMs: Instant;
}

/** A run that has rested for this long does not come back. */
const REST_MS = 60_000;
/** Nobody looks at grey text for longer, unless it is returned again. */
const LONGEST_MS = 3_600_000;

/** Alive while `place` is known; without it, it rests: it may be shown again, as the same run, before it ends for good. */
export class Run {
  readonly start: RunStart;
  /** What there is to choose from, by the identity of each: its characters when the run began, beyond what it replaces. */
  readonly #choices = new Map<string, number>();
  /** The user has written all of it; or one of several alternatives, while others go on. */
  isTypedThrough = false;
  /** It has ended so. */
  isAccepted = false;
  contaminated: EndRecord["contaminated"] = "no";
  #place: Place | undefined;
  #lastPlace: Place | undefined;
  /** Of its last return. */
  #returnedAtMs: Instant;
  /** Since when it can be seen without a break. */
  #visibleSinceMs: Instant | undefined;
  #resting: { readonly reason: EndReason; readonly atMs: Instant } | undefined;
  readonly #shown = new Set<300 | 750>();
  /** Of the choices, where it is known which one was meant. */
  #chosen: string | undefined;
  /** What of it is in the document by now, in its order. */
  readonly #written = new Written();
  #isTaken = false;
  readonly #tell: (fact: Fact) => void;
  /** The accepted run that it repeats: what was undone is seen again, and is no other suggestion unless it is taken again. */
  readonly #repeats: string | undefined;
  /** Of a repeated one, until it is taken again. */
  #held: Fact[] = [];

  constructor(start: RunStart, record: (fact: Fact) => void, repeats?: string) {
    this.start = start;
    this.#returnedAtMs = start.atMs;
    this.#tell = record;
    this.#repeats = repeats;
  }

  /** What records call it. */
  get name(): string {
    return this.#isHeld ? (this.#repeats ?? this.start.run) : this.start.run;
  }

  get #isHeld(): boolean {
    return this.#repeats !== undefined && !this.#isTaken;
  }

  #record(fact: Fact): void {
    if (this.#isHeld) this.#held.push(fact);
    else this.#tell(fact);
  }

  get ids(): Iterable<string> {
    return this.#choices.keys();
  }

  has(id: string): boolean {
    return this.#choices.has(id);
  }

  /** To choose from, now or later: with so many characters that are not in the document yet. */
  offer(id: string, charsLeft: number): void {
    if (!this.has(id)) this.#choices.set(id, charsLeft + this.#written.chars);
  }

  /** As what it began with, of another run that is over. */
  offerAll(other: Run): void {
    for (const [id, chars] of other.#choices) this.#choices.set(id, chars);
  }

  chose(id: string): void {
    this.#chosen = id;
  }

  get place(): Place | undefined {
    return this.#place;
  }

  /** Also where it can't be seen any more. */
  get lastPlace(): Place | undefined {
    return this.#lastPlace;
  }

  get nextDueMs(): Instant {
    if (this.#resting) return this.#resting.atMs + REST_MS;
    const end = this.#returnedAtMs + LONGEST_MS;
    const since = this.#visibleSinceMs;
    const next = THRESHOLDS_MS.find((thresholdMs) => !this.#shown.has(thresholdMs));
    return since === undefined || next === undefined ? end : Math.min(end, since + next);
  }

  /** It is returned at this place, for the first time or again. */
  showAt(place: Place, atMs: Instant): void {
    this.#resting = undefined;
    this.#returnedAtMs = atMs;
    this.moveTo(place, atMs);
  }

  /** Typed along, or moved by changes elsewhere. While something is composed that does not agree it can't be seen. */
  moveTo(place: Place, atMs: Instant): void {
    this.#place = place;
    this.#lastPlace = place;
    if (isAgreed(place)) this.#visibleSinceMs ??= atMs;
    else this.#visibleSinceMs = undefined;
  }

  /** What an input method has left in the document was typed along, if it agrees. No change says that it is over. */
  settleComposition(): void {
    if (this.#place?.composed === undefined) return;
    const over = withoutComposition(this.#place);
    if (over.kind !== "agrees") return;
    this.advanced(over.advanced, "typed");
    this.#place = over.place;
    this.#lastPlace = over.place;
    if (over.place.alternatives.every((one) => charsLeft(one, over.place.caret) === 0)) this.isTypedThrough = true;
  }

  rest(reason: EndReason, atMs: Instant): void {
    this.#place = undefined;
    this.#visibleSinceMs = undefined;
    this.#resting = { reason, atMs };
  }

  /** So many of its characters more are in the document; fewer where that is negative. */
  advanced(chars: number, by: WrittenBy): void {
    this.#written.advance(chars, by);
  }

  accepted(accept: Taken & Pick<AcceptRecord, "accept">, atMs: Instant): void {
    for (const thresholdMs of THRESHOLDS_MS) this.#isShown(thresholdMs, "accepted", atMs);
    this.#isTaken = true;
    for (const fact of this.#held.splice(0)) this.#tell(fact);
    this.#written.advance(accept.chars, "accepted");
    const { run, uri, language, model, atMs: startMs } = this.start;
    this.#record({ kind: "accept", atMs, uri, language, run, model, afterMs: atMs - startMs, ...accept });
  }

  /** Thresholds that have passed. True where the run has ended for good with it. */
  tick(nowMs: Instant): boolean {
    const since = this.#visibleSinceMs;
    if (since !== undefined)
      for (const thresholdMs of THRESHOLDS_MS)
        if (nowMs - since >= thresholdMs) this.#isShown(thresholdMs, "held", since + thresholdMs);
    if (this.#resting) {
      if (nowMs - this.#resting.atMs < REST_MS) return false;
      this.end(this.#resting.reason, this.#resting.atMs);
      return true;
    }
    const endMs = this.#returnedAtMs + LONGEST_MS;
    if (nowMs < endMs) return false;
    this.end("timed-out", endMs);
    return true;
  }

  /** For good. One that rests ends as it did when that began. */
  end(given: EndReason, givenAtMs: Instant): void {
    this.#place = undefined;
    const isFinal = given === "accepted" || given === "escape";
    const { reason, atMs } = this.#resting && !isFinal ? this.#resting : { reason: given, atMs: givenAtMs };
    this.isAccepted = reason === "accepted";
    const { run, uri, language, trigger, model, atMs: startMs } = this.start;
    this.#record({
      kind: "end",
      atMs,
      uri,
      language,
      run,
      outcome: this.#outcome(reason),
      reason,
      trigger,
      lastedMs: atMs - startMs,
      chars: this.#charsOfChoice(),
      typedChars: this.#written.charsBy("typed"),
      acceptedChars: this.#written.charsBy("accepted"),
      contaminated: this.contaminated,
      model,
    });
  }

  /** Of the one that was meant: that was accepted, or agrees with what was written of it; else of the first. */
  #charsOfChoice(): number {
    const isBegun = this.#written.chars > 0;
    const chosen = this.#chosen ?? (isBegun ? this.#lastPlace?.alternatives[0]?.id : undefined);
    const [first = 0] = this.#choices.values();
    return (chosen === undefined ? undefined : this.#choices.get(chosen)) ?? first;
  }

  #outcome(reason: EndReason): EndRecord["outcome"] {
    if (reason === "accepted") return "accepted";
    if (this.#isTaken) return "partly-accepted";
    if (reason === "typed-through") return "typed-through";
    return reason === "escape" ? "rejected" : "ignored";
  }

  #isShown(thresholdMs: 300 | 750, evidence: "held" | "accepted", atMs: Instant): void {
    if (this.#shown.has(thresholdMs)) return;
    this.#shown.add(thresholdMs);
    const { run, uri, language } = this.start;
    this.#record({ kind: "shown", atMs, uri, language, run, thresholdMs, evidence });
  }
}
