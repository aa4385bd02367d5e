/** Where a suggestion stands: its alternatives that still agree, and the caret that it needs. Values; each change makes a new one. */

import type { ChangeEvent, TextEdit } from "../editorEvents.ts";
import { isTakenWhole, moved, stepAlong, type Alternative, type Step } from "./alternative.ts";

export interface Place {
  /** At the end of what was typed so far. Before what an input method is composing. */
  readonly caret: number;
  /** Never empty. */
  readonly alternatives: readonly Alternative[];
  /** Stands behind the caret, and is not judged before it is final. */
  readonly composed: string | undefined;
  /** The editor has just closed a bracket behind the caret, or the user has typed both. */
  readonly justClosed: boolean;
}

export type Followed =
  /** Somewhere else in the document. */
  | { readonly kind: "elsewhere"; readonly place: Place }
  | { readonly kind: "agrees"; readonly place: Place; readonly advanced: number }
  | { readonly kind: "disagrees" };

/** Linear in the change's edits and in the alternatives. */
export function afterChange(place: Place, change: ChangeEvent): Followed {
  const here = editsAt(place, change);
  const movedBy = charsBefore(place, change);
  const [edit, another] = here;
  if (edit === undefined) return { kind: "elsewhere", place: movedPlace(place, movedBy) };
  if (another !== undefined) return { kind: "disagrees" };
  const followed = withEdit(place, edit, change.isComposing);
  return followed.kind === "disagrees" ? followed : { ...followed, place: movedPlace(followed.place, movedBy) };
}

/** The edits of a change that are not somewhere else. */
export function editsAt(place: Place, { edits }: ChangeEvent): readonly TextEdit[] {
  const { from, to } = reach(place);
  return edits.filter(({ offset, length }) => {
    if (offset + length < from) return false;
    return offset < to || (offset === to && place.caret + composedChars(place) === to);
  });
}

/** The one edit that makes the document say all that an alternative says, if there is one. */
export function wholeEdit(place: Place, change: ChangeEvent): TextEdit | undefined {
  if (place.composed !== undefined) return undefined;
  const { caret, alternatives } = place;
  return editsAt(place, change).find((edit) => alternatives.some((one) => isTakenWhole(one, edit, caret)));
}

/** What is being composed agrees so far: the suggestion may still be seen. */
export function isAgreed(place: Place): boolean {
  return place.composed === undefined || judged(place) !== undefined;
}

/** A composition that is over; 0 characters where there was none. */
export function withoutComposition(place: Place): Followed {
  if (place.composed === undefined) return { kind: "agrees", place, advanced: 0 };
  return judged(place) ?? { kind: "disagrees" };
}

/** The caret is there now. `undefined` where the suggestion does not stand there. */
export function withCaretAt(place: Place, caret: number): Place | undefined {
  if (place.composed !== undefined && caret >= place.caret && caret <= place.caret + place.composed.length)
    return place;
  if (caret === place.caret) return place;
  const beyond = caret - place.caret;
  if (!place.justClosed || beyond < 1 || beyond > MOST_CLOSERS) return undefined;
  const alternatives = place.alternatives.flatMap((one) =>
    CLOSERS.test(one.text.slice(one.done, one.done + beyond)) ? [{ ...one, done: one.done + beyond }] : [],
  );
  return alternatives.length > 0 ? { ...place, caret, alternatives, justClosed: false } : undefined;
}

function withEdit(place: Place, edit: TextEdit, isComposing: boolean): Followed {
  const { caret, composed } = place;
  if (composed !== undefined) {
    const start = edit.offset - caret;
    if (start >= 0 && start + edit.length <= composed.length) {
      const now = composed.slice(0, start) + edit.text + composed.slice(start + edit.length);
      const going = { ...place, composed: now };
      if (isComposing) return { kind: "agrees", place: going, advanced: 0 };
      return now === "" ? { kind: "agrees", place: { ...place, composed: undefined }, advanced: 0 } : over(going);
    }
    const before = over(place);
    if (before.kind !== "agrees") return before;
    const behind = withEdit(before.place, edit, isComposing);
    return behind.kind === "agrees" ? { ...behind, advanced: before.advanced + behind.advanced } : behind;
  }
  if (isComposing && edit.text !== "") {
    if (edit.offset === caret && edit.length === 0) {
      return { kind: "agrees", place: { ...place, composed: edit.text, justClosed: false }, advanced: 0 };
    }
    // The first step looked like any letter, and agreed.
    const back = stepped(place, { ...edit, text: "" });
    if (back === undefined) return { kind: "disagrees" };
    return { ...back, place: { ...back.place, composed: edit.text } };
  }
  return stepped(place, edit) ?? { kind: "disagrees" };
}

function over(place: Place): Followed {
  return judged(place) ?? { kind: "disagrees" };
}

function judged({ composed, ...place }: Place): Extract<Followed, { readonly kind: "agrees" }> | undefined {
  const edit = { offset: place.caret, length: 0, text: composed ?? "" };
  return stepped({ ...place, composed: undefined }, edit);
}

function stepped(place: Place, edit: TextEdit): Extract<Followed, { readonly kind: "agrees" }> | undefined {
  const steps = place.alternatives.flatMap((one): Step[] => {
    const step = stepAlong(one, edit, place.caret);
    return step ? [step] : [];
  });
  const [first] = steps;
  if (first === undefined) return undefined;
  // Those that put the caret elsewhere took the edit for something else.
  const same = steps.filter(({ caret }) => caret === first.caret);
  return {
    kind: "agrees",
    advanced: first.advanced,
    place: {
      caret: first.caret,
      alternatives: same.map(({ alternative }) => alternative),
      composed: undefined,
      justClosed: first.closed,
    },
  };
}

function reach(place: Place): { readonly from: number; readonly to: number } {
  const from = Math.min(...place.alternatives.map((one) => one.from));
  return { from, to: Math.max(...place.alternatives.map((one) => one.to)) + composedChars(place) };
}

function composedChars({ composed }: Place): number {
  return composed?.length ?? 0;
}

/** By how much edits before it move the place. */
function charsBefore(place: Place, { edits }: ChangeEvent): number {
  const { from } = reach(place);
  let chars = 0;
  for (const { offset, length, text } of edits) if (offset + length < from) chars += text.length - length;
  return chars;
}

function movedPlace(place: Place, chars: number): Place {
  if (chars === 0) return place;
  return {
    ...place,
    caret: place.caret + chars,
    alternatives: place.alternatives.map((alternative) => moved(alternative, chars)),
  };
}

const MOST_CLOSERS = 3;
const CLOSERS = /^[)\]}>"'`]+$/;
