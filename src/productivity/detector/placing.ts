/** Where a suggestion stands that is given to the editor. */

import type { ChangeEvent, GivenSuggestion } from "../editorEvents.ts";
import { alternativeOf, givenAgain } from "./alternative.ts";
import { afterChange, type Place, withoutComposition } from "./place.ts";

export interface Given {
  /** The last ones of its document, the newest last. */
  readonly recent: readonly ChangeEvent[];
  readonly suggestions: readonly GivenSuggestion[];
  /** Of the caret that was asked about, in the document's version of then. */
  readonly offset: number;
  readonly version: number;
  /** Where the same run stands now. */
  readonly known: Place | undefined;
}

/** Where suggestions stand that were asked for in a version of the document that may be behind. */
export function placeNow({ recent, suggestions, offset, version, known }: Given): Place | undefined {
  const alternatives = suggestions.map((given) => {
    const alternative = alternativeOf(given, offset);
    const before = known?.caret === offset ? known.alternatives.find(({ id }) => id === given.id) : undefined;
    return before ? givenAgain(before, alternative) : alternative;
  });
  // Some of what it is behind is not known any more.
  const [oldest] = recent;
  if (oldest && recent.length >= MOST_RECENT_CHANGES && oldest.version > version + 1) return undefined;
  let place: Place = { caret: offset, alternatives, composed: undefined, justClosed: false };
  for (const change of recent) {
    if (change.version <= version) continue;
    const followed = afterChange(place, change);
    if (followed.kind === "disagrees") return undefined;
    place = followed.place;
  }
  const judged = withoutComposition(place);
  return judged.kind === "agrees" ? judged.place : undefined;
}

/** As many are remembered. */
export const MOST_RECENT_CHANGES = 8;
