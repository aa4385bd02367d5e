/** Why what was handed in can't be read, as a sentence. Of rows it names the line, and never whose it is. */

import type { Speaker } from "../productivity/report/words/speaker.ts";
import type { SumsFlaw } from "../productivity/team/sumsLines.ts";
import { limitWords } from "./limitWords.ts";
import type { TeamTrouble, UnreadableTeamFile } from "./blockFiles.ts";

export class SumsTrouble extends Error {
  readonly flaw: SumsFlaw;
  readonly files: readonly string[];

  constructor(flaw: SumsFlaw, files: readonly string[]) {
    super(flaw.kind);
    this.flaw = flaw;
    this.files = files;
  }
}

export function teamTroubleWords(speaker: Speaker, error: UnreadableTeamFile | SumsTrouble): string {
  return "trouble" in error ? rowsWords(speaker, error.trouble) : sumsWords(speaker, error);
}

function rowsWords(speaker: Speaker, trouble: TeamTrouble): string {
  const { t } = speaker;
  const { file } = trouble;
  switch (trouble.kind) {
    case "missing":
      return t("There is no file {0}.", file);
    case "unreadable":
      return t("{0} can't be read ({1}).", file, trouble.detail);
    case "not-json":
      return t("{0}, line {1}: that is no JSON.", file, String(trouble.line));
    case "odd-experiment":
      return t(
        "{0}: rows of one name (user) differ in “{1}”, so that they can't be of one experiment.",
        file,
        trouble.field,
      );
    case "same-experiment":
      return t("{0}: half-hours in it are those of an experiment with another name, and count once.", file);
    case "two-rows":
      return t(
        "{0}: of a half-hour there are two rows that were exported at the same time and differ, so that neither is the later one.",
        file,
      );
    case "missing-rows":
      return t(
        "{0}: half-hours are missing in it, though groups are exported whole. Whoever handed it in should export it anew.",
        file,
      );
    case "no-rows":
      return t("{0} has no rows. Whoever handed it in should export it anew.", file);
    case "unfit-row":
      return flawWords(speaker, trouble);
  }
}

function flawWords(
  speaker: Speaker,
  { file, line, flaw }: Extract<TeamTrouble, { readonly kind: "unfit-row" }>,
): string {
  const { t } = speaker;
  switch (flaw.kind) {
    case "newer":
      return t("A newer version of Pairwise has made {0}: it takes that version's pairwise-report.", file);
    case "no-row":
      return t(
        "{0}, line {1}: that is no row of half-hours, as `pairwise-report blocks` writes them.",
        file,
        String(line),
      );
    case "unfit-field":
      return t("{0}, line {1}: “{2}” is missing or is no value that it can have.", file, String(line), flaw.field);
    case "extra-field":
      return t(
        "{0}, line {1}: “{2}” is no column of these files. Nobody hands in more than the documented figures: take it out.",
        file,
        String(line),
        flaw.field,
      );
    case "impossible":
      return t(
        "{0}, line {1}: “{2}” can't be so: {3}.",
        file,
        String(line),
        flaw.field,
        limitWords(speaker, flaw.limit),
      );
  }
}

function sumsWords({ t }: Speaker, { flaw, files }: SumsTrouble): string {
  const file = files.join(", ");
  switch (flaw.kind) {
    case "newer":
      return t("A newer version of Pairwise has made {0}: it takes that version's pairwise-report.", file);
    case "older":
      return t(
        "{0}, line {1}: these sums take two experiments of one person for two people. Make them anew, by the queries of docs/team-scale.md as they are now.",
        file,
        String(flaw.line),
      );
    case "no-line":
      return t(
        "{0}, line {1}: that is no line of sums, as the queries of docs/team-scale.md give them.",
        file,
        String(flaw.line),
      );
    case "unfit-field":
      return t("{0}, line {1}: “{2}” is missing or is no value that it can have.", file, String(flaw.line), flaw.field);
    case "odd-experiment":
      return t(
        "{0}, line {1}: its rows can't be of one experiment. docs/team-scale/flaws.sql says in the warehouse which they are.",
        file,
        String(flaw.line),
      );
    case "same-experiment":
      return t(
        "{0}, line {1}: these are the half-hours of an experiment that was there already, and count once.",
        file,
        String(flaw.line),
      );
  }
}
