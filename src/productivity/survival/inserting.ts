/** What an accept has inserted where, as far as its change tells. */

import { unixNewlines } from "../../text/lines.ts";
import type { ChangeEvent, Origin } from "../editorEvents.ts";
import { anchorAlone } from "./anchoring.ts";
import { countedStretches } from "./countedStretches.ts";
import type { Shape } from "./history.ts";
import type { LexemeHmac } from "./lexemes.ts";
import type { Stretch } from "./segments.ts";
import type { Anchor, PartStart } from "./tracked.ts";

/** One start for each caret, and where what counts of it stands; `undefined` where that is not known. */
interface Insertion {
  readonly start: PartStart;
  readonly stretches: readonly Stretch[] | undefined;
}

/** @param inserted where what each edit inserted stands after it, without what the user had typed of it */
export function insertionsOf(
  { edits }: ChangeEvent,
  inserted: readonly Stretch[] | undefined,
  hmac: LexemeHmac,
): readonly Insertion[] {
  // At several carets it is the same text, mostly.
  const anchors = new Map<string, Anchor | undefined>();
  return edits.slice(0, MOST_CARETS).map(({ offset, text }, at) => {
    const stretch = inserted?.[at];
    const own = stretch ? text.slice(text.length - (stretch.to - stretch.from)) : text;
    if (!anchors.has(own)) anchors.set(own, anchorAlone(own, hmac));
    return {
      start: { insertedChars: unixNewlines(own).length, anchor: anchors.get(own), near: stretch?.from ?? offset },
      stretches: stretch && countedStretches(own, stretch.from),
    };
  });
}

/** Of what comes at once at the caret and writes anew what was typed of it. */
export const addsToTyped = ({ kind }: Origin): boolean => kind === "ai" || kind === "completed";

/** A suggestion, or a completion of the editor's list, may replace what the user has typed of it. That is in front of the caret, and the suggestion begins with it. */
export function withoutTyped(shapes: readonly Shape[], selections: readonly Stretch[] | undefined): readonly Shape[] {
  if (selections?.length !== shapes.length) return shapes;
  return shapes.map(({ offset, length, newLength }, at) => {
    const typed = (selections[at]?.from ?? offset) - offset;
    if (typed <= 0 || typed > length || typed > newLength) return { offset, length, newLength };
    return { offset: offset + typed, length: length - typed, newLength: newLength - typed };
  });
}

/** At more carets than that it is the same many times over. */
const MOST_CARETS = 100;
