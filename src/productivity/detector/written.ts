/** What of a suggestion is in the document by now, and how it came there: from its start on, in its order. */

/** `other`: the same text came otherwise, such as from the clipboard. `again`: a redo brings back what was there before. */
export type WrittenBy = "typed" | "accepted" | "other" | "again";

interface Stretch {
  readonly by: Exclude<WrittenBy, "again">;
  readonly chars: number;
}

export class Written {
  #stretches: readonly Stretch[] = [];
  /** What was taken away at the end and may come back, the first of it at the end. */
  #takenAway: readonly Stretch[] = [];

  get chars(): number {
    return this.#stretches.reduce((sum, { chars }) => sum + chars, 0);
  }

  charsBy(by: Stretch["by"]): number {
    return this.#stretches.reduce((sum, stretch) => sum + (stretch.by === by ? stretch.chars : 0), 0);
  }

  /** So many characters more; at its end, as many fewer where that is negative. */
  advance(chars: number, by: WrittenBy): void {
    if (chars < 0) return this.#takeAway(-chars);
    if (by === "again") return this.#bringBack(chars);
    if (chars === 0) return;
    this.#takenAway = [];
    this.#stretches = pushed(this.#stretches, { by, chars });
  }

  #takeAway(chars: number): void {
    const { rest, taken } = cutOff(this.#stretches, chars);
    this.#stretches = rest;
    for (const stretch of taken.toReversed()) this.#takenAway = pushed(this.#takenAway, stretch);
  }

  #bringBack(chars: number): void {
    const { rest, taken } = cutOff(this.#takenAway, chars);
    this.#takenAway = rest;
    for (const stretch of taken.toReversed()) this.#stretches = pushed(this.#stretches, stretch);
    const known = taken.reduce((sum, stretch) => sum + stretch.chars, 0);
    if (chars > known) this.#stretches = pushed(this.#stretches, { by: "other", chars: chars - known });
  }
}

/** As many characters off the end, in the order in which they stood. */
function cutOff(
  stretches: readonly Stretch[],
  chars: number,
): { readonly rest: readonly Stretch[]; readonly taken: readonly Stretch[] } {
  const rest = [...stretches];
  const taken: Stretch[] = [];
  for (let left = chars; left > 0;) {
    const last = rest.pop();
    if (!last) break;
    const cut = Math.min(left, last.chars);
    if (last.chars > cut) rest.push({ ...last, chars: last.chars - cut });
    taken.unshift({ ...last, chars: cut });
    left -= cut;
  }
  return { rest, taken };
}

function pushed(stretches: readonly Stretch[], stretch: Stretch): readonly Stretch[] {
  const last = stretches.at(-1);
  if (last?.by !== stretch.by) return [...stretches, stretch];
  return [...stretches.slice(0, -1), { ...last, chars: last.chars + stretch.chars }];
}
