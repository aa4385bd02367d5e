/**
 * The last edits of a document with what they took away, so that an undo or a redo gives it back: then it is the same text again,
 * and nobody has typed it. VS Code undoes several edits at once, such as a word that was typed, but always the last ones first:
 * an undo is recognised by replacing what the last edits, taken together, have replaced.
 */

import type { TextEdit } from "../editorEvents.ts";
import type { Owner, Removed, Segments } from "./segments.ts";

/** An edit without its text. */
export interface Shape {
  readonly offset: number;
  readonly length: number;
  readonly newLength: number;
}

export interface Step<O extends Owner> {
  /** Ascending, in terms of the text before the step. */
  readonly shapes: readonly Shape[];
  /** All that the editor replaced, also where some of it was the same before. An undo replaces this. */
  readonly hull: Shape;
  /** In terms of the text before the step. */
  readonly removed: readonly Removed<O>[];
  readonly isByHand: boolean;
}

export function shapesOf(edits: readonly TextEdit[]): readonly Shape[] {
  return edits.map(({ offset, length, text }) => ({ offset, length, newLength: text.length }));
}

/** Applies edits that are ascending and in terms of the text before them all; what was taken away is in these terms, too. */
export function applyEdits<O extends Owner>(segments: Segments<O>, shapes: readonly Shape[]): readonly Removed<O>[] {
  const removed: Removed<O>[] = [];
  for (const { offset, length, newLength } of shapes.toReversed())
    removed.push(...segments.replace(offset, length, newLength));
  return removed;
}

/** The edits that take these back, in terms of the text after them. */
function inverseOf(shapes: readonly Shape[]): readonly Shape[] {
  let moved = 0;
  return shapes.map(({ offset, length, newLength }) => {
    const inverse = { offset: offset + moved, length: newLength, newLength: length };
    moved += newLength - length;
    return inverse;
  });
}

/** All that lies between the first and the last of them, as one edit. */
export function hullOf(shapes: readonly Shape[]): Shape {
  const [first] = shapes;
  const last = shapes.at(-1);
  if (!first || !last) return { offset: 0, length: 0, newLength: 0 };
  const length = last.offset + last.length - first.offset;
  const grown = shapes.reduce((sum, shape) => sum + shape.newLength - shape.length, 0);
  return { offset: first.offset, length, newLength: length + grown };
}

/** Of two edits, one after the other. */
function joined(earlier: Shape, later: Shape): Shape {
  const from = Math.min(earlier.offset, later.offset);
  const to = Math.max(earlier.offset + earlier.newLength, later.offset + later.length);
  return {
    offset: from,
    length: to - from - earlier.newLength + earlier.length,
    newLength: to - from - later.length + later.newLength,
  };
}

export class History<O extends Owner> {
  #done: Step<O>[] = [];
  /** What each undo has taken back, as steps of its own, in their order. */
  #undone: (readonly Step<O>[])[] = [];

  remember(step: Step<O>): void {
    this.#undone = [];
    if (step.shapes.length > MOST_EDITS_OF_A_STEP) this.clear();
    else this.#push(step);
  }

  /** The steps that an undo or a redo takes back, the latest first. `undefined` where it is none that is known. */
  taken(shapes: readonly Shape[], reason: "undo" | "redo"): readonly Step<O>[] | undefined {
    const sought = hullOf(inverseOf(shapes));
    const before = hullOf(shapes);
    const isIt = (hull: Shape): boolean =>
      hull.offset === before.offset && hull.length === sought.length && hull.newLength === sought.newLength;
    if (reason === "redo") {
      const last = this.#undone.at(-1);
      if (!last || !isIt(last.map(({ hull }) => hull).reduce(joined))) return undefined;
      this.#undone.pop();
      return last.toReversed();
    }
    let hull: Shape | undefined;
    const first = Math.max(0, this.#done.length - MOST_STEPS_AT_ONCE);
    for (let at = this.#done.length - 1; at >= first; at -= 1) {
      const step = this.#done[at];
      if (!step) break;
      hull = hull ? joined(step.hull, hull) : step.hull;
      if (isIt(hull)) return this.#done.splice(at).toReversed();
    }
    return undefined;
  }

  /**
   * Takes steps back, the latest first. Tells what it takes away with that (`removed`), and what comes back; remembers it for the
   * redo, or the next undo.
   */
  revert(steps: readonly Step<O>[], segments: Segments<O>, reason: "undo" | "redo", told: Told<O>): void {
    const made: Step<O>[] = [];
    for (const { shapes, hull, removed, isByHand } of steps) {
      const inverse = inverseOf(shapes);
      const gone = applyEdits(segments, inverse);
      told.removed(gone);
      for (const piece of removed) if (told.isBack(piece, isByHand)) segments.add(piece.from, piece.to, piece.owner);
      made.push({ shapes: inverse, hull: hullOf(inverseOf([hull])), removed: gone, isByHand: true });
    }
    if (reason === "undo") this.#undone.push(made);
    else for (const step of made) this.#push(step);
  }

  clear(): void {
    this.#done = [];
    this.#undone = [];
  }

  #push(step: Step<O>): void {
    this.#done.push(step);
    if (this.#done.length > 2 * MOST_STEPS) this.#done = this.#done.slice(-MOST_STEPS);
  }
}

interface Told<O extends Owner> {
  removed(pieces: readonly Removed<O>[]): void;
  /** Whether its owner is still followed; `wasByHand`: its taking away was. */
  isBack(piece: Removed<O>, wasByHand: boolean): boolean;
}

const MOST_STEPS = 200;
/** VS Code breaks typing up into words. */
const MOST_STEPS_AT_ONCE = 100;
/** Others are not undone piece by piece; what they took away is gone for good. */
const MOST_EDITS_OF_A_STEP = 200;
