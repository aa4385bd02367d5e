/** Accepts of the last ten seconds, and whether an undo has taken all of their text away. */

import type { ChangeEvent, Instant, TextEdit } from "../editorEvents.ts";
import type { Fact } from "../records.ts";

interface Recent {
  readonly accept: string;
  readonly uri: string;
  readonly atMs: Instant;
  from: number;
  to: number;
}

/** What an undo has taken away, which a redo may bring back. Until then `from` and `to` are where it was. */
interface Undone {
  readonly atMs: Instant;
  /** By how much the text became shorter. */
  readonly lostChars: number;
  /** Of the accept's text, within what was lost. */
  readonly behindChars: number;
  readonly chars: number;
}

type Followed = Recent & { undone: Undone | undefined };

export class Regrets {
  readonly #record: (fact: Fact) => void;
  readonly #recent: Followed[] = [];

  constructor(record: (fact: Fact) => void) {
    this.#record = record;
  }

  /** When the ten seconds of one that was undone are over. */
  get nextDueMs(): Instant | undefined {
    const undone = this.#recent.find((recent) => recent.undone);
    return undone && undone.atMs + REGRET_MS + 1;
  }

  /** `from` and `to` in terms of the document after the accept. */
  accepted(recent: Readonly<Recent>): void {
    for (const oldest of this.#recent.splice(0, this.#recent.length - MOST_RECENT + 1)) this.#tell(oldest);
    this.#recent.push({ ...recent, undone: undefined });
  }

  /** In the order of the changes; those that came before an accept are not told again behind it. */
  heed({ uri, edits, reason, atMs }: ChangeEvent): void {
    this.tick(atMs);
    for (const recent of this.#recent) {
      if (recent.uri !== uri) continue;
      for (const edit of edits.toReversed()) {
        if (reason === "undo" && !recent.undone && takesAway(edit, recent)) undo(recent, edit, atMs);
        else if (reason === "redo" && recent.undone && bringsBack(edit, recent, recent.undone))
          redo(recent, recent.undone);
        else move(recent, edit);
      }
    }
  }

  /** What was undone is so for good. */
  tick(nowMs: Instant): void {
    while (this.#recent[0] && nowMs - this.#recent[0].atMs > REGRET_MS) this.#tell(this.#recent.shift());
  }

  end(): void {
    for (const recent of this.#recent.splice(0)) this.#tell(recent);
  }

  #tell(recent: Followed | undefined): void {
    if (!recent?.undone) return;
    const { accept, atMs: acceptedMs, undone } = recent;
    this.#record({ kind: "regret", atMs: undone.atMs, accept, afterMs: undone.atMs - acceptedMs });
  }
}

function move(recent: Recent, { offset, length, text }: TextEdit): void {
  if (offset + length <= recent.from) {
    recent.from += text.length - length;
    recent.to += text.length - length;
  } else if (offset < recent.to) recent.to = Math.max(recent.from, recent.to + text.length - length);
}

function undo(recent: Followed, { offset, length, text }: TextEdit, atMs: Instant): void {
  const { from, to } = recent;
  recent.undone = { atMs, lostChars: length - text.length, behindChars: from - offset, chars: to - from };
  recent.from = offset;
  recent.to = offset;
}

function redo(recent: Followed, { behindChars, chars }: Undone): void {
  recent.from += behindChars;
  recent.to = recent.from + chars;
  recent.undone = undefined;
}

function bringsBack({ offset, length, text }: TextEdit, { from }: Recent, { lostChars }: Undone): boolean {
  return offset === from && text.length - length === lostChars;
}

function takesAway({ offset, length, text }: TextEdit, { from, to }: Recent): boolean {
  return offset <= from && offset + length >= to && text.length < length && to > from;
}

const REGRET_MS = 10_000;
/** Of ten seconds. */
const MOST_RECENT = 500;
