/** What can be said without an experiment: each sentence is of a bound, or of what an experiment takes. */

import type { ReportModel } from "../model.ts";
import type { Waiting } from "../waiting.ts";
import { ceilingWords } from "./ceilingWords.ts";
import { claimWords, joined, minutesWords, numberWords, percentWords, type Speaker } from "./speaker.ts";
import type { Section, Table } from "./text.ts";

const HALF_HOURS_AN_HOUR = 2;

export function waitingSection(speaker: Speaker, { waiting, range }: ReportModel): readonly Section[] {
  if (!waiting) return [];
  const { t } = speaker;
  return [
    {
      id: "waiting",
      question: t("What can be said without an experiment?"),
      paragraphs: [ceilingWords(speaker, waiting.ceiling), planWords(speaker, waiting)],
      basis: t(
        "Days with work: {0}. Time at the code: {1}.",
        numberWords(speaker, range.workedDays),
        minutesWords(speaker, range.activeMinutes),
      ),
      tables: [planTable(speaker, waiting.plan)],
    },
  ];
}

function planWords(speaker: Speaker, { plan }: Waiting): string {
  const { t } = speaker;
  return joined(speaker, [
    t(
      "What it takes: claims of 3 times and 10 times can be tested within days; to tell 10% from nothing usually takes a team and a quarter of a year.",
    ),
    plan.isOwnSd
      ? t(
          "The table is made with how far your own half-hours scatter (standard deviation of the logarithm {0}, of {1}).",
          numberWords(speaker, plan.sd, 2),
          numberWords(speaker, plan.ownBlocks),
        )
      : t(
          "The table assumes how far half-hours scatter (standard deviation of the logarithm {0}); after ten of your own it is made with theirs. So far: {1}.",
          numberWords(speaker, plan.sd, 2),
          numberWords(speaker, plan.ownBlocks),
        ),
  ]);
}

function planTable(speaker: Speaker, { claims, k, qualifying, mostHalfHours }: Waiting["plan"]): Table {
  const { t } = speaker;
  const cells = (halfHours: number | undefined): readonly string[] => {
    const [count, hours] = [halfHours ?? mostHalfHours, (halfHours ?? mostHalfHours) / HALF_HOURS_AN_HOUR];
    const words = [numberWords(speaker, count), numberWords(speaker, hours)];
    return halfHours === undefined ? words.map((word) => t("more than {0}", word)) : words;
  };
  return {
    caption: t(
      "Half-hours of work after which four of five experiments have ruled a claim out, if in truth suggestions change nothing. Simulated, with the verdict's own rule and looking at any time; one of {0} half-hours is without suggestions, and {1} of them have enough work in them to count",
      numberWords(speaker, k),
      percentWords(speaker, qualifying),
    ),
    head: [t("Claim"), t("Half-hours of work"), t("Hours of work")],
    rows: claims.map(({ claim, halfHours }) => [t("{0}×", claimWords(speaker, claim)), ...cells(halfHours)]),
  };
}
