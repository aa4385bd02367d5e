/** Follows suggestions that were drawn by themselves, until so many characters have been written after them. In memory alone. */

import type { AttributedChange, EditorEvent, Instant, SingleDraw } from "../editorEvents.ts";
import type { Fact } from "../records.ts";
import { countedStretches } from "../survival/countedStretches.ts";
import { shapesOf } from "../survival/history.ts";
import { addsToTyped, withoutTyped } from "../survival/inserting.ts";
import { DrawnDocument } from "./drawnDocument.ts";

interface Needs {
  readonly record: (fact: Fact) => void;
  /** How long somebody has worked until then, with pauses of up to 120 s. */
  readonly activeMsAt: (atMs: Instant) => number;
}

/** What stood in a document before the draw does not count, and its deletion takes nothing off. */
export class SingleTrials {
  readonly #needs: Needs;
  readonly #documents = new Map<string, DrawnDocument>();
  #count = 0;
  #lookedMs: Instant = -Infinity;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  heed(event: EditorEvent): void {
    if (event.kind === "closed") this.#settle(event.uri, event.atMs, "document-closed");
    if (event.kind !== "answered" || event.answer.kind === "nothing") return;
    const { draw, kind, suggestions } = event.answer;
    const ids = suggestions.map(({ id }) => id);
    if (draw) this.#begin(event.uri, draw, ids, event.atMs);
    // One that was held back is shown, since somebody asked for it by hand.
    else if (kind === "returned") this.#documents.get(event.uri)?.given(ids);
  }

  /** In the order of the changes, each perhaps later than a draw that came after it. */
  attributed({ change, origin }: AttributedChange): void {
    const { uri, atMs, edits, selectionsBefore } = change;
    const document = this.#documents.get(uri);
    if (!document) return;
    const now = { atMs, activeMs: this.#needs.activeMsAt(atMs) };
    document.pass(now);
    const shapes = addsToTyped(origin) ? withoutTyped(shapesOf(edits), selectionsBefore) : shapesOf(edits);
    // Another program has written the file, or git: what is gone by that, nobody has taken back.
    if (origin.kind === "disk" && document.isTouchedBy(shapes)) document.settle(now, "read-anew");
    document.edited(shapes);
    if (addsToTyped(origin) || origin.kind === "typed") {
      let moved = 0;
      const stretches = shapes.flatMap(({ offset, length, newLength }, at) => {
        const { text = "" } = edits[at] ?? {};
        const from = offset + moved;
        moved += newLength - length;
        return countedStretches(text.slice(text.length - newLength), from);
      });
      document.wrote(stretches, now);
    }
    this.#forgetEmpty(uri, document);
  }

  /** What has become known by time alone. */
  tick(nowMs: Instant): void {
    if (nowMs - this.#lookedMs < LOOK_MS) return;
    this.#lookedMs = nowMs;
    const now = this.#at(nowMs);
    for (const [uri, document] of this.#documents) {
      document.pass(now);
      this.#forgetEmpty(uri, document);
    }
  }

  /** Everything was deleted. Without a word. */
  forgetAll(): void {
    this.#documents.clear();
    this.#count = 0;
  }

  /** The window ends. */
  end(atMs: Instant): void {
    for (const uri of this.#documents.keys()) this.#settle(uri, atMs, "session-ended");
  }

  #begin(uri: string, draw: SingleDraw, ids: readonly string[], atMs: Instant): void {
    const now = this.#at(atMs);
    const document = this.#documents.get(uri) ?? this.#newDocument();
    document.pass(now);
    // The oldest ones are those of documents that nobody has gone on with.
    if (this.#count >= MOST_TRIALS) this.#giveUpOldest(atMs);
    if (document.count >= MOST_IN_DOCUMENT) document.giveUp(now);
    this.#documents.set(uri, document);
    document.begin({ draw, ids, ...now, isAsked: false });
    this.#count += 1;
  }

  #newDocument(): DrawnDocument {
    return new DrawnDocument(({ draw, isAsked, atMs }, came) => {
      this.#count -= 1;
      this.#needs.record({ kind: "trial", atMs, ...draw, isAsked, ...came });
    });
  }

  #settle(uri: string, atMs: Instant, reason: "document-closed" | "session-ended"): void {
    this.#documents.get(uri)?.settle(this.#at(atMs), reason);
    this.#documents.delete(uri);
  }

  #giveUpOldest(atMs: Instant): void {
    let oldest: { readonly uri: string; readonly document: DrawnDocument; readonly sinceMs: Instant } | undefined;
    for (const [uri, document] of this.#documents) {
      const sinceMs = document.firstMs ?? Infinity;
      if (sinceMs < (oldest?.sinceMs ?? Infinity)) oldest = { uri, document, sinceMs };
    }
    if (!oldest) return;
    oldest.document.giveUp(this.#at(atMs));
    this.#forgetEmpty(oldest.uri, oldest.document);
  }

  #forgetEmpty(uri: string, document: DrawnDocument): void {
    if (document.count === 0) this.#documents.delete(uri);
  }

  #at(atMs: Instant): { readonly atMs: Instant; readonly activeMs: number } {
    return { atMs, activeMs: this.#needs.activeMsAt(atMs) };
  }
}

const LOOK_MS = 60_000;
/** Open at once, each for ten minutes at least. */
const MOST_TRIALS = 1_024;
const MOST_IN_DOCUMENT = 512;
