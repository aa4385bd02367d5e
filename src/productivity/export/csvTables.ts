/**
 * The report's tables for programs: columns have the names that the report as JSON has, numbers are as they were computed, and what
 * is not known is an empty field. `docs/exports.md` lists them with their units.
 */

import { type CsvValue, csvLine } from "../ledger/csv.ts";
import type { Rate, ReportModel } from "../report/model.ts";
import { blockTableColumns } from "./blockTableColumns.ts";
import { dayText, daysOf } from "./days.ts";
import type { ExportFigures, ExportFile } from "./figures.ts";

interface CsvTable {
  readonly name: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly CsvValue[])[];
}

/** A file for each table, also for an empty one, so that whoever reads them always finds the same. */
export function csvFiles(figures: ExportFigures): readonly ExportFile[] {
  return csvTables(figures).map(({ name, head, rows }) => ({
    name: `pairwise-report-${name}.csv`,
    text: [head, ...rows].map(csvLine).join(""),
  }));
}

function csvTables(figures: ExportFigures): readonly CsvTable[] {
  const { model, blocks } = figures;
  return [
    verdictTable(model),
    {
      name: "claims",
      head: ["claim", "saidOf", "verdict", "outlook", "moreHalfHours"],
      rows: model.ladder.rows.map(({ claim, saidOf, verdict, outlook }) => [
        claim,
        saidOf,
        verdict,
        outlook?.kind,
        outlook?.kind === "half-hours" ? outlook.halfHours : undefined,
      ]),
    },
    forecastTable(model),
    singlesTable(model),
    {
      name: "funnel",
      head: ["stage", "atLeast", "atMost", "shareAtLeast", "shareAtMost"],
      rows: model.funnel.stages.map(({ stage, atLeast, atMost, share }) => [
        stage,
        atLeast,
        atMost,
        share?.atLeast,
        share?.atMost,
      ]),
    },
    {
      name: "acceptance",
      head: ["what", ...rateHead],
      rows: [
        ["headline", ...rateCells(model.acceptance.headline)],
        ["full", ...rateCells(model.acceptance.full)],
      ],
    },
    survivalTable(model),
    {
      name: "weeks",
      head: ["week", ...rateHead],
      rows: model.trend.weeks.map(({ weekMs, acceptance }) => [dayOfMs(weekMs), ...rateCells(acceptance)]),
    },
    {
      name: "changes",
      head: ["week", "what", "name"],
      rows: model.trend.changes.map(({ weekMs, what, name }) => [dayOfMs(weekMs), what, name]),
    },
    {
      name: "groups",
      head: ["by", "name", ...rateHead],
      rows: model.breakdown.parts.flatMap(({ by, groups }) =>
        groups.map(({ name, acceptance }) => [by, name, ...rateCells(acceptance)]),
      ),
    },
    daysTable(figures),
    writtenTable(model),
    guardrailsTable(model),
    costTable(model),
    {
      name: "detector",
      head: ["editorVersion", "aspect", "happened", "missed", "invented", "confused"],
      rows: model.methods.detector.flatMap(({ editorVersion, aspects }) =>
        aspects.map(({ aspect, happened, missed, invented, confused }) => [
          editorVersion,
          aspect,
          happened,
          missed,
          invented,
          confused,
        ]),
      ),
    },
    {
      name: "gaps",
      head: ["reason", "times", "ms", "lost"],
      rows: model.methods.gaps.map(({ reason, times, ms, lost }) => [reason, times, ms, lost]),
    },
    {
      name: "blocks",
      head: blockTableColumns,
      rows: blocks.map((block) => blockTableColumns.map((column) => block[column])),
    },
  ];
}

const dayOfMs = (ms: number): string => dayText(Math.floor(ms / 86_400_000));

const rateHead = ["part", "whole", "sessions", "rate", "lower", "upper"];

function rateCells({ part, whole, sessions, rate }: Rate): readonly CsvValue[] {
  const { estimate, lower, upper } = rate.kind === "known" ? rate : {};
  return [part, whole, sessions, estimate, lower, upper];
}

function verdictTable({ verdict }: ReportModel): CsvTable {
  const { status, blocks, strata, mostStrata, isFlagged } = "blocks" in verdict ? verdict : {};
  // What can't be relied on is no figure for a spreadsheet, where nothing is said beside it.
  const { estimate, lower, upper } = verdict.kind === "measured" && !isFlagged ? verdict : {};
  return {
    name: "verdict",
    head: ["kind", "isFlagged", "estimate", "lower", "upper", "status", "blocks", "strata", "mostStrata"],
    rows: [[verdict.kind, isFlagged, estimate, lower, upper, status, blocks, strata, mostStrata]],
  };
}

function forecastTable({ forecast }: ReportModel): CsvTable {
  return {
    name: "forecast",
    head: ["before", "after", "isBefore", "isAfter"],
    rows: forecast ? [[forecast.before, forecast.after, forecast.isBefore, forecast.isAfter]] : [],
  };
}

function singlesTable({ singles }: ReportModel): CsvTable {
  const head = [
    "oneIn",
    "chars",
    "n",
    "sessions",
    "shownDrawn",
    "shownCensored",
    "heldBackDrawn",
    "heldBackCensored",
    "askedFor",
    "notAsDrawn",
    "kind",
    "estimate",
    "lower",
    "upper",
  ];
  if (!singles) return { name: "singles", head, rows: [] };
  const { oneIn, chars, n, sessions, shown, heldBack, askedFor, notAsDrawn, timeRatio } = singles;
  const { estimate, lower, upper } = timeRatio.kind === "known" ? timeRatio : {};
  const drawn = [shown.drawn, shown.censored, heldBack.drawn, heldBack.censored];
  const rows = [[oneIn, chars, n, sessions, ...drawn, askedFor, notAsDrawn, timeRatio.kind, estimate, lower, upper]];
  return { name: "singles", head, rows };
}

function survivalTable({ survival: { curve } }: ReportModel): CsvTable {
  const steps = curve.kind === "known" ? curve.steps : [];
  return {
    name: "survival",
    head: ["check", "afterSeconds", "atRisk", "alive", "lower", "upper"],
    rows: steps.map(({ check, afterSeconds, atRisk, alive, lower, upper }) => [
      check,
      afterSeconds,
      atRisk,
      alive,
      lower,
      upper,
    ]),
  };
}

function daysTable(figures: ExportFigures): CsvTable {
  return {
    name: "days",
    head: ["day", "language", "model", "shown", "acceptedFull", "acceptedPartly", "onlyInferred", ...lineHead],
    rows: daysOf(figures).flatMap(({ day, groups }) =>
      groups.map((group) => [
        dayText(day),
        group.language,
        group.model,
        group.shown,
        group.acceptedFull,
        group.acceptedPartly,
        group.onlyInferred,
        group.suggestedLines,
        group.linesUnknown,
        group.acceptedLines,
      ]),
    ),
  };
}

const lineHead = ["suggestedLines", "linesUnknown", "acceptedLines"];

function writtenTable({ share: { ai, typed, excluded } }: ReportModel): CsvTable {
  return {
    name: "written",
    head: ["how", "chars"],
    rows: [["ai", ai], ["typed", typed], ...excluded.map(({ how, chars }) => [how, chars])],
  };
}

function guardrailsTable({ guardrails }: ReportModel): CsvTable {
  const arms = ["all", "on", "off"] as const;
  return {
    name: "guardrails",
    head: [
      "arm",
      "activeMinutes",
      "newErrors",
      "undos",
      "newErrorsPerHour",
      "undosPerHour",
      "dayOldKnown",
      "dayOldGone",
    ],
    rows: arms.flatMap((arm) => {
      const guards = guardrails[arm];
      if (!guards) return [];
      const { activeMinutes, newErrors, undos, newErrorsPerHour, undosPerHour, dayOld } = guards;
      return [[arm, activeMinutes, newErrors, undos, newErrorsPerHour, undosPerHour, dayOld.known, dayOld.gone]];
    }),
  };
}

function costTable({ cost }: ReportModel): CsvTable {
  const tokens: readonly (readonly CsvValue[])[] = cost
    ? [
        ["firstDay", dayText(cost.firstDay), undefined],
        ["lastDay", dayText(cost.lastDay), undefined],
        ["inputTokens", cost.inputTokens, undefined],
        ["outputTokens", cost.outputTokens, undefined],
        ["unknownRequests", cost.unknownRequests, undefined],
        ["survivingLines", cost.survivingLines, undefined],
        ["tokensPerLine", cost.tokensPerLine, undefined],
        ...cost.money.map(({ amount, currency }) => ["money", amount, currency]),
        ...cost.moneyPerLine.map(({ amount, currency }) => ["moneyPerLine", amount, currency]),
      ]
    : [];
  return { name: "cost", head: ["what", "value", "currency"], rows: tokens };
}
