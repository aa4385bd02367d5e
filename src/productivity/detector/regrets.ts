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

export class Regrets {
  readonly #record: (fact: Fact) => void;
  #recent: Recent[] = [];

  constructor(record: (fact: Fact) => void) {
    this.#record = record;
  }

  /** `from` and `to` in terms of the document after the accept. */
  accepted(recent: Readonly<Recent>): void {
    this.#recent = [...this.#recent.slice(1 - MOST_RECENT), { ...recent }];
  }

  /** In the order of the changes; those that came before an accept are not told again behind it. */
  heed({ uri, edits, reason, atMs }: ChangeEvent): void {
    this.#recent = this.#recent.filter((recent) => {
      if (atMs - recent.atMs > REGRET_MS) return false;
      if (recent.uri !== uri) return true;
      if (reason === "undo" && edits.some((edit) => takesAway(edit, recent))) {
        this.#record({ kind: "regret", atMs, accept: recent.accept, afterMs: atMs - recent.atMs });
        return false;
      }
      for (const { offset, length, text } of edits.toReversed())
        if (offset + length <= recent.from) {
          recent.from += text.length - length;
          recent.to += text.length - length;
        } else if (offset < recent.to) recent.to = Math.max(recent.from, recent.to + text.length - length);
      return true;
    });
  }
}

function takesAway({ offset, length, text }: TextEdit, { from, to }: Recent): boolean {
  return offset <= from && offset + length >= to && text.length < length && to > from;
}

const REGRET_MS = 10_000;
const MOST_RECENT = 16;
