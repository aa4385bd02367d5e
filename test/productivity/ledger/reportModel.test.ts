/** The whole report, made in the thread that reads the ledger. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { isFailure } from "../../../src/productivity/ledger/failure.ts";
import type { SpentDay } from "../../../src/productivity/ledger/reportModelOf.ts";
import type { ReportModel } from "../../../src/productivity/report/model.ts";
import { reportModel } from "../../../src/productivity/report/reportModel.ts";
import { acceptOf, ledgerFolder, NOON_MS, startLedger, survivalOf } from "../../support/ledgerRig.ts";
import { experimentRecords } from "../../support/experimentRecords.ts";
import { counted, options, WEEK_MS, weeksOfWork } from "../../support/reports.ts";

const DAY_MS = 86_400_000;

const dayOf = (atMs: number, inputTokens: number, rest: Partial<SpentDay> = {}): SpentDay => ({
  localDay: Math.floor((atMs - new Date(atMs).getTimezoneOffset() * 60_000) / DAY_MS),
  inputTokens,
  outputTokens: 1,
  money: [{ amount: 0.5, currency: "USD" }],
  unknownRequests: 2,
  ...rest,
});

function known(answer: ReportModel | { readonly reason: string }): ReportModel {
  assert.ok(!("reason" in answer), JSON.stringify(answer));
  return answer;
}

test("it is the same as one that is made of the ledger's figures, and can go from thread to thread", async (context) => {
  const { ledger } = startLedger(context, ledgerFolder(context));
  for (const record of weeksOfWork()) ledger.append(record);
  const { nowMs } = options;
  const made = known(await ledger.reportModel({ nowMs, workdayMinutes: 360 }));
  const offsetMinutesAt = (atMs: number): number => -new Date(atMs).getTimezoneOffset();
  const expected = reportModel(counted(context, weeksOfWork()), undefined, {
    nowMs,
    offsetMinutesAt,
    workdayMinutes: 360,
  });
  assert.deepEqual(made, expected);
  assert.equal(made.cost, undefined);
});

test("an experiment of the ledger is in its verdict", async (context) => {
  const { ledger } = startLedger(context, ledgerFolder(context));
  for (const record of experimentRecords({ effect: 3, strata: 30 })) ledger.append(record);
  const { verdict, ladder } = known(await ledger.reportModel({ nowMs: options.nowMs }));
  assert.ok(verdict.kind === "measured" && verdict.lower < 3 && verdict.upper > 3);
  assert.equal(ladder.rows.find(({ claim }) => claim === 10)?.verdict, "ruled-out");
});

test("of what was spent only the days count of which there are records, each currency by itself", async (context) => {
  const { ledger } = startLedger(context, ledgerFolder(context));
  for (const record of weeksOfWork()) ledger.append(record);
  const { range } = known(await ledger.reportModel({ nowMs: options.nowMs }));
  assert.ok(range.firstMs !== undefined && range.lastMs !== undefined && range.lastMs > NOON_MS + 4 * WEEK_MS);
  const spentDays = [
    dayOf(range.firstMs - DAY_MS, 1_000),
    dayOf(range.firstMs, 20),
    dayOf(NOON_MS + WEEK_MS, 300, { money: [{ amount: 4, currency: "CNY" }] }),
    dayOf(range.lastMs, 7, { money: [] }),
    dayOf(range.lastMs + DAY_MS, 9_000),
  ];
  const { cost } = known(await ledger.reportModel({ nowMs: options.nowMs, spentDays }));
  assert.partialDeepStrictEqual(cost, {
    inputTokens: 327,
    outputTokens: 3,
    money: [
      { amount: 0.5, currency: "USD" },
      { amount: 4, currency: "CNY" },
    ],
    unknownRequests: 6,
  });
});

test("a line's price is of the days of which it is known what was spent, and of their lines", async (context) => {
  const { ledger } = startLedger(context, ledgerFolder(context));
  const daysAgo = (days: number): number => NOON_MS - days * DAY_MS;
  for (const days of Array.from({ length: 180 }).keys()) {
    const accept = `a:${days}`;
    ledger.append(acceptOf(accept, { atMs: daysAgo(days), run: `r:${days}`, lines: 1 }));
    // Of what was accepted long ago nothing has survived.
    const survivingChars = days < 90 ? 12 : 0;
    ledger.append(
      survivalOf(accept, { atMs: daysAgo(days) + 600_000, check: "10m", insertedChars: 12, survivingChars }),
    );
  }
  // They are kept for 90 days; on the tenth nothing was asked.
  const spentDays = Array.from({ length: 90 }, (_, days) => dayOf(daysAgo(days), 99)).filter((_, days) => days !== 10);
  const { cost, range } = known(await ledger.reportModel({ nowMs: options.nowMs, spentDays }));
  assert.ok(range.firstMs !== undefined && range.firstMs <= daysAgo(179));
  assert.deepEqual([cost?.survivingLines, cost?.tokensPerLine], [90, (89 * 100) / 90]);
  assert.deepEqual([cost?.firstDay, cost?.lastDay], [spentDays.at(-1)?.localDay, spentDays[0]?.localDay]);
  // All of it was spent after the last of the records.
  const later = [dayOf(NOON_MS + 3 * DAY_MS, 5)];
  assert.equal(known(await ledger.reportModel({ nowMs: options.nowMs, spentDays: later })).cost, undefined);
});

test("of a ledger with nothing in it there is a report that knows nothing", async (context) => {
  const { ledger } = startLedger(context, ledgerFolder(context));
  const answer = await ledger.reportModel({ nowMs: NOON_MS, spentDays: [dayOf(NOON_MS, 5)] });
  assert.ok(!isFailure(answer));
  assert.deepEqual([answer.verdict.kind, answer.range.firstMs, answer.cost], ["no-experiment", undefined, undefined]);
});
