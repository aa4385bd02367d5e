/** The lines against what GitHub's documentation shows ("Example schema for Copilot usage metrics", user level). */

import assert from "node:assert/strict";
import { test } from "node:test";
import { copilotLines } from "../../../src/productivity/export/copilot.ts";
import type { ExportFigures } from "../../../src/productivity/export/figures.ts";
import { NOON_MS, survivalOf } from "../../support/ledgerRig.ts";
import { figuresOf, hostile, suggested } from "../../support/exports.ts";
import { weeksOfWork } from "../../support/reports.ts";

const linesOf = (figures: ExportFigures): readonly Readonly<Record<string, unknown>>[] =>
  copilotLines(figures)
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);

const own = { x_accepted_only_in_part_count: 0, x_accepted_by_inference_count: 0 };

test("the example's day, one suggestion of ten lines of which eight were added, has the example's fields", (context) => {
  const records = suggested({ run: "r:1", lines: 10, full: 8 });
  // As the example has it, without what the ledger does not count: chat, agents, the command line, lines that are deleted, ids.
  const counts = {
    code_acceptance_activity_count: 1,
    code_generation_activity_count: 1,
    loc_added_sum: 8,
    loc_suggested_to_add_sum: 10,
    ...own,
  };
  assert.deepEqual(linesOf(figuresOf(context, records)), [
    {
      ...counts,
      day: "2026-06-10",
      user_login: "pairwise-user",
      totals_by_ide: [{ ide: "vscode", ...counts }],
      totals_by_feature: [{ feature: "code_completion", ...counts }],
      totals_by_language_feature: [{ feature: "code_completion", language: "typescript", ...counts }],
      totals_by_language_model: [{ language: "typescript", model: "openai/gpt-4.1", ...counts }],
      totals_by_model_feature: [{ feature: "code_completion", model: "openai/gpt-4.1", ...counts }],
      x_source: "pairwise",
      x_format: 1,
      x_active_minutes: 0,
      x_ai_chars_after_10_minutes: 0,
      x_typed_chars_after_10_minutes: 0,
    },
  ]);
});

test("lines taken one after the other are each counted once, and with several carets at each of them", (context) => {
  const [line] = linesOf(
    figuresOf(context, [
      // Three words of one line; two lines, the first of them in two parts; and two lines at three carets.
      ...suggested({ run: "r:1", lines: 1, parts: [1, 1, 1] }),
      ...suggested({ run: "r:2", lines: 2, parts: [1, 2] }),
      ...suggested({ run: "r:3", lines: 2, full: 2, carets: 3, inferred: true }),
    ]),
  );
  assert.equal(line?.["loc_added_sum"], 1 + 2 + 6);
  assert.equal(line?.["x_accepted_only_in_part_count"], 2);
  assert.equal(line?.["x_accepted_by_inference_count"], 1);
});

test("where the lines of some suggestions are not known there is no sum of them, but one of the others", (context) => {
  const [line] = linesOf(
    figuresOf(context, [...suggested({ run: "r:1", lines: 4 }), ...suggested({ run: "r:2", full: 2 })]),
  );
  assert.ok(line && !("loc_suggested_to_add_sum" in line));
  assert.deepEqual([line["x_loc_suggested_of_others_sum"], line["x_lines_unknown_count"]], [4, 1]);
  assert.equal(line["code_generation_activity_count"], 2);
});

test("a suggestion that is answered again from a cache counts by its first answer", (context) => {
  const again = suggested({ run: "r:1", lines: 9 }).filter(({ kind }) => kind === "response");
  const [line] = linesOf(figuresOf(context, [...suggested({ run: "r:1", lines: 3, full: 3 }), ...again]));
  assert.equal(line?.["loc_suggested_to_add_sum"], 3);
});

test("a line for each day of the clock on the wall; days on which nothing was shown have none", (context) => {
  const records = [0, 11, 13, 72].flatMap((hours) =>
    suggested({ run: `r:${hours}`, lines: 1, atMs: NOON_MS + hours * 3_600_000 }),
  );
  const days = (offsetMinutes: number) =>
    linesOf(figuresOf(context, records, undefined, { offsetMinutesAt: () => offsetMinutes })).map((line) => [
      line["day"],
      line["code_generation_activity_count"],
    ]);
  assert.deepEqual(days(0), [
    ["2026-06-10", 2],
    ["2026-06-11", 1],
    ["2026-06-13", 1],
  ]);
  // In Shanghai it is 20:00, 07:00, 09:00 and 20:00.
  assert.deepEqual(days(480), [
    ["2026-06-10", 1],
    ["2026-06-11", 2],
    ["2026-06-13", 1],
  ]);
});

test("beside the counts: how long somebody worked on the day, and what is there of its characters", (context) => {
  const placed = { session: "5e551000000000a1", atMs: NOON_MS, project: "9401000000000001" };
  const worked = { focusedMs: 60_000, active60Ms: 30_000, active120Ms: 45_000, active300Ms: 60_000 };
  const [line] = linesOf(
    figuresOf(context, [
      ...suggested({ run: "r:1", lines: 1, full: 1 }),
      survivalOf("r:1:0", { check: "10m", insertedChars: 12, survivingChars: 9 }),
      { ...placed, kind: "activity", ...worked },
      { ...placed, atMs: NOON_MS + 60_000, kind: "activity", ...worked },
    ]),
  );
  assert.deepEqual(
    [line?.["x_active_minutes"], line?.["x_ai_chars_after_10_minutes"], line?.["x_typed_chars_after_10_minutes"]],
    [1.5, 9, 0],
  );
});

type Totals = readonly Readonly<Record<string, number>>[];

test("the days add up to the report's counts, and so does every way to tell them apart", (context) => {
  const figures = figuresOf(context, weeksOfWork());
  const lines = linesOf(figures);
  const { headline } = figures.model.acceptance;
  // On one of the twelve another extension made suggestions, too.
  assert.equal(lines.length, 11);
  for (const [count, wanted] of [
    ["code_generation_activity_count", headline.whole],
    ["code_acceptance_activity_count", headline.part],
  ] as const) {
    const sum = (rows: readonly Readonly<Record<string, unknown>>[]): number =>
      rows.reduce((total, row) => total + Number(row[count]), 0);
    assert.equal(sum(lines), wanted);
    for (const by of Object.keys(lines[0] ?? {}).filter((name) => name.startsWith("totals_by_")))
      assert.equal(sum(lines.flatMap((line) => line[by] as Totals)), wanted, by);
  }
});

test("names that break lines, quote or inherit stay names", (context) => {
  const records = hostile.languages.flatMap((language, index) =>
    suggested({ run: `r:${index}`, language, model: hostile.models[index % 5] ?? "", lines: 1 }),
  );
  const [line, ...more] = linesOf(figuresOf(context, records));
  assert.equal(more.length, 0);
  const told = line?.["totals_by_language_feature"] as readonly { readonly language: string }[];
  assert.deepEqual(told.map(({ language }) => language).toSorted(), hostile.languages.toSorted());
});

test("a run whose window was killed has an unknown model, as GitHub writes it, and an empty ledger has no line", (context) => {
  const killed = suggested({ run: "r:1", lines: 1 }).filter(({ kind }) => kind !== "end");
  const [line] = linesOf(figuresOf(context, killed));
  assert.deepEqual(
    (line?.["totals_by_model_feature"] as readonly { readonly model: string }[] | undefined)?.map(({ model }) => model),
    ["unknown"],
  );
  assert.equal(copilotLines(figuresOf(context, [])), "");
});

test("what has no name and what is called so are one row", (context) => {
  const killed = suggested({ run: "r:1", lines: 1 }).filter(({ kind }) => kind !== "end");
  const records = [...killed, ...suggested({ run: "r:2", lines: 1, model: "unknown" })];
  const [line] = linesOf(figuresOf(context, records));
  for (const by of ["totals_by_language_model", "totals_by_model_feature"])
    assert.deepEqual(
      ((line?.[by] ?? []) as Totals).map((row) => [row["model"], row["code_generation_activity_count"]]),
      [["unknown", 2]],
      by,
    );
});
