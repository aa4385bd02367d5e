/**
 * Finds out what became of each suggestion, from what the editor did alone. VS Code tells an extension of a full accept, and of
 * nothing else: what is shown, typed through, taken in part or left is inferred here.
 *
 * A change that may be an accept is held until its command, the selection's event behind it or the time decides; whatever
 * happens meanwhile waits in a queue, so that everything is looked at in its order.
 *
 * What can't be told:
 * - A single character that VS Code's own accept-word command takes looks like a typed one; so does a line break with its
 *   indentation.
 * - A word from the editor's list of names that is just what comes next looks like that command.
 * - Where there are several suggestions to choose from, which one is seen.
 * - Where the event of the selection is missing, two or more characters in one change that end at a word's end are taken for that
 *   command, though a machine may have typed them. With it they are told apart.
 */

import type { AttributedChange, ChangeEvent, EditorEvent, Instant, Origin } from "../editorEvents.ts";
import type { Fact } from "../records.ts";
import { Answers } from "./answers.ts";
import { Following, type Verdict } from "./following.ts";
import { type Held, possibleAccept } from "./heldChange.ts";
import { withCaretAt } from "./place.ts";
import { Runs } from "./runs.ts";
import { takes, type Taking } from "./takenPart.ts";

export interface DetectorOptions {
  /** Of a run or an accept: never the same twice in a session, however often the counting begins anew in it. */
  readonly newId: (kind: "run" | "accept") => string;
  readonly record: (fact: Fact) => void;
  /** Every change once, in order; one that was accepted behind the record of its accept. */
  readonly attributed: (attributed: AttributedChange) => void;
  /** What a change is that is no accept. Asked about every change once, in order, when it happens. */
  readonly classify: (change: ChangeEvent) => Origin;
}

/** An event, and what a change is if it is no accept. */
type Item =
  | { readonly event: ChangeEvent; readonly origin: Origin }
  | { readonly event: Exclude<EditorEvent, ChangeEvent>; readonly origin: undefined };

export class Detector {
  readonly #options: DetectorOptions;
  readonly #runs: Runs;
  readonly #answers: Answers;
  readonly #following: Following;
  #held: Held | undefined;
  #waiting: Item[] = [];
  #taking: Taking | undefined;
  #front: string | undefined;
  #isFocused = true;

  constructor(options: DetectorOptions) {
    this.#options = options;
    const { record, attributed, newId } = options;
    this.#runs = new Runs({ record, newId: () => newId("run") });
    this.#answers = new Answers({ runs: this.#runs, record });
    this.#following = new Following({ runs: this.#runs, record, attributed, newId: () => newId("accept") });
  }

  /** When time has to be told of, if nothing else happens. */
  get nextDueMs(): Instant | undefined {
    if (this.#held) return this.#held.untilMs;
    const due = Math.min(this.#runs.nextDueMs ?? Infinity, this.#following.nextDueMs ?? Infinity);
    return due === Infinity ? undefined : due;
  }

  /** In the order in which they happened. */
  heed(event: EditorEvent): void {
    if (event.kind === "change") this.#take({ event, origin: this.#options.classify(event) });
    else this.#take({ event, origin: undefined });
  }

  /** The window ends. What is held and queued is decided. */
  end(atMs: Instant): void {
    while (this.#held) {
      const isOver = this.#held.untilMs <= atMs;
      this.#settle(this.#held, { kind: isOver ? "no-command" : "nothing-more" });
    }
    this.#runs.tick(atMs);
    this.#runs.endAll(undefined, "session-ended", atMs);
    this.#following.end();
  }

  #take(item: Item): void {
    const { event } = item;
    if (event.kind === "closed") this.#settleIn(event.uri);
    else if (event.kind !== "accepted" || !this.#held?.run.has(event.id)) this.#expire(event.atMs);
    const held = this.#held;
    if (!held) return this.#process(item);
    if (event.kind === "tick") return;
    if (event.kind === "accepted" && held.run.has(event.id)) {
      this.#settle(held, { kind: "command", id: event.id });
      // What fell due while it was held.
      if (!this.#held) this.#process({ event: { kind: "tick", atMs: event.atMs }, origin: undefined });
      return;
    }
    this.#waiting.push(item);
    if (event.kind === "selection" && event.uri === held.change.uri) held.selection ??= event;
    const isClear = held.possible.kind === "part" && held.selection !== undefined;
    if (isClear || this.#waiting.length > MOST_WAITING) this.#settle(held, { kind: "no-command" });
  }

  /**
   * The time that commands are waited for has passed. If nothing at all was heard at its end, somebody has held the extension host
   * up, and what the editor has sent meanwhile comes now, one after the other.
   */
  #expire(nowMs: Instant): void {
    while (this.#held && this.#held.untilMs <= nowMs) {
      if (!this.#held.isLate && nowMs - this.#held.untilMs > HELD_UP_MS) {
        this.#held.isLate = true;
        this.#held.untilMs = nowMs + CATCHES_UP_MS;
        return;
      }
      this.#settle(this.#held, { kind: "no-command" });
    }
  }

  /** Whoever hears that a document is closed has heard all that was done in it. */
  #settleIn(uri: string): void {
    while (this.#held?.change.uri === uri) this.#settle(this.#held, { kind: "nothing-more" });
  }

  #settle(held: Held, verdict: Verdict): void {
    this.#held = undefined;
    this.#runs.tick(held.change.atMs);
    this.#following.settle(held, verdict);
    for (const item of this.#waiting.splice(0)) this.#take(item);
  }

  #process({ event, origin }: Item): void {
    this.#runs.tick(event.atMs);
    this.#following.tick(event.atMs);
    switch (event.kind) {
      case "change":
        // Both are there or neither: the type of an item.
        if (origin) this.#changed(event, origin);
        return;
      case "selection":
        this.#answers.selected(event);
        return this.#caretAt(event.uri, event.selections[0], event.atMs);
      case "focus":
        this.#isFocused = event.isFocused;
        return this.#restUnseen(event.atMs);
      case "active":
        this.#front = event.uri;
        return this.#restUnseen(event.atMs);
      case "closed":
        this.#runs.endAll(event.uri, "document-changed", event.atMs);
        return this.#answers.closed(event.uri);
      case "asked":
        // The editor asks only where its caret is.
        this.#front = event.uri;
        this.#caretAt(event.uri, { anchor: event.offset, active: event.offset }, event.atMs);
        return this.#answers.asked(event);
      case "answered":
        this.#answers.answered(event);
        return this.#restUnseen(event.atMs);
      case "withheld":
        return this.#answers.withheld(event);
      case "accepted":
        return this.#accepted(event.id, event.atMs);
      case "taking":
        this.#taking = event;
        return;
      case "not-taken":
        if (this.#taking?.id === event.id) this.#taking = undefined;
        return;
      case "dismissed":
        return this.#dismissed(event.id, event.atMs);
      case "scroll":
      case "opened":
      case "saved":
      case "dirtied":
      case "tick":
        return;
    }
  }

  #changed(change: ChangeEvent, origin: Origin): void {
    this.#answers.changed(change);
    this.#following.passed(change);
    const taking = this.#taking;
    if (taking && change.atMs - taking.atMs <= TAKEN_WITHIN_MS && takes(change, taking)) {
      this.#taking = undefined;
      return this.#following.take(change, origin, taking);
    }
    const run = this.#runs.in(change.uri);
    const possible = run?.place && possibleAccept(change, origin, run.place);
    if (!run?.place || !possible) return this.#following.follow(change, origin, run);
    const untilMs = change.atMs + HOLD_MS;
    this.#held = { change, origin, run, place: run.place, possible, untilMs, isLate: false, selection: undefined };
  }

  /** No change is held that it could belong to. */
  #accepted(id: string, atMs: Instant): void {
    const run = this.#runs.of(id) ?? this.#runs.startAgain(id, atMs);
    if (run) this.#following.acceptUnseen(run, id, atMs);
  }

  #caretAt(uri: string, at: { readonly anchor: number; readonly active: number } | undefined, atMs: Instant): void {
    const run = this.#runs.in(uri);
    if (!run?.place || !at) return;
    const place = at.anchor === at.active ? withCaretAt(run.place, at.active) : undefined;
    if (place) run.moveTo(place, atMs);
    else this.#runs.rest(run, "cursor-moved", atMs);
  }

  #restUnseen(atMs: Instant): void {
    this.#runs.restUnseen(this.#isFocused ? this.#front : undefined, atMs);
  }

  /** Escape is everybody's key: one that is not seen at the moment was not meant. */
  #dismissed(id: string, atMs: Instant): void {
    const run = this.#runs.of(id);
    if (run?.place) this.#runs.end(run, "escape", atMs);
  }
}

/** The command of an accepted suggestion comes right behind the change, unless the extension host is busy. */
const HOLD_MS = 900;
const HELD_UP_MS = 100;
const CATCHES_UP_MS = 100;
const MOST_WAITING = 256;

/** Longer after its command it is another insertion. */
const TAKEN_WITHIN_MS = 5_000;
