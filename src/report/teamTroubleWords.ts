/** Why what was handed in can't be read, as a sentence. Of rows it names the line, and never whose it is. */

import type { Speaker } from "../productivity/report/words/speaker.ts";
import type { SumsFlaw } from "../productivity/team/sumsLines.ts";
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

function rowsWords({ t }: Speaker, trouble: TeamTrouble): string {
  const { file } = trouble;
  switch (trouble.kind) {
    case "missing":
      return t("There is no file {0}.", file);
    case "unreadable":
      return t("{0} can't be read ({1}).", file, trouble.detail);
    case "not-json":
      return t("{0}, line {1}: that is no JSON.", file, String(trouble.line));
    case "odd-person":
      return t(
        "{0}: rows of one person differ in “{1}”, so that they can't be of one experiment.",
        file,
        trouble.field,
      );
    case "same-person":
      return t("{0}: half-hours in it are those of a person with another name, and count once.", file);
    case "two-rows":
      return t(
        "{0}: of a half-hour there are two rows that were exported at the same time and differ, so that neither is the later one.",
        file,
      );
    case "unfit-row": {
      const line = String(trouble.line);
      const { flaw } = trouble;
      if (flaw.kind === "newer")
        return t("A newer version of Pairwise has made {0}: it takes that version's pairwise-report.", file);
      return flaw.kind === "no-row"
        ? t("{0}, line {1}: that is no row of half-hours, as `pairwise-report blocks` writes them.", file, line)
        : t("{0}, line {1}: “{2}” is missing or is no value that it can have.", file, line, flaw.field);
    }
  }
}

function sumsWords({ t }: Speaker, { flaw, files }: SumsTrouble): string {
  const file = files.join(", ");
  switch (flaw.kind) {
    case "newer":
      return t("A newer version of Pairwise has made {0}: it takes that version's pairwise-report.", file);
    case "no-line":
      return t(
        "{0}, line {1}: that is no line of sums, as the queries of docs/team-scale.md give them.",
        file,
        String(flaw.line),
      );
    case "unfit-field":
      return t("{0}, line {1}: “{2}” is missing or is no value that it can have.", file, String(flaw.line), flaw.field);
    case "odd-person":
      return t(
        "{0}, line {1}: rows of that person can't be of one experiment. docs/team-scale/flaws.sql says in the warehouse whose they are.",
        file,
        String(flaw.line),
      );
    case "same-person":
      return t(
        "{0}, line {1}: these are the half-hours of a person who was there already, and count once.",
        file,
        String(flaw.line),
      );
  }
}
