/** What can be said without an experiment: each sentence is of a bound, of a model, or of what an experiment takes. */

import type { ReportModel } from "../model.ts";
import type { Waiting } from "../waiting.ts";
import { ceilingWords } from "./ceilingWords.ts";
import { knownWords } from "./lacks.ts";
import { claimWords, joined, minutesWords, numberWords, percentWords, rangeWords, type Speaker } from "./speaker.ts";
import type { Section, Table } from "./text.ts";

const HALF_HOURS_AN_HOUR = 2;

export function waitingSection(speaker: Speaker, { waiting, range }: ReportModel): readonly Section[] {
  if (!waiting) return [];
  const { t } = speaker;
  const { keystrokes } = waiting;
  return [
    {
      id: "waiting",
      question: t("What can be said without an experiment?"),
      paragraphs: [ceilingWords(speaker, waiting.ceiling), modelWords(speaker, waiting), planWords(speaker, waiting)],
      basis: t(
        "Days with work: {0}. Time at the code: {1}.",
        numberWords(speaker, range.workedDays),
        minutesWords(speaker, range.activeMinutes),
      ),
      tables: [
        ...(keystrokes.kind === "known" ? [tornadoTable(speaker, keystrokes)] : []),
        planTable(speaker, waiting.plan),
      ],
    },
  ];
}

function modelWords(speaker: Speaker, { keystrokes }: Waiting): string {
  const { t } = speaker;
  return joined(speaker, [
    t("A model, no measurement:"),
    knownWords(
      speaker,
      keystrokes,
      ({ estimate, tornado, survivingChars, charsPerSecond, shown, readSeconds, ...rest }) => {
        const ends = tornado.flatMap(({ atHalf, atDouble }) => [atHalf, atDouble]);
        return t(
          "if typing the {0} characters that survived had gone at {1} a second, reading each of {2} suggestions had taken {3} s and putting right each of {4} accepted ones {5} s, the keystroke model comes to a ratio of {6}. With half or double of one assumption it comes to {7}: that is how little such a figure says.",
          numberWords(speaker, survivingChars),
          numberWords(speaker, charsPerSecond, 1),
          numberWords(speaker, shown),
          numberWords(speaker, readSeconds, 1),
          numberWords(speaker, rest.accepted),
          numberWords(speaker, rest.fixSeconds, 1),
          numberWords(speaker, estimate, 2),
          rangeWords(speaker, numberWords(speaker, Math.min(...ends), 2), numberWords(speaker, Math.max(...ends), 2)),
        );
      },
    ),
  ]);
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

function tornadoTable(
  speaker: Speaker,
  { tornado }: Pick<Extract<Waiting["keystrokes"], { readonly kind: "known" }>, "tornado">,
): Table {
  const { t } = speaker;
  const names = {
    charsPerSecond: t("Typing speed"),
    readSeconds: t("Reading a suggestion"),
    fixSeconds: t("Putting an accepted one right"),
  } as const;
  return {
    caption: t("The keystroke model's ratio, by its assumptions"),
    head: [t("Assumption"), t("At half of it"), t("At double")],
    rows: tornado.map(({ assumption, atHalf, atDouble }) => [
      names[assumption],
      numberWords(speaker, atHalf, 2),
      numberWords(speaker, atDouble, 2),
    ]),
  };
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
