/** What changes mean for the suggestion that is shown where they are. */

import { unixNewlines } from "../../text/lines.ts";
import type { AttributedChange, ChangeEvent, Instant, Origin } from "../editorEvents.ts";
import type { Fact } from "../records.ts";
import { charsLeft } from "./alternative.ts";
import { type Held, partOf } from "./heldChange.ts";
import { afterChange, editsAt, type Place } from "./place.ts";
import { neverFollowed } from "../survival/checking.ts";
import { Regrets } from "./regrets.ts";
import type { Run, Taken } from "./run.ts";
import type { Runs } from "./runs.ts";
import { isName, keyed, lineCount } from "./shapes.ts";
import type { Taking } from "./takenPart.ts";

interface Needs {
  readonly runs: Runs;
  readonly record: (fact: Fact) => void;
  readonly attributed: (attributed: AttributedChange) => void;
  /** Of an accept. */
  readonly newId: () => string;
}

/** What decides about a change that was held. */
export type Verdict =
  | { readonly kind: "command"; readonly id: string }
  /** No command comes any more, or the selection says enough. */
  | { readonly kind: "no-command" }
  /** The window ends, or the document is closed: its command is not heard of any more. */
  | { readonly kind: "nothing-more" };

export class Following {
  readonly #needs: Needs;
  readonly #regrets: Regrets;

  constructor(needs: Needs) {
    this.#needs = needs;
    this.#regrets = new Regrets(needs.record);
  }

  get nextDueMs(): Instant | undefined {
    return this.#regrets.nextDueMs;
  }

  tick(nowMs: Instant): void {
    this.#regrets.tick(nowMs);
  }

  end(): void {
    this.#regrets.end();
  }

  /** Before anything else is made of it. In order. */
  passed(change: ChangeEvent): void {
    this.#regrets.heed(change);
  }

  settle(held: Held, verdict: Verdict): void {
    const { change, origin, run, place, possible } = held;
    if (verdict.kind === "command") return this.#takenWhole(held, verdict.id, "command");
    // VS Code runs the command of whatever is taken whole. Without it the text came from elsewhere, unless nothing can come any more.
    const isCut = verdict.kind === "nothing-more" && possible.kind === "whole" && !isByHand(change, origin);
    if (isCut && held.selection?.cause !== "keyboard") return this.#takenWhole(held, undefined, "inferred");
    const part = partOf(held);
    const followed = part ? afterChange(place, change) : undefined;
    if (!part || followed?.kind !== "agrees") return this.follow(change, origin, run, held);
    const accept = this.#accept(run, part, change);
    this.#tell(change, { kind: "ai", accept });
    run.moveTo(followed.place, change.atMs);
  }

  /** A change that is no accept. */
  follow(change: ChangeEvent, origin: Origin, run: Run | undefined, held?: Held): void {
    if (run?.place) this.#followIn(run, run.place, change, origin, held);
    this.#tell(change, origin);
  }

  /** By our own command. */
  take(change: ChangeEvent, origin: Origin, { id, part, isRest, text }: Taking): void {
    const run = this.#needs.runs.of(id) ?? this.#needs.runs.startAgain(id, change.atMs);
    if (!run) return this.#tell(change, origin);
    const inserted = unixNewlines(text);
    const taken: Taken = { part, evidence: "wrapper", chars: inserted.length, lines: lineCount(inserted), carets: 1 };
    const accept = this.#accept(run, taken, change);
    if (isRest) this.#needs.runs.end(run, "accepted", change.atMs);
    else {
      const followed = run.place && afterChange(run.place, change);
      if (followed && followed.kind !== "disagrees") run.moveTo(followed.place, change.atMs);
      else this.#needs.runs.rest(run, "document-changed", change.atMs);
    }
    this.#tell(change, { kind: "ai", accept });
  }

  /** The command ran, and no change was seen that looked like it: the accept counts, and the change as what it looked like. */
  acceptUnseen(run: Run, id: string, atMs: Instant): void {
    const taken = wholeOf(run.lastPlace, id);
    const accept = this.#needs.newId();
    run.chose(id);
    run.accepted({ accept, ...taken, evidence: "command", carets: 1 }, atMs);
    this.#needs.runs.end(run, "accepted", atMs);
    for (const fact of neverFollowed(accept, taken.chars, atMs)) this.#needs.record(fact);
  }

  #takenWhole({ change, run, place }: Held, id: string | undefined, evidence: Taken["evidence"]): void {
    if (id !== undefined) run.chose(id);
    const accept = this.#accept(run, { ...wholeOf(place, id), evidence, carets: change.edits.length }, change);
    this.#needs.runs.end(run, "accepted", change.atMs);
    this.#tell(change, { kind: "ai", accept });
  }

  #followIn(run: Run, place: Place, change: ChangeEvent, origin: Origin, held: Held | undefined): void {
    const { atMs } = change;
    const followed = afterChange(place, change);
    if (followed.kind === "elsewhere") return run.moveTo(followed.place, atMs);
    const byHand = isByHand(change, origin);
    if (followed.kind === "disagrees") {
      if (isForeign(run, place, change, origin, held)) run.contaminated = "other-accepted";
      return this.#needs.runs.rest(run, byHand ? "typing-disagreed" : "document-changed", atMs);
    }
    run.advanced(followed.advanced, byHand ? "typed" : change.reason === "redo" ? "again" : "other");
    const left = followed.place.alternatives.filter((one) => charsLeft(one, followed.place.caret) > 0);
    if (left.length > 0 || followed.place.composed !== undefined) {
      const isOneDone = left.length > 0 && left.length < followed.place.alternatives.length;
      if (isOneDone && byHand) run.isTypedThrough = true;
      return run.moveTo(isOneDone ? { ...followed.place, alternatives: left } : followed.place, atMs);
    }
    this.#needs.runs.end(run, byHand ? "typed-through" : "document-changed", atMs);
  }

  #accept(run: Run, taken: Taken, change: ChangeEvent): string {
    const accept = this.#needs.newId();
    run.accepted({ accept, ...taken }, change.atMs);
    const [edit] = change.edits;
    if (edit) {
      const { uri, atMs } = change;
      this.#regrets.accepted({ accept, uri, atMs, from: edit.offset, to: edit.offset + edit.text.length });
    }
    return accept;
  }

  #tell(change: ChangeEvent, origin: Origin): void {
    this.#needs.attributed({ change, origin });
  }
}

function wholeOf(place: Place | undefined, id: string | undefined): Pick<Taken, "part" | "chars" | "lines"> {
  const taken = place?.alternatives.find((one) => one.id === id) ?? place?.alternatives[0];
  if (!place || !taken) return { part: "full", chars: 0, lines: 1 };
  return { part: "full", chars: charsLeft(taken, place.caret), lines: lineCount(taken.text.slice(taken.done)) };
}

/** Key by key, or by an input method. */
function isByHand({ edits, isComposing, reason }: ChangeEvent, { kind }: Origin): boolean {
  if (kind === "typed" || kind === "deleted") return true;
  if (reason !== undefined || (kind !== "paste" && kind !== "other" && kind !== "completed")) return false;
  return isComposing || edits.every(({ text }) => keyed(unixNewlines(text)) !== undefined);
}

/**
 * Somebody else's suggestion, as likely as not: several characters at the caret that came neither by keys nor from the clipboard.
 * A name alone is rather from the editor's own list, where nobody else is known to suggest.
 */
function isForeign(run: Run, place: Place, change: ChangeEvent, { kind }: Origin, held: Held | undefined): boolean {
  const isForeignPaste = kind === "paste" && held?.selection !== undefined && held.selection.cause !== "keyboard";
  if (kind !== "other" && kind !== "completed" && !isForeignPaste) return false;
  return editsAt(place, change).some(({ text }) => {
    if (text.length < 2 || keyed(unixNewlines(text)) !== undefined) return false;
    return run.contaminated !== "no" || !isName(text);
  });
}
