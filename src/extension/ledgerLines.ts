/** What happened, in a line: an event of the ledger as somebody would tell it who has seen it. */

import * as vscode from "vscode";
import type { DropReason } from "../completion/suggestion.ts";
import type { RecordOf } from "../productivity/ledger/columns.ts";
import type { LedgerRecord } from "../productivity/records.ts";
import { charsWords, dayOf, durationWords, numberWords, timeOfDay } from "./ledgerFigures.ts";
import { changedWords, survivalWords } from "./ledgerTexts.ts";
import { clauses } from "./punctuation.ts";
import { dropWords } from "./statusWords.ts";

/**
 * Without the kind and the time, which stand before it.
 * @param acceptedMs when what it is about was accepted, where that is known
 */
export function eventWords(event: LedgerRecord, acceptedMs?: number): string {
  const { l10n } = vscode;
  switch (event.kind) {
    case "opportunity":
      return event.trigger === "manual"
        ? l10n.t("VS Code asked for a suggestion, by the command")
        : l10n.t("VS Code asked for a suggestion");
    case "response":
      return responseWords(event);
    case "shown":
      return event.evidence === "accepted"
        ? l10n.t("a suggestion, accepted within {0}", durationWords(event.thresholdMs))
        : l10n.t("a suggestion, for {0}", durationWords(event.thresholdMs));
    case "accept":
      return clauses(
        partWords(event.part),
        charsWords(event.chars),
        event.carets > 1 ? l10n.t("at each of {0} carets", numberWords(event.carets)) : "",
        l10n.t("{0} after it was first shown", durationWords(event.afterMs)),
      );
    case "end":
      return endWords(event);
    case "regret":
      return l10n.t("what was accepted, {0} later", durationWords(event.afterMs));
    case "survival":
      return survivalWords(event, acceptedMs);
    case "typedSurvival":
      return event.state === "censored"
        ? l10n.t("what is left of {0} after 10 minutes is not known", charsWords(event.typedChars))
        : l10n.t("after 10 minutes, left: {0} of {1}", numberWords(event.survivingChars), charsWords(event.typedChars));
    case "edit":
      return changedWords(event);
    case "activity":
      return l10n.t(
        "{0} at work, the window in front for {1}",
        durationWords(event.active120Ms),
        durationWords(event.focusedMs),
      );
    case "guard":
      return event.newErrors === 1
        ? l10n.t("1 that was not there before")
        : l10n.t("{0} that were not there before", numberWords(event.newErrors));
    case "commit":
      return l10n.t("a commit was made");
    case "gap":
      return gapWords(event);
    case "selfTest":
      return selfTestWords(event);
    case "prereg":
      return l10n.t("an experiment began, whose plan can't be changed any more");
    case "consent":
      return event.isGiven ? l10n.t("you agreed to the experiment") : l10n.t("you agree to the experiment no more");
    case "belief":
      return l10n.t(
        "you think that with suggestions you write {0} times as much in the same time",
        numberWords(event.factor),
      );
    case "assign":
      return event.arm === "on"
        ? l10n.t("the half-hour from {0} has suggestions", timeOfDay(event.slotMs))
        : l10n.t("the half-hour from {0} has no suggestions", timeOfDay(event.slotMs));
    case "experiment":
      return experimentWords(event);
    case "trial":
      return trialWords(event);
  }
}

function experimentWords({ what }: RecordOf<"experiment">): string {
  const { l10n } = vscode;
  const words: Readonly<Record<typeof what, string>> = {
    paused: l10n.t("paused: suggestions come as ever"),
    resumed: l10n.t("resumed, from the next half-hour on"),
    stopped: l10n.t("stopped"),
    completed: l10n.t("completed: as many half-hours as were planned"),
  };
  return words[what];
}

function trialWords({ isShown, state, activeMs, survivingChars }: RecordOf<"trial">): string {
  const { l10n } = vscode;
  return clauses(
    isShown ? l10n.t("a suggestion that was drawn to be shown") : l10n.t("a suggestion that was drawn to be held back"),
    state === "reached"
      ? l10n.t("{0} at work until {1} more were there", durationWords(activeMs), charsWords(survivingChars))
      : l10n.t("how long the next characters took is not known"),
  );
}

function responseWords({ outcome, reason, chars, afterMs }: RecordOf<"response">): string {
  const { l10n } = vscode;
  switch (outcome) {
    case "returned":
      return clauses(
        l10n.t("a suggestion"),
        charsWords(chars),
        reason === "cache" || reason === "typed-through"
          ? l10n.t("which was there already")
          : l10n.t("after {0}", durationWords(afterMs)),
      );
    case "held-back":
      return clauses(l10n.t("a suggestion, which the experiment did not show"), charsWords(chars));
    case "held-back-singly":
      return clauses(l10n.t("a suggestion, which was drawn by itself and not shown"), charsWords(chars));
    case "dropped":
      return l10n.t("no suggestion: {0}", dropWords(reason as DropReason) ?? reason);
    case "cancelled":
      return l10n.t("no suggestion: nobody waited for it any more");
    case "failed":
      return l10n.t("no suggestion: the model could not be asked, or failed");
    case "broken":
      return l10n.t("no suggestion: Pairwise made a mistake of its own");
  }
}

function partWords(part: RecordOf<"accept">["part"]): string {
  const { l10n } = vscode;
  if (part === "word") return l10n.t("a word of the suggestion");
  return part === "line" ? l10n.t("a line of the suggestion") : l10n.t("a suggestion to its end");
}

function endWords({ outcome, reason, chars, acceptedChars, contaminated }: RecordOf<"end">): string {
  const { l10n } = vscode;
  const beside = contaminated === "no" ? "" : l10n.t("another extension may have been what was seen");
  switch (outcome) {
    case "accepted":
      return clauses(l10n.t("the suggestion was accepted"), beside);
    case "partly-accepted":
      return clauses(
        l10n.t("{0} of {1} were accepted", numberWords(acceptedChars), charsWords(chars)),
        endReasonWords(reason),
        beside,
      );
    case "typed-through":
      return clauses(l10n.t("what was suggested was typed by hand"), beside);
    case "ignored":
      return clauses(l10n.t("the suggestion was ignored"), endReasonWords(reason), beside);
    case "rejected":
      return clauses(l10n.t("the suggestion was rejected by Escape"), beside);
  }
}

function endReasonWords(reason: RecordOf<"end">["reason"]): string {
  const { l10n } = vscode;
  switch (reason) {
    case "typing-disagreed":
      return l10n.t("something else was typed");
    case "superseded":
      return l10n.t("another one took its place");
    case "cursor-moved":
      return l10n.t("the caret went elsewhere");
    case "document-changed":
      return l10n.t("the text was changed otherwise");
    case "blurred":
      return l10n.t("another file or window came to the front");
    case "timed-out":
      return l10n.t("it was left for long");
    case "session-ended":
      return l10n.t("the window was closed");
    case "escape":
      return l10n.t("the rest was rejected by Escape");
    case "accepted":
    case "typed-through":
      return "";
  }
}

function gapWords({ reason, fromMs, toMs, lost }: RecordOf<"gap">): string {
  const { l10n } = vscode;
  const words: Readonly<Record<typeof reason, string>> = {
    "clock-jump": l10n.t("the machine's clock jumped"),
    "not-written": l10n.t("the file could not be written"),
    dropped: l10n.t("more happened than could be kept"),
    "turned-off": l10n.t("counting was switched off"),
    damaged: l10n.t("the file was damaged, and a new one was begun"),
    removed: l10n.t("the file was removed, and a new one was begun"),
  };
  const isOneDay = dayOf(fromMs) === dayOf(toMs);
  const moment = (atMs: number): string => (isOneDay ? timeOfDay(atMs) : `${dayOf(atMs)} ${timeOfDay(atMs)}`);
  return clauses(
    words[reason],
    l10n.t("from {0} to {1}", moment(fromMs), moment(toMs)),
    lost ? l10n.t("events that are missing: {0}", numberWords(lost)) : "",
  );
}

/** What was done and what was counted is in the fields. */
function selfTestWords({ truth, detected, count }: RecordOf<"selfTest">): string {
  const { l10n } = vscode;
  const times = numberWords(count);
  if (truth === "not-done") return l10n.t("samples that were not carried out: {0}", times);
  return truth === detected
    ? l10n.t("counted as what it was: {0}", times)
    : l10n.t("counted as something else: {0}", times);
}
