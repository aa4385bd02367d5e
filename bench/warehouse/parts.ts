/** One part of the bench of the warehouse, in a process of its own: prints its figures as JSON. */

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/toolchain.mjs";
import type { TeamReport } from "../../src/productivity/team/teamReport.ts";
import { openWarehouse, sumsOf, teamSql, type Warehouse } from "../../test/support/clickHouse.ts";
import { BLOCKS_A_PERSON, insertBlocks } from "../../test/support/generatedBlocks.ts";
import { largestDifference } from "./difference.ts";

const PEOPLE_AT_ONCE = 500;
const PEOPLE_A_FILE = 25;

const [what = "", folder = "", people = ""] = process.argv.slice(2);
const parts: Readonly<Record<string, (warehouse: Warehouse, people: number) => Readonly<Record<string, number>>>> = {
  fill,
  compare,
  ask,
};
using warehouse = openWarehouse(folder);
console.log(JSON.stringify(parts[what]?.(warehouse, Number(people))));

/** Those that are not there yet; people are numbered. */
function fill(filled: Warehouse, wanted: number): Readonly<Record<string, number>> {
  const known = Number(filled.query("SELECT uniqExact(user) FROM block_rows FORMAT TSV"));
  for (let person = known; person < wanted; person += PEOPLE_AT_ONCE) {
    filled.query(insertBlocks(person * BLOCKS_A_PERSON, Math.min(PEOPLE_AT_ONCE, wanted - person) * BLOCKS_A_PERSON));
  }
  filled.query("OPTIMIZE TABLE block_rows FINAL");
  return {};
}

/** The same rows as files and as sums. */
function compare(filled: Warehouse, wanted: number): Readonly<Record<string, number>> {
  for (let person = 0; person < wanted; person += PEOPLE_A_FILE) {
    const [from, to] = [person, person + PEOPLE_A_FILE].map((number) => number.toString(16).padStart(16, "0"));
    filled.query(
      `INSERT INTO FUNCTION file('${join(folder, `rows-${person}.jsonl`)}', JSONEachRow) SELECT * FROM block_rows FINAL
       WHERE user >= '${from}' AND user < '${to}' SETTINGS output_format_json_quote_64bit_integers = 0`,
    );
  }
  const files = readdirSync(folder).filter((name) => name.startsWith("rows-"));
  const ofRows = reported(files.map((name) => join(folder, name)));
  for (const name of files) rmSync(join(folder, name));
  const ofSums = reported(["--sums", sumsFile(sumsOf(filled))]);
  return {
    "warehouse.readRowsS": ofRows.seconds,
    // Of a number of 64 bits there are no more than 16.
    "warehouse.sameDigits": Math.min(16, -Math.log10(largestDifference(ofSums.model, ofRows.model))),
  };
}

function ask(filled: Warehouse): Readonly<Record<string, number>> {
  const before = process.resourceUsage().maxRSS;
  const flaws = measured(() => filled.query(teamSql("flaws.sql")));
  const sums = measured(() => sumsOf(filled));
  const { maxRSS } = process.resourceUsage();
  return {
    "warehouse.sumsS": sums.seconds,
    "warehouse.sumsProcessorS": sums.processorSeconds,
    "warehouse.sumsMemoryMiB": (maxRSS - before) / 1_024,
    "warehouse.flawsS": flaws.seconds,
    "warehouse.verdictS": reported(["--sums", sumsFile(sums.result)]).seconds,
  };
}

function sumsFile(lines: string): string {
  const file = join(folder, "sums.jsonl");
  writeFileSync(file, lines);
  return file;
}

/** As somebody would call it, with the start of Node. */
function reported(args: readonly string[]): { readonly seconds: number; readonly model: TeamReport } {
  const json = join(folder, "report.json");
  const program = join(root, "dist", "pairwise-report.cjs");
  const { seconds } = measured(() => execFileSync(process.execPath, [program, "team", ...args, "--json", json]));
  return { seconds, model: JSON.parse(readFileSync(json, "utf8")) as TeamReport };
}

function measured<Result>(work: () => Result) {
  const [startMs, cpu] = [performance.now(), process.cpuUsage()];
  const result = work();
  const { user, system } = process.cpuUsage(cpu);
  return { result, seconds: (performance.now() - startMs) / 1_000, processorSeconds: (user + system) / 1e6 };
}
