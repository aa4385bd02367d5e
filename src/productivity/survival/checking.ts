/** Makes the checks of an accept that can be made now. */

import type { Instant } from "../editorEvents.ts";
import type { Check, SurvivalRecord } from "../records.ts";
import { allChecks, dueMs, tooLateMs } from "./checks.ts";
import { censored, judged, type PlaceOf } from "./judging.ts";
import type { LexemeHmac } from "./lexemes.ts";
import { isSurelyDead, type Tracked } from "./tracked.ts";

type SurvivalFact = Omit<SurvivalRecord, "session">;

/** A document's text as the segments are in it, and where they are. */
export interface Seen {
  readonly text: string;
  readonly placeOf: PlaceOf;
  /** The document is open, and its file is not there any more, such as when git or a terminal has taken it away. */
  readonly isFileGone: boolean;
}

/**
 * One record each of what is due, or is too late by now; these are open no more. Without a text only what needs none is told:
 * what the user has deleted is dead wherever its file is, at all checks from then on.
 * @param isCommitKnown false where nobody has looked whether there was one, since the file was not opened
 */
export function checksMade(
  tracked: Tracked,
  seen: Seen | undefined,
  hmac: LexemeHmac,
  nowMs: Instant,
  isCommitKnown = true,
): readonly SurvivalFact[] {
  const deadMs = isSurelyDead(tracked) ? (tracked.deadMs ?? nowMs) : undefined;
  const made = (check: Check, due: Instant): SurvivalFact => {
    const verdict = judged(tracked, seen?.text ?? "", seen?.placeOf ?? (() => undefined), hmac);
    return { ...verdict, atMs: nowMs, check, lateMs: nowMs - due };
  };
  const facts: SurvivalFact[] = [];
  for (const check of tracked.checks) {
    const due = dueMs(check, tracked);
    // What was dead at a check's time is dead however late that is said: else what is deleted soon would be left out more often.
    if (due <= nowMs && (deadMs ?? Number.POSITIVE_INFINITY) <= due) facts.push(made(check, due));
    else if (nowMs >= tooLateMs(check, tracked))
      facts.push(unmade(tracked, check, lateReason(check, tracked, isCommitKnown), nowMs));
    else if (due > nowMs) continue;
    else if (seen?.isFileGone === true && !isSurelyDead(tracked)) {
      // The others are not given up: with another branch the file may be back.
      facts.push(unmade(tracked, check, "deleted-file", nowMs));
    } else if (seen || isSurelyDead(tracked)) {
      facts.push(made(check, due));
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

/** Of an accept whose text nobody has seen: one record for each check. */
export function neverFollowed(accept: string, insertedChars: number, atMs: Instant): readonly SurvivalFact[] {
  const known = { kind: "survival", accept, insertedChars, survivingChars: 0, atMs, lateMs: 0 } as const;
  return allChecks.map((check) => {
    return { ...known, check, state: "censored", reason: "not-seen", isRescued: false, distance: undefined };
  });
}

/** What was kept of an accept is damaged: nothing can be said of it, not even how long it was. */
export function unreadable(accept: string, checks: readonly Check[], nowMs: Instant): readonly SurvivalFact[] {
  return checks.map((check) => ({
    kind: "survival",
    accept,
    check,
    state: "censored",
    isRescued: false,
    insertedChars: 0,
    survivingChars: 0,
    distance: undefined,
    reason: "unreadable",
    atMs: nowMs,
    lateMs: 0,
  }));
}

/** A commit after which nobody has opened the file is not the same as none. */
function lateReason(check: Check, { committedMs }: Tracked, isCommitKnown: boolean): string {
  return check === "commit" && committedMs === undefined && isCommitKnown ? "no-commit" : "too-late";
}

function unmade(tracked: Tracked, check: Check, reason: string, atMs: Instant): SurvivalFact {
  return { ...censored(tracked, reason), atMs, check, lateMs: Math.max(0, atMs - dueMs(check, tracked)) };
}
