/** What the ledger's kinds of events and their columns mean, for the person who looks into it. */

import * as vscode from "vscode";
import type { LedgerRecord, RecordKind } from "../productivity/records.ts";

type NamesOf<Each> = Each extends LedgerRecord ? Exclude<keyof Each, "kind"> : never;
export type ColumnName = NamesOf<LedgerRecord>;

/** As it stands in a line. In Chinese all have two characters, so that what stands behind them is aligned in any font. */
export function kindTitle(kind: RecordKind): string {
  const { l10n } = vscode;
  const titles: Readonly<Record<RecordKind, string>> = {
    opportunity: l10n.t("Request"),
    response: l10n.t("Answer"),
    shown: l10n.t("Shown"),
    accept: l10n.t("Accepted"),
    end: l10n.t("Ended"),
    regret: l10n.t("Undone"),
    survival: l10n.t("Survival"),
    typedSurvival: l10n.t("Typed"),
    edit: l10n.t("Changes"),
    activity: l10n.t("Work"),
    guard: l10n.t("Errors"),
    commit: l10n.t("Commit"),
    gap: l10n.t("Gap"),
    selfTest: l10n.t("Self-test"),
    prereg: l10n.t("Planned"),
    consent: l10n.t("Consent"),
    belief: l10n.t("Forecast"),
    assign: l10n.t("Drawn"),
    experiment: l10n.t("Experiment"),
    trial: l10n.t("Trial"),
  };
  return titles[kind];
}

export function kindWords(kind: RecordKind): string {
  const { l10n } = vscode;
  const words: Readonly<Record<RecordKind, string>> = {
    opportunity: l10n.t("VS Code asked for a suggestion, in a document where they come."),
    response: l10n.t("What came of a request: a suggestion, or none and why."),
    shown: l10n.t("A suggestion could be seen for so long, or was accepted sooner, which proves that it was seen."),
    accept: l10n.t("A suggestion was accepted, or a part of it. Several words of one suggestion have the same run."),
    end: l10n.t("What became of a suggestion. One that was left may come back for a minute: it is here after that."),
    regret: l10n.t("What was accepted was undone within ten seconds."),
    survival: l10n.t("What was left of an accepted text some time later, or why that can't be said."),
    typedSurvival: l10n.t("What was left, ten minutes later, of what was typed by hand."),
    edit: l10n.t("Ten seconds of changes to a file, in characters, by where they came from."),
    activity: l10n.t("A minute of a window: how long it was in front, and how long somebody worked in it."),
    guard: l10n.t("Errors in a file that were not there before."),
    commit: l10n.t("A commit was made."),
    gap: l10n.t("A time of which not everything was counted, or in which the clock was wrong."),
    selfTest: l10n.t("The test of the counting: what was done, what was counted, and how often."),
    prereg: l10n.t("An experiment began: what is compared, and how, was laid down before any of its data."),
    consent: l10n.t("You agreed to the experiment, or do so no more."),
    belief: l10n.t("How many times as much you think you write in the same time with suggestions."),
    assign: l10n.t("Whether a half-hour of the experiment has suggestions or not, as it was drawn."),
    experiment: l10n.t("The experiment was paused, resumed, stopped or completed."),
    trial: l10n.t(
      "A single suggestion was drawn to be shown or held back, and this is how long the next 40 characters that stayed took.",
    ),
  };
  return words[kind];
}

/** As it is in `kind`: the same name may mean another thing in another kind. */
export function columnWords(kind: RecordKind, name: ColumnName): string {
  return ofKind(kind)[name] ?? ofAnyKind()[name];
}

function ofKind(kind: RecordKind): Partial<Readonly<Record<ColumnName, string>>> {
  const { l10n } = vscode;
  switch (kind) {
    case "response":
      return {
        outcome: l10n.t(
          "returned: there is a suggestion. held-back: there is one, which the experiment does not show in this half-hour. held-back-singly: one that it does not show, drawn by itself. dropped, cancelled, failed, broken: there is none.",
        ),
        reason: l10n.t("Of a suggestion where it came from, else why there is none."),
        afterMs: l10n.t("Milliseconds from the question to the answer."),
        chars: l10n.t("Characters of the suggestion."),
      };
    case "shown":
      return {
        evidence: l10n.t("held: it was there for so long. accepted: it was accepted before that."),
      };
    case "accept":
      return {
        evidence: l10n.t(
          "command: VS Code said so. wrapper: one of our own commands did it. inferred: seen by how the text changed.",
        ),
        chars: l10n.t("Characters that it inserted."),
        afterMs: l10n.t("Milliseconds from its first showing to the accept."),
      };
    case "end":
      return {
        outcome: l10n.t(
          "accepted, partly-accepted, typed-through (typed by hand as it was suggested), ignored, rejected (Escape).",
        ),
        reason: l10n.t("By what it ended."),
        chars: l10n.t("Characters of the suggestion."),
        typedChars: l10n.t("Characters of it that were typed by hand."),
      };
    case "regret":
      return { afterMs: l10n.t("Milliseconds from the accept to the undo.") };
    case "survival":
      return {
        state: l10n.t(
          "alive: at least two thirds are left, or a formatter has only put it another way. dead, or censored: not known.",
        ),
        reason: l10n.t("Why it is not known."),
      };
    case "typedSurvival":
      return { state: l10n.t("counted, or censored: not known.") };
    case "gap":
      return { reason: l10n.t("Why not everything was counted.") };
    case "selfTest":
      return { run: l10n.t("The test, from its start to its end.") };
    case "trial":
      return {
        state: l10n.t("reached: the characters were there. censored: that is not known, and it is in no figure."),
        reason: l10n.t("Why it is not known."),
        survivingChars: l10n.t("Characters that were typed or accepted since then, and were there at the end."),
      };
    default:
      return {};
  }
}

function ofAnyKind(): Readonly<Record<ColumnName, string>> {
  const { l10n } = vscode;
  return {
    atMs: l10n.t("When: milliseconds since 1970, UTC. Exports have it in words, too, as at."),
    session: l10n.t("The window, from its start to its end: a random number."),
    file: l10n.t("The file, as a hash that only this installation can make: not its name."),
    project: l10n.t("The folder of the workspace, as such a hash; empty outside of one."),
    language: l10n.t("The file's language, as VS Code names it."),
    trigger: l10n.t("automatic: while typing. manual: by the command."),
    run: l10n.t("The suggestion, from its first showing to its end."),
    outcome: l10n.t("What came of it."),
    reason: l10n.t("Why."),
    afterMs: l10n.t("After how many milliseconds."),
    chars: l10n.t("Characters."),
    lines: l10n.t("Lines."),
    choices: l10n.t("How many suggestions there were to choose from."),
    model: l10n.t("The model, as the settings name it."),
    thresholdMs: l10n.t("For how many milliseconds it could be seen."),
    evidence: l10n.t("By what it is known."),
    accept: l10n.t("The accept's number in its window."),
    part: l10n.t("full: the whole suggestion. word, line: a part of it."),
    carets: l10n.t("At how many carets."),
    lastedMs: l10n.t("Milliseconds from its first showing to its end."),
    typedChars: l10n.t("Characters typed by hand, or chosen from VS Code's list of completions."),
    acceptedChars: l10n.t("Characters of it that were accepted."),
    contaminated: l10n.t(
      "Whether another extension's suggestion may have been what was seen. Such runs are in no rate.",
    ),
    check: l10n.t("How long after the accept; or at the next commit."),
    state: l10n.t("What is known of it."),
    isRescued: l10n.t("Whether it is alive only since a formatter has put it another way."),
    insertedChars: l10n.t("Characters that were accepted."),
    survivingChars: l10n.t("Characters of these that nothing has touched."),
    distance: l10n.t("How much of it is another, by words and signs: 0 is nothing, 1 all."),
    lateMs: l10n.t("How many milliseconds after its time it was looked at."),
    edit: l10n.t("The number of these ten seconds in their window."),
    aiChars: l10n.t("Characters of accepted suggestions."),
    deletedChars: l10n.t("Characters deleted by hand."),
    pasteChars: l10n.t("Characters of pastes of at most 200."),
    longPasteChars: l10n.t("Characters of longer pastes."),
    bulkChars: l10n.t("Characters that came at once in many places."),
    formatterChars: l10n.t("Characters that a formatter wrote."),
    diskChars: l10n.t("Characters that were read from the disk, such as by a change of branch."),
    ownChars: l10n.t("Characters of edits and answers of Pairwise, other than suggestions."),
    otherChars: l10n.t("Characters of other extensions and commands."),
    undos: l10n.t("How often something was undone."),
    redos: l10n.t("How often something was redone."),
    changes: l10n.t("How many changes there were."),
    focusedMs: l10n.t("Milliseconds with the window in front."),
    active60Ms: l10n.t("Milliseconds at work, with pauses of up to one minute."),
    active120Ms: l10n.t("Milliseconds at work, with pauses of up to two minutes."),
    active300Ms: l10n.t("Milliseconds at work, with pauses of up to five minutes."),
    newErrors: l10n.t("How many errors."),
    fromMs: l10n.t("From when on, in milliseconds since 1970."),
    toMs: l10n.t("Until when, in milliseconds since 1970."),
    lost: l10n.t("How many events are missing, where that is known."),
    editorVersion: l10n.t("The version of VS Code."),
    scenario: l10n.t("What was played."),
    truth: l10n.t("What was done."),
    detected: l10n.t("What was counted."),
    count: l10n.t("How often."),
    experiment: l10n.t("The experiment, from its start to its end: a random number."),
    commitment: l10n.t("SHA-256 of the seed and the configuration: neither of them can be changed later unnoticed."),
    configuration: l10n.t("What is compared, and how: the experiment's plan."),
    seed: l10n.t("The random number that all half-hours without suggestions are drawn from."),
    textVersion: l10n.t("The version of the text that you agreed to."),
    isGiven: l10n.t("Whether you agree."),
    when: l10n.t("before or after the experiment."),
    factor: l10n.t("How many times as much in the same time: 1.2 is 20 % more."),
    slotMs: l10n.t("Where the half-hour begins, in milliseconds since 1970."),
    day: l10n.t("Your local day."),
    stratum: l10n.t("The group of half-hours, one of which is without suggestions. Counted from 0."),
    position: l10n.t("Which half-hour of its group it is, counted from 0."),
    arm: l10n.t("on: with suggestions. off: without."),
    zoneOffsetMinutes: l10n.t("By how many minutes your local time is ahead of UTC."),
    what: l10n.t("What became of it."),
    draw: l10n.t("Which draw of its window: with the seed it says what was drawn."),
    isShown: l10n.t("Whether it was drawn to be shown."),
    isAsked: l10n.t("Whether it was held back, then asked for by hand, and shown."),
    activeMs: l10n.t("Milliseconds at work since the draw, with pauses of up to two minutes."),
  };
}
