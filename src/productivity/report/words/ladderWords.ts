/** The claims one by one. */

import type { ReportModel } from "../model.ts";
import type { Outlook } from "../outlook.ts";
import type { LadderRow, Verdict } from "../verdict.ts";
import { claimWords, joined, numberWords, ratioRangeWords, type Speaker } from "./speaker.ts";
import type { RatioRow, Section } from "./text.ts";

export function ladderSection(speaker: Speaker, { ladder, verdict }: ReportModel): Section {
  const { t } = speaker;
  const rows = ladder.rows.map((row): RatioRow => ({
    label: t("{0}×", claimWords(speaker, row.claim)),
    note: joined(speaker, [verdictWords(speaker, row), saidWords(speaker, row)]),
    at: row.claim,
    mark: row.verdict,
  }));
  const { measured } = ladder;
  const band = measured && {
    lower: measured.lower,
    upper: measured.upper,
    label: t("measured: {0}", ratioRangeWords(speaker, measured)),
  };
  return {
    id: "ladder",
    question: t("Which claims hold?"),
    paragraphs: [
      "isFlagged" in verdict && verdict.isFlagged
        ? withheldWords(speaker, verdict)
        : measured || ladder.rows.some(({ verdict: of }) => of === "ruled-out" || of === "shown")
          ? t(
              "A claim is decided once a fair bet against it has made 20 of 1: it is ruled out, or it is shown to be more than that. For each claim and on each side that is wrong in at most one of 20 experiments. The interval takes 40 of 1, so that both of its ends hold at once: a claim at its edge may be within it and decided.",
            )
          : t("No claim can be judged yet. These are the ones that are made:"),
    ],
    basis: "blocks" in verdict ? blocksBasis(speaker, verdict) : "",
    chart: {
      kind: "ratios",
      label: t("Claims of how many times as much is done in the same time, and what is known of each"),
      axis: t("times as much in the same time (logarithmic)"),
      rows,
      ...(band && { band }),
    },
    data: {
      caption: t("The claims"),
      head: [t("Claim"), t("Verdict"), t("Who says so")],
      rows: ladder.rows.map((row) => [
        t("{0}×", claimWords(speaker, row.claim)),
        verdictWords(speaker, row),
        saidWords(speaker, row),
      ]),
    },
  };
}

export function blocksBasis(speaker: Speaker, counts: { readonly blocks: number; readonly strata: number }): string {
  const { blocks, strata } = counts;
  return speaker.t(
    "Half-hours of work (blocks): {0}, in groups of which one each was without suggestions: {1}",
    numberWords(speaker, blocks),
    numberWords(speaker, strata),
  );
}

function verdictWords(speaker: Speaker, { verdict, outlook }: LadderRow): string {
  const { t } = speaker;
  switch (verdict) {
    case "ruled-out":
      return t("Ruled out.");
    case "shown":
      return t("Shown: it is more.");
    case "undecided":
      return outlook?.kind === "half-hours"
        ? t("Undecided, about {0} more half-hours of work.", numberWords(speaker, outlook.halfHours))
        : t("Undecided: {0}.", noHalfHoursWords(speaker, outlook));
    case "not-known":
      return t("Not known.");
  }
}

function saidWords({ t }: Speaker, { saidOf }: LadderRow): string {
  switch (saidOf) {
    case "ten":
      return t("Said of AI: “10x”.");
    case "three-to-four":
      return t("Said of AI: “3–4x”.");
    case "five-become-two":
      return t("This is of work at the code; “five become two” is said of the whole job.");
    case "five-become-three":
      return t("This is of work at the code; “five become three” is said of the whole job.");
    case undefined:
      return "";
  }
}

export function noHalfHoursWords(
  { t }: Speaker,
  outlook: Exclude<Outlook, { readonly kind: "half-hours" }> | undefined,
): string {
  switch (outlook?.kind) {
    case "ended":
      return t("the experiment has ended");
    case "too-few":
      return t("too early to say how long");
    case "beyond-end":
      return t("this experiment can't decide it");
    case "no-end":
    case undefined:
      return t("no end in sight");
  }
}

export function withheldWords(
  { t }: Speaker,
  { isFlagged }: Pick<Extract<Verdict, { readonly status: unknown }>, "isFlagged">,
): string {
  return isFlagged
    ? t(
        "No claim is judged: what left out half-hours of one kind has to be found first. The figures are among the methods, at the end.",
      )
    : "";
}
