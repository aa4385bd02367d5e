/** What stands beneath the first sentence. */

import type { ExperimentStatus } from "../../experiment/state.ts";
import type { ReportModel } from "../model.ts";
import type { LadderRow, Verdict } from "../verdict.ts";
import { cautionWords } from "./cautionWords.ts";
import { decidedWords, hasEnded, type Void } from "./headlineWords.ts";
import { endedLackWords, lackWords } from "./lacks.ts";
import { noHalfHoursWords, withheldWords } from "./ladderWords.ts";
import { atTheCodeWords } from "./wholeJobWords.ts";
import { claimWords, joined, listWords, numberWords, ratioWords, type Speaker } from "./speaker.ts";

function voidNote(speaker: Speaker, verdict: Void): string {
  const { t } = speaker;
  switch (verdict.why) {
    case "changed":
      return t(
        "Its plan or its seed was changed after it had begun, so that any result could have been chosen. Another experiment can be begun.",
      );
    case "unknown-plan":
      return t(
        "Its plan is of a form that this version of Pairwise does not know. A newer version made it: update Pairwise.",
      );
    case "seed-hidden":
      return t(
        "Its seed is not in them, so that nobody learns from it which half-hours will be without suggestions; without it nothing proves that they were drawn. Export them again once the experiment has ended, or make the report of the ledger itself.",
      );
    case "missing":
      return t(
        "Half-hours that were drawn and are not in the ledger: at least {0}. Each one gets the next place in the order of the draw, and neither a crash nor a clock leaves one out: these were taken away, so that any result could have been chosen. A copy of the ledger from before has a result; otherwise another experiment can be begun.",
        numberWords(speaker, verdict.missing),
      );
  }
}

export function verdictNotes(speaker: Speaker, model: ReportModel): readonly string[] {
  const { t } = speaker;
  const { verdict, ladder } = model;
  if (verdict.kind === "no-experiment") {
    return [
      t("What was counted so far is below. None of it says how fast somebody is: an acceptance rate is not time."),
      t(
        "An experiment takes suggestions away in half-hours that are drawn at random, and compares. It is begun in VS Code, by a command of Pairwise, which says first what it does and what it costs.",
      ),
    ];
  }
  if (verdict.kind === "void") {
    return [voidNote(speaker, verdict)];
  }
  const state = joined(speaker, [statusWords(speaker, verdict.status), drawnWords(speaker, verdict)]);
  const decided = decidedWords(speaker, ladder, verdict);
  if (verdict.kind === "too-early") {
    const more = verdict.moreHalfHours;
    return [
      decided,
      joined(speaker, [
        hasEnded(verdict.status) ? endedLackWords(speaker, verdict.lack) : lackWords(speaker, verdict.lack),
        more === undefined
          ? ""
          : t("An interval with two ends takes at least {0} more half-hours of work.", numberWords(speaker, more)),
      ]),
      withheldWords(speaker, verdict),
      ...cautionWords(speaker, model.methods),
      state,
    ].filter((note) => note !== "");
  }
  return [
    decided,
    t(
      "What was measured: characters that were still there ten minutes later, per active minute, in half-hours with suggestions and in half-hours without, which were drawn at random. The interval (95%, by e-values) holds with both of its ends at whatever time one looks, and so does each side alone; the single best guess is {0}.",
      ratioWords(speaker, verdict.estimate),
    ),
    atTheCodeWords(speaker, model),
    verdict.isFlagged ? withheldWords(speaker, verdict) : undecidedWords(speaker, ladder.rows),
    ...cautionWords(speaker, model.methods),
    state,
  ].filter((note) => note !== "");
}

function undecidedWords(speaker: Speaker, rows: readonly LadderRow[]): string {
  const { t } = speaker;
  const undecided = rows.filter(({ verdict }) => verdict === "undecided");
  if (undecided.length === 0) return t("No claim is left undecided.");
  const ended = undecided.every(({ outlook }) => outlook?.kind === "ended");
  const each = undecided.map((row) => undecidedClaimWords(speaker, row));
  return ended
    ? t(
        "Left undecided: {0}.",
        listWords(
          speaker,
          undecided.map(({ claim }) => timesWords(speaker, claim)),
        ),
      )
    : t("Not decided yet: {0}.", listWords(speaker, each));
}

/** 1 times as much is as much. */
function undecidedClaimWords(speaker: Speaker, { claim, outlook }: LadderRow): string {
  const { t } = speaker;
  if (outlook?.kind === "half-hours") {
    const more = numberWords(speaker, outlook.halfHours);
    return claim === 1
      ? t("whether there is any gain (about {0} more half-hours of work)", more)
      : t("{0} times (about {1} more half-hours of work)", claimWords(speaker, claim), more);
  }
  const why = noHalfHoursWords(speaker, outlook);
  return claim === 1
    ? t("whether there is any gain ({0})", why)
    : t("{0} times ({1})", claimWords(speaker, claim), why);
}

/** 1 times as much is as much. */
function timesWords(speaker: Speaker, claim: number): string {
  return claim === 1 ? speaker.t("whether there is any gain") : speaker.t("{0} times", claimWords(speaker, claim));
}

/** The menu says how many were drawn: here stands what has become of them. */
function drawnWords(
  speaker: Speaker,
  { drawn, blocks }: Pick<Extract<Verdict, { readonly status: unknown }>, "drawn" | "blocks">,
): string {
  return speaker.t(
    "Of the half-hours drawn so far ({0}), compared are those that are over and looked at, in groups that are whole: {1}.",
    numberWords(speaker, drawn),
    numberWords(speaker, blocks),
  );
}

function statusWords({ t }: Speaker, status: ExperimentStatus): string {
  switch (status) {
    case "running":
      return t("The experiment is running.");
    case "paused":
      return t("The experiment is paused.");
    case "stopped":
      return t("The experiment was stopped before its end.");
    case "completed":
      return t("The experiment has come to its end.");
  }
}
