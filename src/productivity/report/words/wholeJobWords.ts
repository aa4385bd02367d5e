/** The whole job, of which "five become two or three" is said. */

import type { ReportModel } from "../model.ts";
import type { WholeJobClaim } from "../wholeJob.ts";
import { ceilingWithoutWords } from "./ceilingWords.ts";
import { claimWords, joined, minutesWords, percentWords, rangeWords, type Speaker, unlikeEndWords } from "./speaker.ts";
import type { Section } from "./text.ts";

export function wholeJobSection(speaker: Speaker, { wholeJob }: ReportModel): readonly Section[] {
  if (!wholeJob) return [];
  const { t } = speaker;
  const { measured, claims } = wholeJob;
  return [
    {
      id: "wholeJob",
      question: t("What does that come to for the whole job?"),
      paragraphs: [
        ceilingWithoutWords(speaker, wholeJob),
        measured
          ? t(
              "The interval that was measured at the code comes to {0} times for the whole job, if all else takes as long as before.",
              rangeWords(speaker, ...unlikeEndWords(speaker, measured)),
            )
          : "",
        joined(
          speaker,
          claims.map((claim) => claimVerdictWords(speaker, claim)),
        ),
      ].filter((paragraph) => paragraph !== ""),
      basis: t("Days since the experiment began. Hours of a working day are a setting, and not measured."),
    },
  ];
}

/** Beneath the headline, so that nobody takes it for the whole job. */
export function atTheCodeWords(speaker: Speaker, { wholeJob }: ReportModel): string {
  const ceiling = wholeJob?.ceiling;
  if (ceiling?.kind !== "known" || ceiling.share === undefined)
    return speaker.t("That is of the time at the code alone. What it comes to for the whole job is not known.");
  const { share, workdayMinutes } = ceiling;
  return speaker.t(
    "That is of the time at the code alone, {0} of a working day of {1}. What that comes to for the whole job has a section of its own.",
    percentWords(speaker, share),
    minutesWords(speaker, workdayMinutes),
  );
}

function claimVerdictWords(speaker: Speaker, { claim, saidOf, verdict }: WholeJobClaim): string {
  const { t } = speaker;
  const said =
    saidOf === "five-become-two"
      ? t("“Five become two” ({0} times for the whole job)", claimWords(speaker, claim))
      : t("“Five become three” ({0} times for the whole job)", claimWords(speaker, claim));
  switch (verdict) {
    case "ceiling":
      return t("{0}: ruled out by the ceiling.", said);
    case "ruled-out":
      return t("{0}: ruled out by what was measured.", said);
    case "undecided":
      return t("{0}: not decided.", said);
    case "shown":
      return t("{0}: shown, if all else takes as long as before.", said);
    case "not-known":
      return t("{0}: not known.", said);
  }
}
