/** What is exported against what the panel shows. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { csvFiles } from "../../src/productivity/export/csvTables.ts";
import { metricsOf } from "../../src/productivity/export/metrics.ts";
import { reportModelOf } from "../../src/productivity/ledger/reportModelOf.ts";
import { figuresOf } from "../../src/report/ledgerFigures.ts";
import { suggested } from "../support/exports.ts";
import { batchOf, ledgerFolder, NOON_MS, openStore } from "../support/ledgerRig.ts";
import { options, weeksOfWork } from "../support/reports.ts";

const DAY_MS = 86_400_000;
const offsetMinutesAt = (atMs: number): number => -new Date(atMs).getTimezoneOffset();

test("an export has the report that the panel has: the same costs, and the same working day", (context) => {
  const { database, ...store } = openStoreWith(context);
  store.append(weeksOfWork());
  const spentDay = {
    localDay: Math.floor(NOON_MS / DAY_MS),
    inputTokens: 900,
    outputTokens: 50,
    money: [{ amount: 2, currency: "USD" }],
    unknownRequests: 0,
  };
  const wish = { nowMs: options.nowMs, workdayMinutes: 360, spentDays: [spentDay] };
  const figures = figuresOf(database, wish, true);
  assert.deepEqual(figures.model, reportModelOf(database, wish, offsetMinutesAt));
  assert.match(csvFiles(figures).find(({ name }) => name.includes("cost"))?.text ?? "", /^inputTokens,900,\r$/m);
  const tokens = metricsOf(figures).find(({ name }) => name === "pairwise.tokens");
  assert.deepEqual(
    tokens?.points.map(({ value }) => value),
    [900, 50],
  );
  assert.notDeepEqual(
    figures.model.waiting?.ceiling,
    figuresOf(database, { nowMs: options.nowMs }, false).model.waiting?.ceiling,
  );
});

test("whatever another window writes meanwhile, all figures of an export are of one moment", (context) => {
  const { database, append, folder } = openStoreWith(context);
  append(suggested({ run: "r:0", lines: 1, full: 1 }));
  const other = openStore(context, folder, "other");
  let written = 0;
  const prepare = database.prepare.bind(database);
  database.prepare = (sql) => {
    written += 1;
    const records = suggested({ run: `o:${written}`, lines: 1, full: 1 });
    other.append(batchOf(records, { writer: "other", number: written }), NOON_MS);
    return prepare(sql);
  };
  const { model, usage } = figuresOf(database, { nowMs: options.nowMs }, true);
  assert.ok(written > 10);
  const shown = usage.reduce((sum, each) => sum + each.shown, 0);
  assert.equal(shown, model.acceptance.headline.whole);
});

function openStoreWith(context: Parameters<typeof ledgerFolder>[0]) {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  return {
    folder,
    database: store.database,
    append: (records: Parameters<typeof batchOf>[0]) => void store.append(batchOf(records), NOON_MS),
  };
}
