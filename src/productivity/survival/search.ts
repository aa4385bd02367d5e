/** Looks for lost parts in one version of a document's text, a little at a time, while the document goes on changing. */

import type { Instant } from "../editorEvents.ts";
import type { VersionedText } from "./followedDocument.ts";
import { applyEdits, type Shape } from "./history.ts";
import type { LexemeHmac } from "./lexemes.ts";
import { refinding, type SoughtPart, soughtPart, type Taken } from "./refinding.ts";
import { type Removed, Segments, type Stretch } from "./segments.ts";
import { isSurelyDead, isToBeFound, type Part } from "./tracked.ts";
import { doSome, type Work } from "./work.ts";

interface SearchNeeds {
  readonly text: VersionedText;
  readonly sought: readonly Part[];
  /** Where others are. */
  readonly taken: readonly Taken[];
  readonly hmac: LexemeHmac;
  readonly nowMs: Instant;
  /** Where a part is now; it has no segments yet. */
  readonly found: (part: Part, pieces: readonly Stretch[]) => void;
  /** A change since has taken this of a part that was found. */
  readonly lost: (removed: readonly Removed<Part>[], byHandMs: Instant | undefined) => void;
}

export class Search {
  readonly version: number;
  readonly #needs: SearchNeeds;
  readonly #left: Set<Part>;
  readonly #work: Work<void>;
  /** What has changed since its version. */
  readonly #changes: { readonly shapes: readonly Shape[]; readonly byHandMs: Instant | undefined }[] = [];

  constructor(needs: SearchNeeds) {
    const { text, sought, taken, hmac } = needs;
    this.version = text.version;
    this.#needs = needs;
    this.#left = new Set(sought);
    this.#work = refinding(text.text, sought.map(soughtPart), taken, hmac, (one, stretches) =>
      this.#told(one, stretches),
    );
  }

  /** It has not been its turn yet. */
  isFor(part: Part): boolean {
    return this.#left.has(part);
  }

  step(most: number): { readonly done: number; readonly isAll: boolean } {
    return doSome(this.#work, most);
  }

  /**
   * False where there are too many changes to follow.
   * @param byHandMs when the user's keys have made it; `undefined`: something else has
   */
  changed(shapes: readonly Shape[], byHandMs: Instant | undefined): boolean {
    this.#changes.push({ shapes, byHandMs });
    return this.#changes.length <= MOST_CHANGES && shapes.length <= MOST_EDITS_OF_A_CHANGE;
  }

  #told({ part, byHandChars }: SoughtPart, stretches: readonly Stretch[] | undefined): void {
    this.#left.delete(part);
    const missed = { version: this.version, atMs: this.#needs.nowMs, times: (part.missed?.times ?? 0) + 1 };
    if (!stretches) {
      part.missed = missed;
      return;
    }
    // What was taken of it since the search began is counted below, wherever it was thought to be.
    part.byHandChars = byHandChars;
    if (!isSurelyDead(part.of)) part.of.deadMs = undefined;
    this.#needs.found(part, this.#moved(part, stretches));
    // Too little of it was.
    part.missed = isToBeFound(part) ? missed : undefined;
  }

  #moved(part: Part, stretches: readonly Stretch[]): readonly Stretch[] {
    if (this.#changes.length === 0) return stretches;
    const alone = new Segments<Part>();
    const { chars, segments, hasPlace } = part;
    Object.assign(part, { chars: 0, segments: 0, hasPlace: false });
    for (const { from, to } of stretches) alone.add(from, to, part);
    for (const { shapes, byHandMs } of this.#changes) this.#needs.lost(applyEdits(alone, shapes), byHandMs);
    const pieces = [...alone.all()];
    // Its figures are those of the document's own segments again.
    Object.assign(part, { chars, segments, hasPlace });
    return pieces;
  }
}

/** Of some seconds. */
const MOST_CHANGES = 500;
const MOST_EDITS_OF_A_CHANGE = 200;
