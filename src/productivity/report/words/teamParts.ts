/** Who is in a team's report, how much hangs on the method, what else became of the code, and how all of it was counted. */

import type { TeamMethod } from "../../team/estimates.ts";
import type { TeamLeftOut, TeamPeople, TeamReport, TeamSensitivity } from "../../team/teamReport.ts";
import { minutesWords, numberWords, percentWords, ratioRangeWords, ratioWords, type Speaker } from "./speaker.ts";
import type { Section } from "./text.ts";
import { blocksBasis } from "./ladderWords.ts";

type Result = NonNullable<TeamReport["result"]>;

/** What the verdict stands on, then what was left out of it. */
export function blocksParagraphs(speaker: Speaker, blocks: Result["blocks"]): readonly string[] {
  const { t } = speaker;
  const number = (value: number): string => numberWords(speaker, value);
  return [
    blocksBasis(speaker, { blocks: blocks.compared, strata: blocks.strata }),
    t(
      "Half-hours of people in the average that were drawn: {0}; of these qualify: {1}; in groups that can be compared: {2}.",
      number(blocks.drawn),
      number(blocks.qualifying),
      number(blocks.compared),
    ),
    t(
      "Requests by hand in blocks without: {0}; suggestions that could be seen in them: {1}. These blocks count as they were drawn.",
      number(blocks.manualTriggersOff),
      number(blocks.shownOff),
    ),
    ...(blocks.dropOut
      ? [
          t(
            "Half-hours without suggestions that qualify: {0} of as many as would if either kind were left out alike ({1}).",
            percentWords(speaker, blocks.dropOut.offOfExpected, 0.01),
            blocks.dropOut.p < 0.001 ? "p < 0.001" : `p = ${numberWords(speaker, blocks.dropOut.p, 3)}`,
          ),
        ]
      : []),
    t(
      "People of whom that is odder than once in a thousand: {0}; chance makes at most {1} on average.",
      number(blocks.flaggedPeople),
      numberWords(speaker, blocks.flaggedByChance, blocks.flaggedByChance < 1 ? 3 : 0),
    ),
  ];
}

/** People who are not pooled, as numbers. */
export function leftOutWords(speaker: Speaker, people: TeamPeople): readonly string[] {
  const { t } = speaker;
  const number = (value: number): string => numberWords(speaker, value);
  return [
    ...(people.tooFewStrata > 0
      ? [
          t(
            "People with fewer than {0} groups of half-hours that can be compared, who are not in the average yet: {1}.",
            number(people.leastStrata),
            number(people.tooFewStrata),
          ),
        ]
      : []),
    ...(people.withoutSpread > 0
      ? [
          t(
            "People whose half-hours are all alike, so that nothing says how far they scatter: {0}.",
            number(people.withoutSpread),
          ),
        ]
      : []),
    ...people.otherPlans.map(({ planVersion, tier, people: count }) =>
      t(
        "People with another plan, which compares something else (version {0}, tier {1}), and are left out: {2}.",
        String(planVersion),
        String(tier),
        number(count),
      ),
    ),
  ];
}

/** Nothing where every experiment says whose it is. */
export function withoutPersonWords(speaker: Speaker, { withoutPerson }: TeamPeople): string {
  if (withoutPerson === 0) return "";
  return speaker.t(
    "Experiments whose files don't say whose they are, since an earlier version of Pairwise has made them: {0}. Each is taken for a person's of its own, so that somebody who has had two counts as two people. Have these files exported and handed in anew.",
    numberWords(speaker, withoutPerson),
  );
}

export function peopleSection(speaker: Speaker, people: TeamPeople, blocks: Result["blocks"]): Section {
  const { t } = speaker;
  const left = Object.entries(blocks.leftOut) as [TeamLeftOut, number][];
  return {
    id: "people",
    question: t("Who is in it, and what was left out?"),
    paragraphs: [
      t(
        "People who have handed in their half-hours: {0}; in the average: {1}.",
        numberWords(speaker, people.given),
        numberWords(speaker, people.pooled),
      ),
      ...leftOutWords(speaker, people),
      ...blocksParagraphs(speaker, blocks).slice(1),
    ],
    basis: "",
    tables: [
      {
        caption: t("Half-hours that don't count"),
        head: [t("Why"), t("Half-hours")],
        rows: [
          ...left.map(([why, count]) => [leftOutReason(speaker, why), numberWords(speaker, count)]),
          [
            t("no half-hour without suggestions in their group (groups)"),
            numberWords(speaker, blocks.strataWithoutOff),
          ],
          [t("no half-hour with suggestions in their group (groups)"), numberWords(speaker, blocks.strataWithoutOn)],
        ],
      },
    ],
  };
}

function leftOutReason({ t }: Speaker, why: TeamLeftOut): string {
  switch (why) {
    case "interrupted":
      return t("paused or stopped in it");
    case "not-counted":
      return t("not everything was counted in it");
    case "came-twice":
      return t("the clock was set back, and it came twice");
    case "little-focus":
      return t("less than ten minutes of the window in front");
    case "no-activity":
      return t("less than five minutes of work were counted in it");
    case "unknown":
      return t("what became of more than half of its typed characters, or of all its characters, is not known");
  }
}

export function sensitivitySection(speaker: Speaker, rows: readonly TeamSensitivity[]): Section {
  const { t } = speaker;
  return {
    id: "sensitivity",
    question: t("How much hangs on the method?"),
    paragraphs: [
      t(
        "The first line is what the plan laid down before any data; the others show how far it would be another result.",
      ),
    ],
    basis: "",
    tables: [
      {
        caption: t("The average by other methods"),
        head: [t("Method"), t("People"), t("Ratio")],
        rows: rows.map(({ method, people, pooled }) => [
          methodWords(speaker, method),
          numberWords(speaker, people),
          pooled
            ? t("{0} (95% interval: {1})", ratioWords(speaker, pooled.estimate), ratioRangeWords(speaker, pooled))
            : t("not known"),
        ]),
      },
    ],
  };
}

function methodWords({ t }: Speaker, method: TeamMethod): string {
  switch (method) {
    case "strata":
      return t("Groups, pauses of up to 120 s count as work (the plan's)");
    case "active60":
      return t("Groups, pauses of up to 60 s");
    case "active300":
      return t("Groups, pauses of up to 300 s");
    case "focus":
      return t("Groups, all time with the window in front");
    case "meanOfLogs":
      return t("Means of logarithms, without groups");
    case "ratioOfSums":
      return t("Ratio of sums (too narrow for few blocks)");
  }
}

export function teamGuardrails(speaker: Speaker, { on, off }: Result["guardrails"]): Section {
  const { t } = speaker;
  const perHour = (count: number, minutes: number): string =>
    minutes > 0 ? numberWords(speaker, (60 * count) / minutes, 1) : t("not known");
  const rows = [
    [t("Blocks with suggestions"), on],
    [t("Blocks without"), off],
  ] as const;
  return {
    id: "guardrails",
    question: t("What happens to errors and undoing meanwhile?"),
    paragraphs: [t("More code in the same time may be paid with more to put right. What is looked at for that:")],
    basis: "",
    tables: [
      {
        caption: t("Errors and undoing, by the hour of work"),
        head: [
          t("When"),
          t("Time at the code"),
          t("New errors"),
          t("Undone"),
          t("Accepted characters gone after a day"),
        ],
        rows: rows.map(([label, guards]) => [
          label,
          minutesWords(speaker, guards.activeMinutes),
          perHour(guards.newErrors, guards.activeMinutes),
          perHour(guards.undos, guards.activeMinutes),
          guards.dayOldAiChars > 0
            ? percentWords(speaker, guards.churnedAiChars / guards.dayOldAiChars)
            : t("not known"),
        ]),
      },
    ],
  };
}

export function teamMethods(speaker: Speaker, { people, result }: TeamReport): Section {
  const { t } = speaker;
  return {
    id: "methods",
    question: t("How was it counted?"),
    paragraphs: [],
    basis: "",
    items: [
      t(
        "Each person: the mean of ln(characters per minute with suggestions) minus the same without, over groups of half-hours of which one each was drawn to be without; with at least {0} groups.",
        numberWords(speaker, people.leastStrata),
      ),
      t(
        "All together: their results weighted by precision and by how far people differ (DerSimonian and Laird), the interval by Hartung, Knapp, Sidik and Jonkman with {0} degrees of freedom.",
        numberWords(speaker, result ? result.pooled.df : 0),
      ),
      t(
        "The interval, and what it says of the claims, is for one look at the end: who looks again and again until it pleases will find what is not there. What is said of “at least one person” holds at any time.",
      ),
      t(
        "“At least one person”: the bets of everybody's half-hours multiplied. Against a claim about each of them they are fair; one person who differs from the others may win them alone, so that they say nothing of the average.",
      ),
      t(
        "At least {0} people to a page, and no figure of one of them anywhere: no list, no best, no last.",
        numberWords(speaker, people.needed),
      ),
      t(
        "The rows do not say how many characters pastes, edits of the chat and other extensions brought in, which no count here has. Where these take the place of suggestions in half-hours without, suggestions look better than they are. A person's own report measures that and warns of it; this one can't.",
      ),
      t(
        "Who hands in is not drawn at random, so the average is of those who did. Half-hours are not blinded; longer code is not better code; nothing is said of review, meetings and defects.",
      ),
    ].map((text) => ({ text })),
  };
}
