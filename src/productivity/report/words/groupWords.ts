/** Weeks, and groups of suggestions. */

import type { BreakdownPart } from "../breakdown.ts";
import type { ReportModel } from "../model.ts";
import type { Change } from "../trend.ts";
import { rateWords } from "./lacks.ts";
import { weekWords, joined, listWords, numberWords, percentWords, shortWeekWords, type Speaker } from "./speaker.ts";
import type { Section, Table } from "./text.ts";

export function trendSection(speaker: Speaker, { trend }: ReportModel): Section {
  const { t } = speaker;
  const { weeks, changes } = trend;
  const shown = weeks.reduce((sum, { acceptance }) => sum + acceptance.whole, 0);
  const [first] = weeks;
  const last = weeks.at(-1);
  const isTrend = first !== undefined && last !== undefined && weeks.length > 1;
  return {
    id: "trend",
    question: t("Does acceptance change from week to week?"),
    paragraphs: [
      isTrend
        ? t(
            "In the week of {0} it was {1}; in that of {2}, {3}.",
            weekWords(speaker, first.weekMs),
            rateWords(speaker, first.acceptance),
            weekWords(speaker, last.weekMs),
            rateWords(speaker, last.acceptance),
          )
        : t("It takes at least two weeks to say."),
      joined(speaker, [
        changes.length === 0
          ? t("No change of model, or of VS Code's version, is known within these weeks.")
          : t(
              "Marked are the weeks in which a model first wrote, or the counting was first tested in a version of VS Code.",
            ),
        t("What the ledger does not know, and does not mark: settings, and versions of Pairwise itself."),
      ]),
    ],
    basis: t("Suggestions shown: {0}, in weeks: {1}", numberWords(speaker, shown), numberWords(speaker, weeks.length)),
    ...(weeks.length > 0 && {
      ...(isTrend && {
        chart: {
          kind: "weeks",
          label: t("The share of shown suggestions that was accepted, by week"),
          weeks: weeks.map(({ weekMs, acceptance }) => ({
            label: shortWeekWords(speaker, weekMs),
            weekMs,
            share: acceptance.part / acceptance.whole,
            words: percentWords(speaker, acceptance.part / acceptance.whole),
            ...(acceptance.rate.kind === "known" && {
              lower: acceptance.rate.lower,
              upper: acceptance.rate.upper,
            }),
          })),
          changes: changes.map((change) => ({ weekMs: change.weekMs, label: changeWords(speaker, change) })),
        },
      }),
      data: {
        caption: t("Acceptance by week"),
        head: [t("Week of"), t("Shown"), t("Sessions"), t("Accepted"), t("Changed")],
        rows: weeks.map(({ weekMs, acceptance }) => [
          weekWords(speaker, weekMs),
          numberWords(speaker, acceptance.whole),
          numberWords(speaker, acceptance.sessions),
          rateWords(speaker, acceptance),
          listWords(
            speaker,
            changes.filter((change) => change.weekMs === weekMs).map((change) => changeWords(speaker, change)),
          ),
        ]),
      },
    }),
  };
}

function changeWords({ t }: Speaker, { what, name }: Change): string {
  return what === "editor" ? t("VS Code {0}", name) : name;
}

export function breakdownSection(speaker: Speaker, { breakdown }: ReportModel): Section {
  const { t } = speaker;
  const tables = breakdown.parts.flatMap((part) => groupTable(speaker, part));
  const hidden = breakdown.parts.filter(({ hidden: { groups } }) => groups > 0);
  return {
    id: "breakdown",
    question: t("Where is more accepted, and where less?"),
    paragraphs: [
      tables.length === 0
        ? t("Too little was shown yet to tell groups apart: it takes 30 suggestions in 5 sessions for each.")
        : t("Groups differ in more than their name: a difference between them says nothing of its cause."),
      ...(hidden.length > 0
        ? [
            t(
              "Not shown, with fewer than 30 suggestions or 5 sessions: {0}.",
              listWords(
                speaker,
                hidden.map(({ by, hidden: { groups, shown } }) =>
                  t(
                    "{0} (groups: {1}, suggestions: {2})",
                    byWords(speaker, by),
                    numberWords(speaker, groups),
                    numberWords(speaker, shown),
                  ),
                ),
              ),
            ),
          ]
        : []),
    ],
    basis: "",
    tables,
  };
}

function groupTable(speaker: Speaker, { by, groups }: BreakdownPart): readonly Table[] {
  if (groups.length === 0) return [];
  const { t } = speaker;
  return [
    {
      caption: t("Accepted, by: {0}", byWords(speaker, by)),
      head: [byWords(speaker, by), t("Shown"), t("Sessions"), t("Accepted")],
      rows: groups.map(({ name, acceptance }) => [
        by === "hours" ? hoursWords(speaker, Number(name)) : name === "" ? t("not known") : name,
        numberWords(speaker, acceptance.whole),
        numberWords(speaker, acceptance.sessions),
        rateWords(speaker, acceptance),
      ]),
    },
  ];
}

function byWords({ t }: Speaker, by: BreakdownPart["by"]): string {
  switch (by) {
    case "language":
      return t("Language");
    case "model":
      return t("Model");
    case "project":
      return t("Project");
    case "hours":
      return t("Time of day");
  }
}

function hoursWords({ t }: Speaker, from: number): string {
  const hour = (value: number): string => `${String(value).padStart(2, "0")}:00`;
  return t("{0} to {1}", hour(from), hour(from + 3));
}

export function costSection(speaker: Speaker, { cost }: ReportModel): readonly Section[] {
  const { t, language } = speaker;
  if (!cost || cost.inputTokens + cost.outputTokens === 0) return [unknownCost(speaker, cost?.unknownRequests ?? 0)];
  const {
    firstDay,
    lastDay,
    survivingLines,
    tokensPerLine,
    moneyPerLine,
    inputTokens,
    outputTokens,
    money,
    unknownRequests,
  } = cost;
  const amount = (each: { readonly amount: number; readonly currency: string }): string => {
    const decimals = each.amount > 0 && each.amount < 1 ? { minimumFractionDigits: 2, maximumFractionDigits: 4 } : {};
    return new Intl.NumberFormat(language, { style: "currency", currency: each.currency, ...decimals }).format(
      each.amount,
    );
  };
  return [
    {
      id: "cost",
      question: t("What does a surviving line cost?"),
      paragraphs: [
        tokensPerLine === undefined
          ? t("No accepted line is known to have survived, so there is no price of one.")
          : joined(speaker, [
              t("About {0} tokens.", numberWords(speaker, Number(tokensPerLine.toPrecision(2)))),
              moneyPerLine.length > 0 ? t("In money: {0}.", moneyPerLine.map(amount).join(" + ")) : "",
            ]),
        joined(speaker, [
          t(
            "For suggestions alone, from {0} to {1}, {2} tokens went in and {3} came out; the lines of other days are not in this.",
            weekWords(speaker, firstDay * DAY_MS),
            weekWords(speaker, lastDay * DAY_MS),
            numberWords(speaker, inputTokens),
            numberWords(speaker, outputTokens),
          ),
          money.length > 0
            ? t("They cost {0}.", money.map(amount).join(" + "))
            : t("No price is known: models on this machine cost none."),
          unknownRequests === 0
            ? ""
            : t(
                "Requests of which tokens or price are not known, and which are not in it: {0}.",
                numberWords(speaker, unknownRequests),
              ),
        ]),
      ],
      basis: t(
        "Lines: {0}, which are the accepted ones times the share of characters that was there ten minutes later",
        numberWords(speaker, survivingLines),
      ),
    },
  ];
}

/** That no token was written down is not the same as that none was spent. */
function unknownCost(speaker: Speaker, unknownRequests: number): Section {
  const { t } = speaker;
  return {
    id: "cost",
    question: t("What does a surviving line cost?"),
    paragraphs: [
      t("That is not known here: how many tokens suggestions took is kept by VS Code, apart from the ledger."),
      unknownRequests === 0
        ? ""
        : t("Requests of which tokens or price are not known: {0}.", numberWords(speaker, unknownRequests)),
    ].filter((paragraph) => paragraph !== ""),
    basis: "",
  };
}

export function shareSection(speaker: Speaker, { share: of }: ReportModel): Section {
  const { t } = speaker;
  const percent = (share: number): string => percentWords(speaker, share);
  const names = {
    contaminated: t("Accepted while another extension's suggestions were there"),
    paste: t("Pasted"),
    bulk: t("Changed at many places at once"),
    formatter: t("By a formatter"),
    disk: t("Read anew from disk, as by git"),
    own: t("By Pairwise's other commands"),
    other: t("By other extensions, or not known"),
  } as const;
  return {
    id: "share",
    question: t("How much of the new code did suggestions write?"),
    paragraphs: [
      of.share === undefined
        ? t("Nothing that was written has been looked at after ten minutes yet.")
        : t("{0} of the characters that were there ten minutes later.", percent(of.share)),
      ...(of.bounds && percent(of.bounds.atLeast) !== percent(of.bounds.atMost)
        ? [
            t(
              "By what is not known of the others it is between {0} and {1}.",
              percent(of.bounds.atLeast),
              percent(of.bounds.atMost),
            ),
          ]
        : []),
    ],
    basis: t(
      "Characters still there after ten minutes, accepted: {0}, typed: {1}",
      numberWords(speaker, of.ai),
      numberWords(speaker, of.typed),
    ),
    data: {
      caption: t("Characters that came in other ways, and are in neither"),
      head: [t("How"), t("Characters")],
      rows: [
        ...of.excluded.map(({ how, chars }) => [names[how], numberWords(speaker, chars)]),
        [t("Undone (times)"), numberWords(speaker, of.undos)],
      ],
    },
  };
}

const DAY_MS = 86_400_000;
