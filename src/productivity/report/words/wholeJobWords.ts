/** The whole job, of which "five become two or three" is said. */

import type { ReportModel } from "../model.ts";
import type { WholeJobClaim } from "../wholeJob.ts";
import { ceilingWords } from "./ceilingWords.ts";
import { claimWords, joined, minutesWords, percentWords, type Speaker, unlikeEndWords } from "./speaker.ts";
import type { Section } from "./text.ts";

export function wholeJobSection(speaker: Speaker, { wholeJob, range }: ReportModel): readonly Section[] {
  if (!wholeJob) return [];
  const { t } = speaker;
  const { ceiling, measured, claims } = wholeJob;
  return [
    {
      id: "wholeJob",
      question: t("What does that come to for the whole job?"),
      paragraphs: [
        ceilingWords(speaker, ceiling),
        measured
          ? t(
              "The interval that was measured at the code comes to {0} to {1} times for the whole job, if all else takes as long as before.",
              ...unlikeEndWords(speaker, measured),
            )
          : "",
        joined(
          speaker,
          claims.map((claim) => claimVerdictWords(speaker, claim)),
        ),
      ].filter((paragraph) => paragraph !== ""),
      basis: t(
        "Time at the code: {0}. Hours of a working day are a setting, and not measured.",
        minutesWords(speaker, range.activeMinutes),
      ),
    },
  ];
}

/** Beneath the headline, so that nobody takes it for the whole job. */
export function atTheCodeWords(speaker: Speaker, { wholeJob }: ReportModel): string {
  if (wholeJob?.ceiling.kind !== "known") return "";
  const { share, workdayMinutes } = wholeJob.ceiling;
  return speaker.t(
    "That is of the time at the code alone, {0} of a working day of {1}. What it comes to for the whole job is told by itself.",
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
      return t("{0}: ruled out by the ceiling, whatever is measured at the code.", said);
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
