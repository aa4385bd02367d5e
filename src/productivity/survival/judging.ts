/** What is said of an accept at a check. */

import type { SurvivalRecord } from "../records.ts";
import { type LexemeHmac, salted } from "./lexemes.ts";
import { isAliveByChars, lexemeDistance, neighbourhoodOf, RESCUED_TO_DISTANCE } from "./rescue.ts";
import { isSurelyDead, type Part, survivingIn, survivingOf, type Tracked } from "./tracked.ts";

type Verdict = Omit<SurvivalRecord, "session" | "atMs" | "check" | "lateMs">;

/** Where its segments are in the document's text; `undefined` for a part that is lost. */
export type PlaceOf = (part: Part) => { readonly from: number; readonly to: number } | undefined;

/**
 * Alive by its characters; or by its lexemes; or dead; or, where it could not be found, unknown. What something else than the user
 * has written again was found again before this, where it could be (refinding.ts). Its lexemes are looked for nowhere else than
 * between what is left: text that is like it stands next to it in most code.
 */
export function judged(tracked: Tracked, text: string, placeOf: PlaceOf, hmac: LexemeHmac): Verdict {
  const { accept, insertedChars, parts } = tracked;
  const counted = { kind: "survival", accept, insertedChars, reason: "" } as const;
  if (insertedChars === 0) return censored(tracked, "nothing-inserted");
  const survivingChars = survivingOf(tracked);
  const seen = parts.reduce((sum, part) => sum + (part.isLost ? 0 : survivingIn(part)), 0);
  if (isAliveByChars(seen, insertedChars)) {
    const rescued = parts.filter(({ rescuedAt }) => rescuedAt !== undefined);
    const distance = rescued.length > 0 ? Math.max(...rescued.map(({ rescuedAt }) => rescuedAt ?? 0)) : undefined;
    return { ...counted, state: "alive", isRescued: rescued.length > 0, survivingChars, distance };
  }
  if (isSurelyDead(tracked))
    return { ...counted, state: "dead", isRescued: false, survivingChars, distance: undefined };
  if (parts.some(({ isLost }) => isLost)) return censored(tracked, "not-found");
  const distance = distanceOf(parts, text, placeOf, salted(hmac, tracked.salt));
  if (distance === undefined || distance > RESCUED_TO_DISTANCE)
    return { ...counted, state: "dead", isRescued: false, survivingChars, distance };
  return { ...counted, state: "alive", isRescued: true, survivingChars, distance };
}

export function censored(tracked: Tracked, reason: string): Verdict {
  const { accept, insertedChars } = tracked;
  const survivingChars = survivingOf(tracked);
  return {
    kind: "survival",
    accept,
    state: "censored",
    isRescued: false,
    insertedChars,
    survivingChars,
    distance: undefined,
    reason,
  };
}

function distanceOf(parts: readonly Part[], text: string, placeOf: PlaceOf, hmac: LexemeHmac): number | undefined {
  let edits = 0;
  let of = 0;
  for (const part of parts) {
    const place = placeOf(part);
    if (!part.anchor || !place) continue;
    const found = lexemeDistance(part.anchor.kept, neighbourhoodOf(text, place.from, place.to), hmac);
    edits += found.edits;
    of += found.of;
  }
  return of === 0 ? undefined : edits / of;
}
