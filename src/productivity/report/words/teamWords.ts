/** A team's report in words: of all of them together, and never of one. */

import type { TeamClaim } from "../../team/teamLadder.ts";
import type { TeamPeople, TeamReport } from "../../team/teamReport.ts";
import {
  claimWords,
  dayWords,
  joined,
  numberWords,
  percentWords,
  offScale,
  ratioEndWords,
  ratioRangeWords,
  ratioWords,
  type Speaker,
  fitting,
} from "./speaker.ts";
import {
  blocksParagraphs,
  leftOutWords,
  peopleSection,
  sensitivitySection,
  teamGuardrails,
  teamMethods,
  withoutPersonWords,
} from "./teamParts.ts";
import type { RatioRow, ReportText, Section } from "./text.ts";

type Result = NonNullable<TeamReport["result"]>;

/** The same words for the page and the terminal. */
export function teamWords(report: TeamReport, ofReader: Speaker): ReportText {
  const speaker = fitting(ofReader);
  const { t, language } = speaker;
  const { people, result } = report;
  return {
    language: /^zh/i.test(language) ? "zh-CN" : language,
    title: t("Pairwise's report for a team"),
    headline: result ? headlineWords(speaker, result) : tooFewWords(speaker, people),
    notes: result ? notesOf(speaker, people, result) : missingWords(speaker, people),
    sections: result
      ? [
          ladderSection(speaker, result),
          ...(isWithheld(result.blocks) ? [] : [spreadSection(speaker, result)]),
          peopleSection(speaker, people, result.blocks),
          sensitivitySection(speaker, result.sensitivity),
          teamGuardrails(speaker, result.guardrails),
          teamMethods(speaker, report),
        ]
      : [],
    imprint: joined(speaker, [
      t("Made on {0} by Pairwise, on this machine alone.", dayWords(speaker, report.madeMs)),
      report.source === "rows"
        ? t("From what people have handed in themselves.")
        : t("From sums that a warehouse has made of what people have handed in."),
    ]),
    dataLabel: t("As a table"),
  };
}

function headlineWords(speaker: Speaker, { pooled, blocks }: Result): string {
  const { t } = speaker;
  return joined(speaker, [
    // Before all else: what follows is what was computed, and no result.
    isWithheld(blocks)
      ? t("This can't be relied on: half-hours of one kind were left out more often than chance allows.")
      : "",
    averageWords(speaker, pooled),
  ]);
}

function averageWords(speaker: Speaker, pooled: Result["pooled"]): string {
  const { t } = speaker;
  const people = numberWords(speaker, pooled.k);
  // More than a bound and less than it are said by the words for such a ratio.
  return offScale(speaker, pooled)
    ? t(
        "On average over {0} people, {1} times as much in the same time with suggestions.",
        people,
        ratioRangeWords(speaker, pooled),
      )
    : t(
        "On average over {0} people, between {1} and {2} times as much in the same time with suggestions.",
        people,
        ...ratioEndWords(speaker, pooled),
      );
}

const isWithheld = ({ dropOut }: Result["blocks"]): boolean => dropOut?.isFlagged !== false;

function withheldWords({ t }: Speaker): string {
  return t(
    "No claim is judged: what left out half-hours of one kind has to be found first. The reasons are counted below; whoever's own report says the same finds there which of their half-hours don't count, and why. Once that is mended, half-hours of a new experiment can be handed in. To leave out the people of whom it is so would be to choose the result.",
  );
}

function tooFewWords(speaker: Speaker, { pooled, needed }: TeamPeople): string {
  return speaker.t(
    "Nothing is said: of {0} people there is enough, and it takes {1}.",
    numberWords(speaker, pooled),
    numberWords(speaker, needed),
  );
}

function missingWords(speaker: Speaker, people: TeamPeople): readonly string[] {
  const { t } = speaker;
  return [
    t("What is said of fewer people is said of each of them, so there is no page and no figure."),
    ...leftOutWords(speaker, people),
    withoutPersonWords(speaker, people),
  ].filter((note) => note !== "");
}

function notesOf(speaker: Speaker, people: TeamPeople, { pooled, ladder, blocks }: Result): readonly string[] {
  const { t } = speaker;
  return [
    t(
      "What was measured: characters that were still there ten minutes later, per active minute, in half-hours with suggestions and in half-hours without, which were drawn at random for each person. The interval (95%) is of the average of people like these, if it is looked at once; the single best guess is {0}.",
      ratioWords(speaker, pooled.estimate),
    ),
    decidedWords(speaker, ladder),
    isWithheld(blocks) ? withheldWords(speaker) : "",
    blocks.areMoreThanChance
      ? t(
          "Beware: of {0} people half-hours of one kind were left out more often than chance allows, where chance makes at most {1} on average. Their own reports judge no claim.",
          numberWords(speaker, blocks.flaggedPeople),
          numberWords(speaker, blocks.flaggedByChance, blocks.flaggedByChance < 1 ? 3 : 0),
        )
      : "",
    withoutPersonWords(speaker, people),
    t("Nothing here is of one person: it can't be read as a ranking, and there is nothing in it to rank by."),
  ].filter((note) => note !== "");
}

/** The smallest claim that is ruled out says it of all larger ones, the largest that is shown of all smaller ones. */
function decidedWords(speaker: Speaker, ladder: readonly TeamClaim[]): string {
  const { t } = speaker;
  const claims = (isSaid: (row: TeamClaim) => boolean): readonly number[] =>
    ladder.filter(isSaid).map(({ claim }) => claim);
  const least = (found: readonly number[]): string => claimWords(speaker, Math.min(...found));
  const most = (found: readonly number[]): string => claimWords(speaker, Math.max(...found));
  const ruledOut = claims(({ verdict }) => verdict === "ruled-out");
  const shown = claims(({ verdict }) => verdict === "shown");
  const notReached = claims(({ isSomebodyBelow }) => isSomebodyBelow);
  const exceeded = claims(({ isSomebodyAbove }) => isSomebodyAbove);
  return joined(speaker, [
    ruledOut.length > 0 ? t("An average of {0} times or more is ruled out.", least(ruledOut)) : "",
    shown.length > 0 ? t("An average of more than {0} times is shown.", most(shown)) : "",
    notReached.length > 0 ? notReachedWords(speaker, Math.min(...notReached)) : "",
    exceeded.length > 0 ? exceededWords(speaker, Math.max(...exceeded)) : "",
  ]);
}

/** 1 times as much is as much. */
function notReachedWords(speaker: Speaker, least: number): string {
  const { t } = speaker;
  return least === 1
    ? t("At least one person does less than without suggestions.")
    : t("At least one person does not reach {0} times.", claimWords(speaker, least));
}

/** 1 times as much is as much. */
function exceededWords(speaker: Speaker, most: number): string {
  const { t } = speaker;
  return most === 1
    ? t("At least one person does more than without suggestions.")
    : t("At least one person is above {0} times.", claimWords(speaker, most));
}

function ladderSection(speaker: Speaker, { ladder, pooled, blocks }: Result): Section {
  const { t } = speaker;
  const rows = ladder.map((row): RatioRow => ({
    label: t("{0}×", claimWords(speaker, row.claim)),
    note: claimVerdict(speaker, row),
    at: row.claim,
    mark: row.verdict,
  }));
  const { lower, upper } = pooled;
  const withheld = isWithheld(blocks);
  return {
    id: "ladder",
    question: t("Which claims hold?"),
    paragraphs: withheld
      ? [withheldWords(speaker)]
      : [
          t(
            "A claim here is one about the average: ruled out where it lies above the interval (95%), shown where it lies below. That is for one look.",
          ),
          t(
            "About each of them it is another question. Where a fair bet that all of them reach a claim, or that none of them exceeds it, has been lost at 20 to 1, at least one person is on the other side; at whatever time one looks. Who that is nobody can tell from it, and of the average it says nothing.",
          ),
        ],
    basis: blocksParagraphs(speaker, blocks)[0] ?? "",
    chart: {
      kind: "ratios",
      label: t("Claims of how many times as much is done in the same time, and what is known of each"),
      axis: t("times as much in the same time (logarithmic)"),
      rows,
      ...(!withheld && {
        band: { lower, upper, label: t("on average: {0}", ratioRangeWords(speaker, { lower, upper })) },
      }),
    },
    data: {
      caption: t("The claims"),
      head: [t("Claim"), t("The average"), t("Each of them")],
      rows: rows.map(({ label, note }, index) => [label, note, personVerdict(speaker, ladder[index])]),
    },
  };
}

function claimVerdict(speaker: Speaker, { verdict, morePeople }: TeamClaim): string {
  const { t } = speaker;
  switch (verdict) {
    case "ruled-out":
      return t("The average: ruled out.");
    case "shown":
      return t("The average: shown to be more.");
    case "undecided":
      if (morePeople === undefined) return t("The average: undecided, no end in sight.");
      return morePeople === 1
        ? t("The average: undecided, about one more person like these.")
        : t("The average: undecided, about {0} more people like these.", numberWords(speaker, morePeople));
    case "not-known":
      return t("The average: not known.");
  }
}

function personVerdict({ t }: Speaker, row: TeamClaim | undefined): string {
  if (!row) return "";
  if (row.verdict === "not-known") return t("Of each of them: not known.");
  const said = [
    row.isSomebodyBelow ? t("At least one person does not reach it.") : "",
    row.isSomebodyAbove ? t("At least one person is above it.") : "",
  ].filter((part) => part !== "");
  return said.length > 0 ? said.join(" ") : t("Of each of them: not decided.");
}

function spreadSection(speaker: Speaker, { pooled }: Result): Section {
  const { t } = speaker;
  const { predictionLower, predictionUpper, tau2, cochranQ, k } = pooled;
  const total = Math.max(cochranQ, k - 1);
  return {
    id: "spread",
    question: t("How much do people differ?"),
    paragraphs: [
      predictionLower === undefined || predictionUpper === undefined
        ? t("Of so few people that can't be said.")
        : t(
            "One more person like these is expected between {0} and {1} times (95%). Nothing here says where anybody of them is.",
            ...ratioEndWords(speaker, { lower: predictionLower, upper: predictionUpper }),
          ),
      tau2 === 0
        ? t(
            "Whether they differ can't be told: as far as their results scatter, chance may do it all. That is not to say that they are alike.",
          )
        : t(
            "Of what their results scatter, about {0} is more than chance makes.",
            percentWords(speaker, total > 0 ? (total - (k - 1)) / total : 0),
          ),
    ],
    basis: t("People: {0}", numberWords(speaker, k)),
  };
}
