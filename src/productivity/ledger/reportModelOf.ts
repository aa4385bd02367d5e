/** The whole report, made beside the ledger: a year of events is counted here, and what leaves is some kilobytes. */

import type { DatabaseSync } from "node:sqlite";
import type { ReportModel } from "../report/model.ts";
import { localDayAt, type ReportOptions, type Spent } from "../report/options.ts";
import { reportModel } from "../report/reportModel.ts";
import { experimentBlocksOf } from "./experimentBlocks.ts";
import type { ExperimentBlocks } from "./experimentQuestions.ts";
import { hiddenAnswersIn, withoutHidden } from "./hiddenAnswers.ts";
import { hiddenSlotsIn } from "./hiddenSlots.ts";
import { atOneMoment } from "./oneMoment.ts";
import { type Report, reportOf } from "./report.ts";

/** What a thread can be told of the options; the time zone it has itself. */
export interface ReportModelWish extends Pick<ReportOptions, "nowMs" | "workdayMinutes"> {
  /** What was spent, by day, of whatever days: those that the ledger has records of are taken. Before the first it is not known. */
  readonly spentDays?: readonly SpentDay[];
}

export interface SpentDay extends Spent {
  /** Days since the epoch, as the clock on the wall counts them. */
  readonly localDay: number;
}

export function reportModelOf(
  database: DatabaseSync,
  wish: ReportModelWish,
  offsetMinutesAt: (atMs: number) => number,
): ReportModel {
  return reportFiguresOf(database, wish, offsetMinutesAt).model;
}

export interface ReportFigures {
  readonly model: ReportModel;
  readonly report: Report;
  /** The one that the report is about. */
  readonly experiment: ExperimentBlocks | undefined;
}

/** The report, with what it was made of: all of one moment. */
export function reportFiguresOf(
  database: DatabaseSync,
  { spentDays, ...wish }: ReportModelWish,
  offsetMinutesAt: (atMs: number) => number,
): ReportFigures {
  const { report, experiment } = atOneMoment(database, () => ({
    report: withoutHidden(
      reportOf(database, { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER }),
      hiddenAnswersIn(database, hiddenSlotsIn(database, wish.nowMs)),
    ),
    experiment: experimentBlocksOf(database, { experiment: undefined, nowMs: wish.nowMs }),
  }));
  const options = { ...wish, offsetMinutesAt };
  const spent = spentOn(spentDays ?? [], report, options);
  return { model: reportModel(report, experiment, { ...options, ...(spent && { spent }) }), report, experiment };
}

/**
 * On the days of which both are known, what was spent and what came of it: they are kept for different times. Between the first and
 * the last of these days, on one of which nothing is said nothing was spent.
 */
function spentOn(
  spentDays: readonly SpentDay[],
  { firstMs, lastMs }: Report,
  options: ReportOptions,
): ReportOptions["spent"] {
  if (spentDays.length === 0 || firstMs === undefined || lastMs === undefined) return undefined;
  const firstDay = Math.max(localDayAt(options, firstMs), Math.min(...spentDays.map(({ localDay }) => localDay)));
  const lastDay = localDayAt(options, lastMs);
  if (firstDay > lastDay) return undefined;
  const spent = spentIn(spentDays.filter(({ localDay }) => localDay >= firstDay && localDay <= lastDay));
  return { ...spent, firstDay, lastDay };
}

function spentIn(days: readonly Spent[]): Spent {
  const money = new Map<string, number>();
  for (const { amount, currency } of days.flatMap((day) => day.money))
    money.set(currency, (money.get(currency) ?? 0) + amount);
  const sum = (of: (day: Spent) => number): number => days.reduce((all, day) => all + of(day), 0);
  return {
    inputTokens: sum(({ inputTokens }) => inputTokens),
    outputTokens: sum(({ outputTokens }) => outputTokens),
    money: Array.from(money, ([currency, amount]) => ({ amount, currency })),
    unknownRequests: sum(({ unknownRequests }) => unknownRequests),
  };
}
