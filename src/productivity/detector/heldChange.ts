/** A change that may be an accept, and what decides that. */

import { unixNewlines } from "../../text/lines.ts";
import type { ChangeEvent, EditorEvent, Instant, Origin } from "../editorEvents.ts";
import { editsAt, type Place, wholeEdit } from "./place.ts";
import type { Run, Taken } from "./run.ts";
import { keyed } from "./shapes.ts";
import { partInOneChange } from "./takenPart.ts";

type Selection = Extract<EditorEvent, { readonly kind: "selection" }>;

/** What the change may be. */
export type Possible =
  /** All of what is suggested: an accept if its command comes, which VS Code runs behind the change. */
  | { readonly kind: "whole"; readonly part: Taken | undefined }
  /** A word or a line, which leaves no other trace than the selection's event behind it. */
  | { readonly kind: "part"; readonly part: Taken }
  /** Several characters at once that say something else. Where the command comes nevertheless it was an accept. */
  | { readonly kind: "odd"; readonly part: undefined };

export interface Held {
  readonly change: ChangeEvent;
  readonly origin: Origin;
  readonly run: Run;
  readonly place: Place;
  readonly possible: Possible;
  untilMs: Instant;
  /** It is waited for longer than usual. */
  isLate: boolean;
  /** The first one behind the change. */
  selection: Selection | undefined;
}

export function possibleAccept(change: ChangeEvent, origin: Origin, place: Place): Possible | undefined {
  const { reason, isOwn } = change;
  // The first change of a file that was saved looks like one that was read from the disk: VS Code says that it is not dirty.
  if (reason !== undefined || isOwn) return undefined;
  const part = partInOneChange(change, place);
  if (wholeEdit(place, change)) return { kind: "whole", part };
  if (part) return { kind: "part", part };
  return isOdd(change, origin, place) ? { kind: "odd", part } : undefined;
}

/**
 * Nothing else will tell more about it: what was taken, if a part was. After a key or a paste VS Code says that the caret moved by
 * the keyboard, and after its accept commands it says nothing of the kind: so a word of two letters is told from two keys in one event.
 * White space alone is more often typed than taken.
 */
export function partOf({ possible: { part }, change, origin, place, selection }: Held): Taken | undefined {
  const [edit] = editsAt(place, change);
  if (!part || !edit) return undefined;
  const isBlank = /^\s*$/.test(edit.text);
  const isTyped = origin.kind === "typed";
  if (isBlank && isTyped) return undefined;
  if (selection === undefined) return isBlank || isTyped ? undefined : part;
  if (selection.cause === "keyboard") return undefined;
  const before = change.edits.reduce(
    (chars, { offset, length, text }) => (offset < edit.offset ? chars + text.length - length : chars),
    0,
  );
  // Another extension may close a tag behind the caret, which stays where it is.
  return selection.selections[0]?.active === edit.offset + before + edit.text.length ? part : undefined;
}

function isOdd(change: ChangeEvent, { kind }: Origin, place: Place): boolean {
  if (kind !== "paste" && kind !== "other" && kind !== "completed" && kind !== "bulk") return false;
  return editsAt(place, change).some(({ text }) => text.length > 1 && keyed(unixNewlines(text)) === undefined);
}
