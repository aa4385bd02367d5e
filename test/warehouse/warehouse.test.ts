/** The queries of docs/team-scale on a real ClickHouse: what they sum up gives the verdict that the rows give. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/toolchain.mjs";
import { parquetOf } from "../../src/productivity/team/parquet.ts";
import type { TeamReport } from "../../src/productivity/team/teamReport.ts";
import {
  type Dashboard,
  dashboardQueries,
  openWarehouse,
  sumsOf,
  teamSql,
  type Warehouse,
} from "../support/clickHouse.ts";
import { BLOCKS_A_PERSON, insertBlocks } from "../support/generatedBlocks.ts";
import { impossibleRows, usualRow } from "../support/impossibleRows.ts";
import { charsTimes, EXPORTED_MS, jsonLines, rowsOfPerson, withoutPerson } from "../support/teams.ts";

/** As somebody would call it, on files in the warehouse's folder: how it ends, and with which errors. */
function outcome({ folder }: Warehouse, ...args: readonly string[]): readonly [status: number | null, errors: string] {
  const program = join(root, "dist", "pairwise-report.cjs");
  const { status, stderr } = spawnSync(
    process.execPath,
    [program, "team", ...args, "--json", join(folder, "report.json")],
    { encoding: "utf8" },
  );
  return [status, stderr];
}

function report(warehouse: Warehouse, ...args: readonly string[]): TeamReport {
  assert.deepEqual(outcome(warehouse, ...args), [0, ""]);
  return {
    ...(JSON.parse(readFileSync(join(warehouse.folder, "report.json"), "utf8")) as TeamReport),
    madeMs: 0,
    source: "rows",
  };
}

function bySums(warehouse: Warehouse): TeamReport {
  const file = join(warehouse.folder, "sums.jsonl");
  writeFileSync(file, sumsOf(warehouse));
  return report(warehouse, "--sums", file);
}

/** All of both: words and counts as they are, other numbers to nine digits. */
function assertSame(actual: unknown, expected: unknown, path = "report"): void {
  if (typeof actual === "number" && typeof expected === "number") {
    // What is as large as e^100 has its digits in its logarithm, which stands beside it.
    if (/\.e(Plus|Minus)$/.test(path) && expected > 0)
      return assertSame(Math.log(actual), Math.log(expected), `${path} (ln)`);
    const tolerance = Number.isInteger(expected) ? 0 : 1e-9 * Math.max(Math.abs(expected), 1e-3);
    assert.ok(Math.abs(actual - expected) <= tolerance, `${path}: ${actual}, ${expected}`);
  } else if (typeof actual === "object" && actual !== null && typeof expected === "object" && expected !== null) {
    assert.deepEqual(Object.keys(actual), Object.keys(expected), path);
    const other = expected as Readonly<Record<string, unknown>>;
    for (const [name, value] of Object.entries(actual)) assertSame(value, other[name], `${path}.${name}`);
  } else assert.equal(actual, expected, path);
}

test("half-hours that people have handed in give the same verdict from a warehouse's sums as from their files", () => {
  using warehouse = openWarehouse();
  const { folder } = warehouse;
  const people = Array.from({ length: 9 }, (_, number) =>
    rowsOfPerson(
      number,
      { effect: 1 + number / 10, k: number % 3 === 0 ? 5 : 2, qualifying: 0.7 },
      { tier: number === 8 ? 3 : 2 },
    ),
  );
  // One has had two experiments, with groups of two sizes, and hands them in as two files; another one had a second one of another plan.
  const second = rowsOfPerson(0, { effect: 2, k: 2 }, { experiment: 1 });
  const otherPlan = rowsOfPerson(1, {}, { tier: 3, experiment: 1 });
  const [first = []] = people;
  // One has handed in twice: first when some of it was counted otherwise.
  const before = first
    .slice(0, 100)
    .map((row) => ({ ...row, exportedMs: EXPORTED_MS - 60_000, ...charsTimes(row, 2) }));
  const files = [...people, before, second, otherPlan].map((rows, index) => {
    const asParquet = index % 2 === 0;
    const file = join(folder, `${index}.${asParquet ? "parquet" : "jsonl"}`);
    writeFileSync(file, asParquet ? parquetOf(rows) : jsonLines(rows));
    warehouse.query(`INSERT INTO block_rows SELECT * FROM file('${file}', ${asParquet ? "Parquet" : "JSONEachRow"})`);
    return file;
  });
  const read = report(warehouse, ...files);
  assert.deepEqual(read.people.otherPlans, [{ planVersion: 1, tier: 3, people: 1 }]);
  assert.equal(read.result?.pooled.k, 8);
  assertSame(bySums(warehouse), read);
  // In the first form, which nobody has handed in anew.
  const old = join(folder, "old.jsonl");
  writeFileSync(old, jsonLines(withoutPerson(rowsOfPerson(40))));
  warehouse.query(`INSERT INTO block_rows FROM INFILE '${old}' FORMAT JSONEachRow`);
  const withOld = report(warehouse, ...files, old);
  assert.deepEqual([withOld.people.given, withOld.people.withoutPerson], [9, 1]);
  assertSame(bySums(warehouse), withOld);
  // What a warehouse gives back as files is read, too.
  const whole = join(folder, "whole.parquet");
  warehouse.query(
    `INSERT INTO FUNCTION file('${whole}', Parquet) SELECT * FROM block_rows FINAL SETTINGS output_format_parquet_compression_method = 'snappy'`,
  );
  assertSame(report(warehouse, whole), withOld);
});

test("what is refused from a file is refused by the warehouse, too", () => {
  const rows = rowsOfPerson(5);
  const first = rows.findIndex(({ qualifies }) => qualifies);
  const changed = (changes: object) => rows.map((row, index) => (index === first ? { ...row, ...changes } : row));
  const usual = usualRow(rows[first] ?? assert.fail());
  const impossible = impossibleRows(usual);
  const refusedByTable: readonly (readonly [constraint: string, changes: object])[] = [
    ["numbersAreExact", { planVersion: 2 ** 53 }],
    ["schemaIsKnown", { schema: "pairwise.blocks/3" }],
    ...impossible.map(({ limit, broken }) => [limit, { ...usual, ...broken }] as const),
  ];
  const good = [1, 2, 3, 4, 6].map((number) => rowsOfPerson(number));
  using warehouse = openWarehouse();
  const { folder } = warehouse;
  let files = 0;
  const fileOf = (content: readonly object[]): string => {
    const file = join(folder, `given-${(files += 1)}.jsonl`);
    writeFileSync(file, jsonLines(content));
    return file;
  };
  const insert = (file: string) => warehouse.query(`INSERT INTO block_rows SELECT * FROM file('${file}', JSONEachRow)`);
  const others = good.map(fileOf);
  for (const file of others) insert(file);
  for (const [constraint, changes] of refusedByTable) {
    const file = fileOf(changed(changes));
    // The column's type has no other arm.
    const said = constraint === "armIsOnOrOff" ? /Unknown element 'both' for enum/ : new RegExp(`\\b${constraint}\\b`);
    assert.throws(() => insert(file), said, constraint);
    assert.equal(outcome(warehouse, ...others, file)[0], 4, constraint);
  }
  // The last that a half-hour can be is taken.
  insert(fileOf(impossible.map(({ kept = {} }, index) => ({ ...usual, ...kept, user: nameOf(index) }))));
  assert.equal(
    warehouse.query(`SELECT uniqExact(user) FROM block_rows WHERE user <= '${nameOf(impossible.length)}'`).trim(),
    String(impossible.length),
  );
  warehouse.query(
    `ALTER TABLE block_rows DELETE WHERE user <= '${nameOf(impossible.length)}' SETTINGS mutations_sync = 2`,
  );
  // What the page says keeps out what nobody has to hand in.
  const named = fileOf(rows.map((row) => ({ ...row, name: "Bob" })));
  assert.throws(
    () =>
      warehouse.query(
        `INSERT INTO block_rows FROM INFILE '${named}' SETTINGS input_format_skip_unknown_fields = 0 FORMAT JSONEachRow`,
      ),
    /name/,
  );
  const before = bySums(warehouse);
  const refusedAsPerson: readonly (readonly [flaw: string, rows: readonly object[]])[] = [
    ["secondHalfHoursWithout", rows.map((row) => ({ ...row, arm: "off" }))],
    ["plansDiffer", changed({ tier: 3 })],
    // It would be another plan's, were it cut to a byte.
    ["plansDiffer", changed({ planVersion: 257 })],
    ["sizesOfGroupsDiffer", changed({ k: 5 })],
    ["missingHalfHours", rows.slice(1)],
  ];
  for (const [flaw, odd] of refusedAsPerson) {
    const file = fileOf(odd);
    insert(file);
    const found = warehouse
      .query(`${teamSql("flaws.sql")} FORMAT JSONEachRow`)
      .trim()
      .split("\n");
    assert.deepEqual(
      found.map((line) =>
        Object.entries(JSON.parse(line))
          .filter(([, value]) => Number(value) > 0)
          .map(([name]) => name),
      ),
      [[flaw, "halfHours"]],
    );
    assert.equal(outcome(warehouse, ...others, file)[0], 4, flaw);
    const sums = join(folder, "odd-sums.jsonl");
    writeFileSync(sums, sumsOf(warehouse));
    const [status, said] = outcome(warehouse, "--sums", sums);
    assert.equal(status, 4, flaw);
    assert.match(said, /its rows can't be of one experiment\. docs\/team-scale\/flaws\.sql/);
    warehouse.query(`ALTER TABLE block_rows DELETE WHERE user = '${rows[0]?.user}' SETTINGS mutations_sync = 2`);
  }
  assertSame(bySums(warehouse), before);
  assert.equal(warehouse.query(teamSql("flaws.sql")), "");
});

test("20,000,000 half-hours of 5,000 people: of a tenth of them the verdict is that of the rows, to nine digits", () => {
  using warehouse = openWarehouse();
  const { folder } = warehouse;
  warehouse.query(insertBlocks(0, PART));
  const fromRows = measured("a tenth of the rows written as files and read", () => {
    for (let person = 0; person < PART / BLOCKS_A_PERSON; person += PEOPLE_A_FILE) {
      const [from, to] = [person, person + PEOPLE_A_FILE].map((number) => number.toString(16).padStart(16, "0"));
      warehouse.query(
        `INSERT INTO FUNCTION file('${join(folder, `rows-${person}.jsonl`)}', JSONEachRow) SELECT * FROM block_rows
         WHERE user >= '${from}' AND user < '${to}' SETTINGS output_format_json_quote_64bit_integers = 0`,
      );
    }
    const files = readdirSync(folder).filter((name) => name.startsWith("rows-"));
    return report(warehouse, ...files.map((name) => join(folder, name)));
  });
  assert.deepEqual([fromRows.people.given, fromRows.result?.blocks.drawn], [PART / BLOCKS_A_PERSON, PART]);
  assertSame(bySums(warehouse), fromRows);

  for (let part = 1; part < PARTS; part += 1) warehouse.query(insertBlocks(part * PART, PART));
  const lines = measured("the sums of all", () => sumsOf(warehouse));
  const file = join(folder, "all.jsonl");
  writeFileSync(file, lines);
  const all = measured("the verdict from them", () => report(warehouse, "--sums", file));
  assert.deepEqual(
    [all.people.given, all.people.pooled, all.result?.blocks.drawn],
    [(PARTS * PART) / BLOCKS_A_PERSON, (PARTS * PART) / BLOCKS_A_PERSON, PARTS * PART],
  );
  // They were made to be 1.2 times as fast, each around that.
  const { pooled, ladder } = all.result ?? assert.fail();
  assert.ok(pooled.lower < 1.2 && 1.2 < pooled.upper, JSON.stringify(pooled));
  assert.deepEqual(
    ladder.filter(({ claim }) => claim === 1.25 || claim === 1.1).map(({ verdict }) => verdict),
    ["ruled-out", "shown"],
  );
});

test("each panel of the dashboard has an answer, and none of fewer than five people", () => {
  using warehouse = openWarehouse();
  const { sql } = dashboardQueries(JSON.parse(teamSql("grafana.json")) as Dashboard);
  // The data source's macros, as it replaces them.
  const answers = (): readonly string[] =>
    sql.map((query) =>
      warehouse.query(
        query
          .replaceAll("$__fromTime", "toDateTime(0)")
          .replaceAll("$__toTime", "toDateTime(4000000000)")
          .concat(" FORMAT JSONEachRow"),
      ),
    );
  const handIn = (numbers: readonly number[], experiment = 0): void => {
    const file = join(warehouse.folder, `${numbers.join("-")}-${experiment}.jsonl`);
    writeFileSync(file, jsonLines(numbers.flatMap((number) => rowsOfPerson(number, {}, { experiment }))));
    warehouse.query(`INSERT INTO block_rows SELECT * FROM file('${file}', JSONEachRow)`);
  };
  handIn([1, 2, 3, 4]);
  assert.deepEqual(new Set(answers()), new Set([""]));
  // A second experiment of one of them makes no fifth.
  handIn([4], 1);
  assert.deepEqual(new Set(answers()), new Set([""]));
  handIn([5]);
  for (const [index, answer] of answers().entries()) assert.match(answer, /^\{"/, sql[index]);
});

test("a reason of fewer than five people is told by no panel, nor left over by those that are told", () => {
  const reasonsOf = (
    counted: readonly (readonly [whyNot: string, people: number])[],
  ): Readonly<Record<string, number>> => {
    using warehouse = openWarehouse();
    // Of one week: each of nine people has two half-hours that count, and so many of them have one for each reason.
    const rows = Array.from({ length: 9 }, (_, person) => {
      const [row] = rowsOfPerson(person);
      const fit = {
        ...row,
        day: "2026-03-04",
        slotMs: Date.UTC(2026, 2, 4, 9),
        qualifies: true,
        whyNot: "",
        active120Ms: 900_000,
        active60Ms: 900_000,
        active300Ms: 900_000,
        focusedMs: 900_000,
      };
      const reasons = counted.filter(([, people]) => person < people).map(([whyNot]) => whyNot);
      return ["", "", ...reasons].map((whyNot, stratum) => ({ ...fit, stratum, qualifies: whyNot === "", whyNot }));
    }).flat();
    const file = join(warehouse.folder, "week.jsonl");
    writeFileSync(file, jsonLines(rows));
    warehouse.query(`INSERT INTO block_rows SELECT * FROM file('${file}', JSONEachRow)`);
    const lines = warehouse.query(
      "SELECT why, halfHours FROM team_reasons ORDER BY why SETTINGS output_format_json_quote_64bit_integers = 0 FORMAT JSONEachRow",
    );
    const found = lines
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { readonly why: string; readonly halfHours: number });
    return Object.fromEntries(found.map(({ why, halfHours }) => [why, halfHours]));
  };
  assert.deepEqual(reasonsOf([["little-focus", 7]]), { "little-focus": 7, qualifies: 18 });
  // Were the seven told, one person's would be the rest.
  assert.deepEqual(
    reasonsOf([
      ["little-focus", 7],
      ["interrupted", 1],
    ]),
    { "left out": 8, qualifies: 18 },
  );
  // The same people's two reasons are not those of five.
  assert.deepEqual(
    reasonsOf([
      ["little-focus", 7],
      ["interrupted", 3],
      ["unknown", 3],
    ]),
    { "left out": 13, qualifies: 18 },
  );
});

test("reasons of few people each stand together where together they are those of five", () => {
  using warehouse = openWarehouse();
  const reasons = ["interrupted", "interrupted", "interrupted", "unknown", "unknown", "unknown", "no-activity"];
  const rows = reasons.flatMap((whyNot, person) => {
    const row = rowsOfPerson(person).find(({ qualifies }) => qualifies);
    const fit = { ...row, day: "2026-03-04", slotMs: Date.UTC(2026, 2, 4, 9), stratum: 0 };
    return [
      fit,
      { ...fit, stratum: 1, qualifies: false, whyNot: "little-focus" },
      { ...fit, stratum: 2, qualifies: false, whyNot },
    ];
  });
  const file = join(warehouse.folder, "week.jsonl");
  writeFileSync(file, jsonLines(rows));
  warehouse.query(`INSERT INTO block_rows SELECT * FROM file('${file}', JSONEachRow)`);
  assert.equal(
    warehouse.query("SELECT why, halfHours FROM team_reasons ORDER BY why FORMAT TSV"),
    "little-focus\t7\nother reasons\t7\nqualifies\t7\n",
  );
});

/** Says how long it took; other programs may have taken some of that. Of a process that it waits for it knows no seconds of its own. */
function measured<Result>(what: string, work: () => Result): Result {
  const [startMs, cpu] = [performance.now(), process.cpuUsage()];
  const result = work();
  const { user, system } = process.cpuUsage(cpu);
  const seconds = ((performance.now() - startMs) / 1_000).toFixed(1);
  console.log(`${what}: ${seconds} s, and ${((user + system) / 1e6).toFixed(1)} s of this process on any core`);
  return result;
}

const nameOf = (number: number): string => (number + 1).toString(16).padStart(16, "0");

/** A tenth. */
const PART = 2_000_000;
const PARTS = 10;
const PEOPLE_A_FILE = 25;
