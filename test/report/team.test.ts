/** The command line for a team, as it is built: from ledgers to what is handed in, and from that to the page. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test, type TestContext } from "node:test";
import { ledgerFileName } from "../../src/productivity/ledger/fileName.ts";
import type { BlockRow } from "../../src/productivity/team/blockRow.ts";
import { parquetOf } from "../../src/productivity/team/parquet.ts";
import { experimentOf } from "../../src/productivity/team/personSums.ts";
import { linesOfSums } from "../../src/productivity/team/sumsLines.ts";
import type { TeamReport } from "../../src/productivity/team/teamReport.ts";
import { teamSumsOf } from "../../src/productivity/team/teamSums.ts";
import { buildReport } from "../support/builtReport.ts";
import { batchOf, ledgerFolder, NOON_MS, openStore } from "../support/ledgerRig.ts";
import { experimentRecords } from "../support/experimentRecords.ts";
import { charsTimes, EXPORTED_MS, jsonLines, rowsOfPerson, withoutPerson } from "../support/teams.ts";

const folder = mkdtempSync(join(tmpdir(), "pairwise-team-"));
const program = join(folder, "pairwise-report.cjs");
before(() => buildReport(program));
after(() => rmSync(folder, { recursive: true }));

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: "utf8" });
  return { status, stdout, stderr };
}

let files = 0;
function fileOf(content: string | Uint8Array, extension = "jsonl"): string {
  const file = join(folder, `given-${(files += 1)}.${extension}`);
  writeFileSync(file, content);
  return file;
}

const people = Array.from({ length: 6 }, (_, number) => rowsOfPerson(number, { effect: 1.2 + number / 20 }));

function ledger(context: TestContext): string {
  const place = ledgerFolder(context);
  const store = openStore(context, place);
  store.append(batchOf(experimentRecords({ effect: 2, strata: 20 })), NOON_MS);
  store.close();
  return join(place, ledgerFileName);
}

test("one's half-hours are written as lines or as Parquet, and both are read as the same", (context) => {
  const own = ledger(context);
  const [lines, parquet] = [join(folder, "own.jsonl"), join(folder, "own.parquet")];
  for (const out of [lines, parquet]) {
    const { status, stdout, stderr } = run("blocks", own, "--out", out);
    assert.deepEqual([status, stderr], [0, ""]);
    assert.match(stdout, /^Written: .*\nHalf-hours in it: 40\./);
    if (process.platform !== "win32") assert.equal(statSync(out).mode & 0o077, 0);
  }
  const others = people.slice(0, 5).map((rows) => fileOf(jsonLines(rows)));
  const modelOf = (file: string): object => {
    const json = join(folder, "own.json");
    assert.equal(run("team", file, ...others, "--json", json).status, 0);
    return { ...(JSON.parse(readFileSync(json, "utf8")) as object), madeMs: 0 };
  };
  assert.deepEqual(modelOf(parquet), modelOf(lines));
  // Nothing is written over.
  const again = run("blocks", own, "--out", lines);
  assert.deepEqual([again.status, again.stdout], [4, ""]);
});

test("the verdict of a team in words, as a page and as data, from files of either kind", () => {
  const given = people.map((rows, index) =>
    index % 2 === 0 ? fileOf(jsonLines(rows)) : fileOf(parquetOf(rows), "parquet"),
  );
  const [html, json] = [join(folder, "team.html"), join(folder, "team.json")];
  const { status, stdout, stderr } = run("team", ...given, "--html", html, "--json", json);
  assert.deepEqual([status, stderr], [0, ""]);
  assert.match(
    stdout,
    /^On average over 6 people, between [\d.]+ and [\d.]+ times as much in the same time with suggestions\.\n/,
  );
  assert.match(stdout, /\n10× {2}The average: ruled out\. {2}At least one person does not reach it\.\n/);
  assert.match(readFileSync(html, "utf8"), /^<!doctype html>\n<html lang="en">[\s\S]*<h1>On average over 6 people/);
  const model = JSON.parse(readFileSync(json, "utf8")) as TeamReport;
  assert.deepEqual([model.format, model.source, model.result?.pooled.k], [1, "rows", 6]);
  // The order in which they are named says nothing.
  assert.equal(run("team", ...given.toReversed()).stdout, run("team", ...given).stdout);
  assert.match(
    run("team", ...given, "--language", "zh-cn").stdout,
    /^6 人平均：有建议时，相同时间内写下并留存的字符是/,
  );
});

test("sums give what the rows give", () => {
  const sums = fileOf(jsonLines(linesOfSums(teamSumsOf(people.map(experimentOf)))));
  const rows = run("team", fileOf(jsonLines(people.flat()))).stdout;
  assert.equal(
    run("team", "--sums", sums).stdout,
    rows.replace("From what people", "From sums that a warehouse has made of what people").replace(" themselves", ""),
  );
});

test("rows that were handed in again count once, in their latest form, also of one day, whatever the order of the files", () => {
  const all = fileOf(jsonLines(people.flat()));
  const [first = []] = people;
  const before = first.map((row) => ({ ...row, exportedMs: EXPORTED_MS - 1_000, ...charsTimes(row, 3) }));
  const old = fileOf(jsonLines(before));
  const expected = run("team", all).stdout;
  assert.equal(run("team", all, old).stdout, expected);
  assert.equal(run("team", old, all).stdout, expected);
});

test("what one person hands in of two experiments counts as one person's, from one file or from two", () => {
  const second = rowsOfPerson(0, { effect: 3, k: 5 }, { experiment: 1 });
  const [first = [], ...others] = people;
  const rest = fileOf(jsonLines(others.flat()));
  const two = run("team", rest, fileOf(jsonLines(first)), fileOf(jsonLines(second))).stdout;
  assert.match(two, /^On average over 6 people/);
  assert.equal(run("team", rest, fileOf(jsonLines([...first, ...second]))).stdout, two);
  const few = run("team", fileOf(jsonLines([...people.slice(0, 4), second].flat())));
  assert.deepEqual([few.status, few.stdout], [3, ""]);
});

test("files of the first form are read, and it is said that they may have somebody twice", () => {
  const old = fileOf(jsonLines(people.flatMap(withoutPerson)));
  const { stdout, stderr } = run("team", old);
  assert.equal(stderr, "");
  assert.match(stdout, /^On average over 6 people/);
  assert.match(stdout, /\nExperiments whose files don't say whose they are, .*: 6\. /);
  // Handed in anew they say it.
  const [first = []] = people;
  const later = people.flat().map((row) => ({ ...row, exportedMs: EXPORTED_MS + 1_000, person: first[0]?.person }));
  assert.equal(run("team", old, fileOf(jsonLines(later))).status, 3);
});

test("whoever has two ledgers gives both the same name", (context) => {
  const own = ledger(context);
  const personsOf = (...more: readonly string[]): ReadonlySet<string> => {
    const out = join(folder, `own-${(files += 1)}.jsonl`);
    assert.equal(run("blocks", own, "--out", out, ...more).status, 0);
    const lines = readFileSync(out, "utf8").trim().split("\n");
    return new Set(lines.map((line) => (JSON.parse(line) as BlockRow).person));
  };
  assert.equal(personsOf().size, 1);
  assert.deepEqual(personsOf(), personsOf());
  assert.deepEqual(personsOf("--person", "00000000000000b1"), new Set(["00000000000000b1"]));
  assert.equal(run("blocks", own, "--out", join(folder, "none.jsonl"), "--person", "Ada").status, 2);
});

test("with four people there is no page, no data and no figure, and it says what is missing", () => {
  const html = join(folder, "few.html");
  const given = people.slice(0, 4).map((rows) => fileOf(jsonLines(rows)));
  const short = fileOf(jsonLines(rowsOfPerson(9, { strata: 4 })));
  const { status, stdout, stderr } = run("team", ...given, short, "--html", html, "--json", `${html}.json`);
  assert.deepEqual([status, stdout], [3, ""]);
  assert.match(stderr, /^Nothing is said: of 4 people there is enough, and it takes 5\.\n/);
  assert.match(stderr, /People with fewer than 10 groups of half-hours that can be compared, .*: 1\.\n/);
  assert.deepEqual([existsSync(html), existsSync(`${html}.json`)], [false, false]);
});

test("what can't be read is named, with its line, and exits with 4; a wrong call exits with 2", () => {
  const [first = []] = people;
  const row = first[0];
  assert.ok(row);
  const bad = (content: string): string => {
    const { status, stdout, stderr } = run("team", fileOf(content));
    assert.deepEqual([status, stdout], [4, ""]);
    return stderr;
  };
  assert.match(bad(`${JSON.stringify(row)}\n{`), /line 2: that is no JSON/);
  assert.match(bad('{"kind":"accept"}\n'), /line 1: that is no row of half-hours/);
  assert.match(bad(jsonLines([row, { ...row, arm: "both" }])), /line 2: “arm” can't be so: a half-hour is on or off\./);
  assert.match(
    bad(jsonLines([row, { ...row, netChars: 1e9 }])),
    /line 2: “netChars” can't be so: no more is left than/,
  );
  assert.match(bad(jsonLines([{ ...row, arm: 1 }])), /line 1: “arm” is missing or is no value/);
  assert.match(bad(jsonLines([row, { ...row, name: "Bob" }])), /line 2: “name” is no column of these files/);
  assert.match(bad(jsonLines(first.slice(1))), /half-hours are missing in it, though groups are exported whole/);
  assert.match(bad(""), /has no rows\./);
  assert.match(bad(jsonLines([{ ...row, schema: "pairwise.blocks/3" }])), /A newer version of Pairwise has made/);
  assert.match(bad(jsonLines([row, { ...row, stratum: 7, tier: 3 }])), /rows of one name \(user\) differ in “tier”/);
  assert.match(
    bad(jsonLines(first.map((each) => ({ ...each, arm: "off" })))),
    /rows of one name \(user\) differ in “arm”/,
  );
  assert.match(
    bad(jsonLines([row, { ...row, undos: row.undos + 1 }])),
    /two rows that were exported at the same time and/,
  );
  assert.match(bad(jsonLines([...first, ...first.map((each) => ({ ...each, user: "b".repeat(16) }))])), /another name/);
  assert.match(bad("PAR1 and nothing"), /can't be read/);
  assert.match(run("team", join(folder, "nowhere.jsonl")).stderr, /There is no file/);
  assert.match(run("team", "--sums", fileOf(jsonLines(people.flat()))).stderr, /line 1: that is no line of sums/);
  assert.equal(run("team").status, 2);
  assert.equal(run("team", "--ranking", "x").status, 2);
  assert.equal(run("blocks", "x.db", "--out", "x.txt").status, 2);
});
