/** What single suggestions do that were drawn by themselves. */

import type { Interval, ReportModel } from "../model.ts";
import type { Singles } from "../singles.ts";
import { knownWords } from "./lacks.ts";
import { joined, numberWords, percentWords, ratioRangeWords, ratioWords, type Speaker } from "./speaker.ts";
import type { Section } from "./text.ts";

export function singlesSection(speaker: Speaker, { singles }: ReportModel): readonly Section[] {
  if (!singles) return [];
  const { t } = speaker;
  const count = (value: number): string => numberWords(speaker, value);
  const { shown, heldBack, oneIn, chars } = singles;
  return [
    {
      id: "singles",
      question: t("What does a single suggestion do?"),
      paragraphs: [
        resultWords(speaker, singles),
        t(
          "In half-hours with suggestions, one of every {0} that came by themselves was held back, each drawn from the seed. What counts is the time at work, with pauses of up to two minutes, until {1} more characters had been typed or accepted that were each still there ten minutes later; what was accepted and taken back does not count. Where the document or the window was closed before that, or another program wrote the file, what had been there for ten seconds counts.",
          count(oneIn),
          count(chars),
        ),
        t(
          "This is about one suggestion more or less while all others come as they come, and about the next moment alone. It is no part of the verdict. The half-hours that the verdict rests on had {0} of {1} suggestions, so that it is of a little less than all of them.",
          count(oneIn - 1),
          count(oneIn),
        ),
        joined(speaker, [
          censoredWords(speaker, singles),
          singles.early === 0
            ? ""
            : t("Of those whose outcome is known, looked at before ten minutes were over: {0}.", count(singles.early)),
          singles.askedFor === 0
            ? ""
            : t("Held back, then asked for by hand and shown: {0}; they count as drawn.", count(singles.askedFor)),
          singles.notAsDrawn === 0
            ? ""
            : t("Otherwise than the seed says, and left out: {0}.", count(singles.notAsDrawn)),
        ]),
      ].filter((paragraph) => paragraph !== ""),
      basis: t("Suggestions whose outcome is known: {0}, in sessions: {1}", count(singles.n), count(singles.sessions)),
      tables: [
        {
          caption: t("The draws"),
          head: [
            t("Drawn to be"),
            t("Suggestions"),
            t("Outcome known"),
            t("Known only to have taken longer: the document or the window was closed before, or it took half an hour"),
          ],
          rows: [
            [t("shown"), count(shown.drawn), count(shown.drawn - shown.censored), count(shown.censored)],
            [
              t("held back"),
              count(heldBack.drawn),
              count(heldBack.drawn - heldBack.censored),
              count(heldBack.censored),
            ],
          ],
        },
      ],
    },
  ];
}

function resultWords(speaker: Speaker, { timeRatio, chars }: Singles): string {
  const { t } = speaker;
  if (timeRatio.kind === "waits")
    return t("Enough were drawn for a figure. It is shown once the half-hours have one, which comes first.");
  if (timeRatio.kind === "beyond")
    return t(
      "Of too many it is only known that they took longer than any whose time is known: {0} of those that were shown, {1} of those that were held back. No figure is made of the others.",
      percentWords(speaker, timeRatio.shown),
      percentWords(speaker, timeRatio.heldBack),
    );
  return knownWords(speaker, timeRatio, ({ estimate, lower, upper }: Interval) =>
    t(
      "Where a suggestion was shown, the next {0} characters took {1} times the time that they took where it was held back (95% interval, for one look: {2}).",
      numberWords(speaker, chars),
      ratioWords(speaker, estimate),
      ratioRangeWords(speaker, { lower, upper }),
    ),
  );
}

/** How those count of which it is not known to the end, and what the others alone would say. */
function censoredWords(speaker: Speaker, { timeRatio, shown, heldBack }: Singles): string {
  const { t } = speaker;
  const censored = shown.censored + heldBack.censored;
  if (timeRatio.kind !== "known" || censored === 0) return "";
  const { knownAlone } = timeRatio;
  return joined(speaker, [
    t(
      "Where it is only known to have taken longer ({0}), those that were drawn alike and took longer stand for it, as long as what ended the looking has nothing to do with the suggestion.",
      numberWords(speaker, censored),
    ),
    knownAlone
      ? t(
          "Those alone whose outcome is known, which leaves out long ones above all, give {0} ({1}).",
          ratioWords(speaker, knownAlone.estimate),
          ratioRangeWords(speaker, knownAlone),
        )
      : "",
  ]);
}
