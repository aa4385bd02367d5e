/** CSV is read back by a parser that is not ours. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "csv-parse/sync";
import { csvFiles } from "../../../src/productivity/export/csvTables.ts";
import { planOf } from "../../../src/productivity/experiment/plan.ts";
import type { ExportFigures } from "../../../src/productivity/export/figures.ts";
import { figuresOf, hostile, suggested } from "../../support/exports.ts";
import { experimentOf, weeksOfWork } from "../../support/reports.ts";

type Row = Readonly<Record<string, string>>;

function tablesOf(figures: ExportFigures): ReadonlyMap<string, readonly Row[]> {
  return new Map(
    csvFiles(figures).map(({ name, text }) => {
      assert.match(name, /^pairwise-report-[a-z]+\.csv$/);
      // Strict: every row has as many fields as the first one names.
      return [name.slice("pairwise-report-".length, -".csv".length), parse(text, { columns: true })];
    }),
  );
}

const spent = {
  inputTokens: 1_200,
  outputTokens: 80,
  money: [{ amount: 3.4, currency: "USD" }],
  unknownRequests: 3,
  firstDay: 20_000,
  lastDay: 30_000,
};

/** As the file has it. */
const cell = (value: string | number | boolean | undefined): string => (value === undefined ? "" : String(value));

test("a result that can't be relied on is no figure in any table, nor what was expected held against it", (context) => {
  const whole = experimentOf({ effect: 1.5, strata: 60, qualifying: 1 });
  const blocks = whole.blocks.map((block) =>
    block.arm === "off" && block.stratum % 3 === 0
      ? { ...block, qualifies: false, whyNot: "little-focus" as const }
      : block,
  );
  const tables = tablesOf(figuresOf(context, weeksOfWork(), { ...whole, blocks }));
  const [verdict] = tables.get("verdict") ?? [];
  assert.deepEqual([verdict?.["kind"], verdict?.["isFlagged"], verdict?.["upper"]], ["measured", "true", ""]);
  assert.deepEqual(tables.get("forecast"), [{ before: "2", after: "", isBefore: "", isAfter: "" }]);
});

test("the tables read back have the report's figures, to the last digit", (context) => {
  const figures = figuresOf(context, weeksOfWork(), experimentOf(), { spent });
  const { model, blocks } = figures;
  const tables = tablesOf(figures);
  const { verdict, acceptance, funnel, ladder, trend, breakdown, survival, share, guardrails, cost } = model;
  assert.ok(
    verdict.kind === "measured" && acceptance.headline.rate.kind === "known" && survival.curve.kind === "known",
  );
  const [told] = tables.get("verdict") ?? [];
  assert.deepEqual(
    [told?.["kind"], told?.["estimate"], told?.["lower"], told?.["upper"], told?.["blocks"]],
    ["measured", verdict.estimate, verdict.lower, verdict.upper, verdict.blocks].map(cell),
  );
  assert.deepEqual(
    tables.get("claims")?.map(({ claim, verdict }) => [claim, verdict]),
    ladder.rows.map((row) => [cell(row.claim), row.verdict]),
  );
  assert.deepEqual(
    tables.get("funnel")?.map(({ stage, atLeast, atMost, shareAtMost }) => [stage, atLeast, atMost, shareAtMost]),
    funnel.stages.map((each) => [each.stage, cell(each.atLeast), cell(each.atMost), cell(each.share?.atMost)]),
  );
  const { estimate, lower, upper } = acceptance.headline.rate;
  assert.deepEqual(Object.values(tables.get("acceptance")?.[0] ?? {}), [
    "headline",
    ...[acceptance.headline.part, acceptance.headline.whole, acceptance.headline.sessions, estimate, lower, upper].map(
      cell,
    ),
  ]);
  assert.deepEqual(
    tables.get("survival")?.map(({ alive }) => alive),
    survival.curve.steps.map((step) => cell(step.alive)),
  );
  assert.deepEqual(
    tables.get("weeks")?.map(({ week, part, whole }) => [week, part, whole]),
    trend.weeks.map(({ weekMs, acceptance }) => [
      new Date(weekMs).toISOString().slice(0, 10),
      cell(acceptance.part),
      cell(acceptance.whole),
    ]),
  );
  assert.deepEqual(
    tables.get("groups")?.map(({ by, name, whole }) => [by, name, whole]),
    breakdown.parts.flatMap(({ by, groups }) => groups.map((group) => [by, group.name, cell(group.acceptance.whole)])),
  );
  assert.deepEqual(tables.get("written")?.[0], { how: "ai", chars: cell(share.ai) });
  assert.equal(tables.get("guardrails")?.[0]?.["newErrorsPerHour"], cell(guardrails.all.newErrorsPerHour));
  assert.ok(cost);
  const costs = new Map(tables.get("cost")?.map(({ what = "", value, currency }) => [what, [value, currency]]));
  assert.deepEqual(
    [costs.get("tokensPerLine"), costs.get("money")],
    [
      [cell(cost.tokensPerLine), ""],
      ["3.4", "USD"],
    ],
  );
  assert.equal(tables.get("changes")?.length, trend.changes.length);
  assert.ok((tables.get("detector")?.length ?? 0) > 0 && (tables.get("gaps")?.length ?? 0) > 0);
  assert.deepEqual(
    tables.get("blocks"),
    blocks.map((block) =>
      Object.fromEntries(
        Object.entries(tables.get("blocks")?.[0] ?? {}).map(([name]) => [
          name,
          cell(block[name as keyof typeof block]),
        ]),
      ),
    ),
  );
});

test("what was expected and what single suggestions do are tables, too", (context) => {
  const plan = planOf({ tier: 3, k: 2, mostStrata: 200, pairwiseVersion: "1.0.0" });
  const figures = figuresOf(context, weeksOfWork(), experimentOf({ strata: 30 }, { plan, beliefBefore: 2 }));
  const { singles, forecast } = figures.model;
  assert.ok(singles && forecast);
  const tables = tablesOf(figures);
  assert.deepEqual(tables.get("forecast"), [
    { before: "2", after: cell(forecast.after), isBefore: cell(forecast.isBefore), isAfter: cell(forecast.isAfter) },
  ]);
  const [row, ...more] = tables.get("singles") ?? [];
  assert.deepEqual(more, []);
  assert.partialDeepStrictEqual(row, {
    oneIn: cell(singles.oneIn),
    chars: cell(singles.chars),
    shownDrawn: "0",
    heldBackCensored: "0",
    kind: singles.timeRatio.kind,
    estimate: "",
  });
});

test("the days' counts add up to the report's", (context) => {
  const figures = figuresOf(context, weeksOfWork());
  const days = tablesOf(figures).get("days") ?? [];
  const sum = (name: string): number => days.reduce((total, row) => total + Number(row[name]), 0);
  const { headline, full, partly } = figures.model.acceptance;
  assert.ok(headline.whole > 500);
  assert.deepEqual(
    [sum("shown"), sum("acceptedFull") + sum("acceptedPartly"), sum("acceptedFull"), sum("acceptedPartly")],
    [headline.whole, headline.part, full.part, partly],
  );
});

test("whatever a language or a model calls itself, it stays in its field, and no spreadsheet runs it", (context) => {
  const names = hostile.languages.flatMap((language) => hostile.models.map((model) => [language, model] as const));
  const records = names.flatMap(([language, model], index) =>
    suggested({ run: `r:${index}`, language, model, lines: 1 }),
  );
  const figures = figuresOf(context, records);
  const days = tablesOf(figures).get("days") ?? [];
  const guarded = (name: string): string => (/^[=+\-@\t\r]/.test(name) ? `'${name}` : name);
  const pairs = (rows: readonly (readonly (string | undefined)[])[]): readonly string[] =>
    rows.map((row) => JSON.stringify(row)).toSorted();
  assert.deepEqual(
    pairs(days.map(({ language, model }) => [language, model])),
    pairs(names.map(([language, model]) => [guarded(language), guarded(model)])),
  );
  for (const { text } of csvFiles(figures)) {
    for (const field of parse(text, { columns: false }).flat() as readonly string[])
      assert.ok(!/^[=+@\t\r]|^-\D/.test(field), field);
  }
});

test("of an empty ledger every table is there with its head, and no figure of nothing", (context) => {
  const files = csvFiles(figuresOf(context, []));
  assert.equal(files.length, 17);
  for (const { name, text } of files) {
    assert.match(text, /^[A-Za-z0-9,]+\r\n/, name);
    assert.doesNotMatch(text, /NaN|Infinity|undefined|null/, name);
  }
  const tables = tablesOf(figuresOf(context, []));
  assert.deepEqual(Object.values(tables.get("acceptance")?.[0] ?? {}), ["headline", "0", "0", "0", "", "", ""]);
  assert.deepEqual([tables.get("days"), tables.get("blocks"), tables.get("cost")], [[], [], []]);
});

test("without data of an experiment no table has a figure of how fast somebody is", (context) => {
  const tables = tablesOf(figuresOf(context, weeksOfWork(), experimentOf({ strata: 2, effect: 10 })));
  const [verdict] = tables.get("verdict") ?? [];
  assert.deepEqual([verdict?.["estimate"], verdict?.["lower"], verdict?.["upper"]], ["", "", ""]);
  assert.ok(tables.get("claims")?.every((row) => row["verdict"] === "not-known" || row["verdict"] === "undecided"));
});
