/** docs/exports.md against what is exported. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { copilotLines } from "../../../src/productivity/export/copilot.ts";
import { csvFiles } from "../../../src/productivity/export/csvTables.ts";
import { metricsOf } from "../../../src/productivity/export/metrics.ts";
import { figuresOf, suggested } from "../../support/exports.ts";
import { experimentOf, weeksOfWork } from "../../support/reports.ts";

const text = readFileSync(join(import.meta.dirname, "../../../docs/exports.md"), "utf8");
const rowsOf = (row: RegExp): readonly (readonly string[])[] => [...text.matchAll(row)].map((found) => found.slice(1));

test("each table of CSV is documented with its columns, in their order", (context) => {
  const files = csvFiles(figuresOf(context, []));
  assert.deepEqual(
    rowsOf(/^\| `(\w+)` \| [^|]* \| `([\w,]+)` \|$/gm),
    files.map(({ name, text }) => [/pairwise-report-(\w+)\.csv/.exec(name)?.[1], text.split("\r\n")[0]]),
  );
});

test("each metric is documented with its kind, unit and attributes, and none that there is not", (context) => {
  const spent = {
    inputTokens: 1_200,
    outputTokens: 80,
    money: [],
    unknownRequests: 0,
    firstDay: 20_000,
    lastDay: 30_000,
  };
  const metrics = metricsOf(figuresOf(context, weeksOfWork(), experimentOf(), { spent }));
  const rows = rowsOf(/^\| `(pairwise\.[\w.]+)` \| (sum|gauge) \| `([^`]+)` \| [^|]+ \| ([^|]*)\|$/gm);
  assert.deepEqual(
    rows.map(([name, kind, unit]) => [name, kind, unit]),
    metrics.map(({ name, kind, unit }) => [name, kind, unit]),
  );
  const languageAndModel = ["pairwise.language", "gen_ai.provider.name", "gen_ai.request.model"];
  for (const [index, { name, points }] of metrics.entries()) {
    const words = rows[index]?.[3] ?? "";
    const documented = [
      ...(words.includes("language, model") ? languageAndModel : []),
      ...[...words.matchAll(/`((?:pairwise|gen_ai)\.[\w.]+)`/g)].map(([, key]) => key),
    ];
    assert.deepEqual(new Set(points.flatMap(({ attributes }) => Object.keys(attributes))), new Set(documented), name);
    // Behind the key stand its values, where there is a fixed set of them.
    for (const [, key = "", values = ""] of words.matchAll(/`([\w.]+)`: ((?:`\w+`(?:, )?)+)/g)) {
      const sent = points.flatMap(({ attributes }) => attributes[key] ?? []);
      assert.deepEqual(
        new Set(sent),
        new Set([...values.matchAll(/`(\w+)`/g)].map(([, value]) => value)),
        `${name}, ${key}`,
      );
    }
    // No attribute of our own is without them, but the language.
    const open = [...words.matchAll(/`((?:pairwise|gen_ai)\.[\w.]+)`(?!:)/g)].map(([, key]) => key);
    assert.deepEqual(open, [], `${name}: which values?`);
  }
});

test("each field of Copilot's lines is documented", (context) => {
  const records = [...suggested({ run: "r:1", lines: 2, full: 2 }), ...suggested({ run: "r:2" })];
  const names = new Set<string>();
  for (const line of [records, records.slice(0, 3)].map((each) => copilotLines(figuresOf(context, each))))
    JSON.parse(line, (key, value: unknown) => {
      if (/\D/.test(key)) names.add(key);
      return value;
    });
  for (const name of names) if (!["language", "model"].includes(name)) assert.ok(text.includes(`\`${name}\``), name);
});
