/** Makes the checks of an accept that can be made now. */

import type { Instant } from "../editorEvents.ts";
import type { Check, SurvivalRecord } from "../records.ts";
import { dueMs, tooLateMs } from "./checks.ts";
import { censored, judged, type PlaceOf } from "./judging.ts";
import type { LexemeHmac } from "./lexemes.ts";
import { isSurelyDead, type Tracked } from "./tracked.ts";

type SurvivalFact = Omit<SurvivalRecord, "session">;

/** A document's text as the segments are in it, and where they are. */
export interface Seen {
  readonly text: string;
  readonly placeOf: PlaceOf;
}

/**
 * One record each of what is due, or is too late by now; these are open no more. Without a text only what needs none is told:
 * what the user has deleted is dead wherever its file is.
 */
export function checksMade(
  tracked: Tracked,
  seen: Seen | undefined,
  hmac: LexemeHmac,
  nowMs: Instant,
): readonly SurvivalFact[] {
  const facts: SurvivalFact[] = [];
  for (const check of tracked.checks) {
    if (nowMs >= tooLateMs(check, tracked))
      facts.push(unmade(tracked, check, check === "commit" ? "no-commit" : "too-late", nowMs));
    else if (dueMs(check, tracked) <= nowMs && (seen || isSurelyDead(tracked))) {
      const verdict = judged(tracked, seen?.text ?? "", seen?.placeOf ?? (() => undefined), hmac);
      facts.push({ ...verdict, atMs: nowMs, check, lateMs: nowMs - dueMs(check, tracked) });
    }
  }
  for (const { check } of facts) tracked.checks.delete(check);
  return facts;
}

/** Nothing more can be said of it: one record for each check that was not made. */
export function givenUp(tracked: Tracked, reason: string, nowMs: Instant): readonly SurvivalFact[] {
  const facts = Array.from(tracked.checks, (check) => unmade(tracked, check, reason, nowMs));
  tracked.checks.clear();
  return facts;
}

function unmade(tracked: Tracked, check: Check, reason: string, atMs: Instant): SurvivalFact {
  return { ...censored(tracked, reason), atMs, check, lateMs: Math.max(0, atMs - dueMs(check, tracked)) };
}
