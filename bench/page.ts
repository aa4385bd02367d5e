/** docs/benchmarks.md: what a run has measured takes the place of what stood there, and all else stays as it is. */

import type { Figures } from "./figures.ts";
import { goals } from "./goals.ts";

export interface Run extends Pick<Figures, "figures" | "missing"> {
  /** As in 2026-11-29. */
  readonly day: string;
  /** What was asked for, as in `warehouse`. */
  readonly names: readonly string[];
  /** On what it was measured, in words. */
  readonly machine: string;
}

interface Row {
  readonly key: string;
  readonly text: string;
}

/**
 * The page after the run. Rows that it has not measured keep their figures and their day; so does one that could not be measured here.
 *
 * @throws where the page has no table, no list of runs or no list of what was not taken
 */
export function updatedPage(page: string, run: Run): string {
  const rows = rowsIn(page);
  for (const [key, value] of Object.entries(run.figures)) put(rows, { key, text: rowOf(key, value, run.day) });
  const known = new Set(rows.map(({ key }) => key));
  const missing = { ...missingIn(page), ...run.missing };
  const absent = Object.entries(missing).filter(([key]) => !known.has(key));
  const runs = [...runsIn(page), ...run.names.map((name) => ({ day: run.day, name, machine: run.machine }))];
  return withList(
    withList(withTable(page, rows), RUNS, lastRuns(runs, rows)),
    NOT_TAKEN,
    absent.map(([key, reason]) => `- ${key}: ${reason}`),
  );
}

/** The head is `| figure | what | measured | goal | on |`. */
export const tableOf = ({ figures }: Pick<Figures, "figures">, day: string): string =>
  [...HEAD, ...Object.entries(figures).map(([key, value]) => rowOf(key, value, day))].join("\n");

function rowOf(key: string, value: number, day: string): string {
  const { what, goal } = goals[key] ?? { what: "", goal: "-" };
  return `| ${key} | ${what} | ${Number(value.toPrecision(3)).toLocaleString("en")} | ${goal} | ${day} |`;
}

/** In its own place; one that is new stands behind those of its kind. */
function put(rows: Row[], row: Row): void {
  const own = rows.findIndex(({ key }) => key === row.key);
  if (own >= 0) rows[own] = row;
  else {
    const last = rows.findLastIndex(({ key }) => nameOf(key) === nameOf(row.key));
    rows.splice(last < 0 ? rows.length : last + 1, 0, row);
  }
}

const nameOf = (key: string): string => key.split(".")[0] ?? "";

const HEAD = ["| figure | what | measured | goal | on |", "| --- | --- | --- | --- | --- |"] as const;
const tablePattern = /^\| figure \|.*\n\| --- \|.*\n((?:\|.*\n)*)/m;

function rowsIn(page: string): Row[] {
  const [, body] = tablePattern.exec(page) ?? [];
  if (body === undefined) throw new Error("The page has no table of figures.");
  return body
    .split("\n")
    .filter((text) => text !== "")
    .map((text) => ({ key: text.split(" | ")[0]?.slice(2) ?? "", text }));
}

const withTable = (page: string, rows: readonly Row[]): string =>
  page.replace(tablePattern, () => `${[...HEAD, ...rows.map(({ text }) => text)].join("\n")}\n`);

interface MachineRun {
  readonly day: string;
  readonly name: string;
  readonly machine: string;
}

function runsIn(page: string): readonly MachineRun[] {
  return listIn(page, RUNS).map((line) => {
    const [, day = "", name = "", machine = ""] = /^- (\S+), `(\w+)`: (.*)$/.exec(line) ?? [];
    return { day, name, machine };
  });
}

/** Those of which a figure is there; of one day's the last. */
function lastRuns(runs: readonly MachineRun[], rows: readonly Row[]): readonly string[] {
  const kept = new Map(runs.map((run) => [`${run.name} ${run.day}`, run]));
  return [...kept.values()]
    .filter(({ name, day }) => rows.some(({ key, text }) => nameOf(key) === name && text.endsWith(` ${day} |`)))
    .map(({ day, name, machine }) => `- ${day}, \`${name}\`: ${machine}`);
}

const missingIn = (page: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    listIn(page, NOT_TAKEN).map((line) => {
      const at = line.indexOf(": ");
      return [line.slice(2, at), line.slice(at + 2)];
    }),
  );

const RUNS = "Measured on:";
const NOT_TAKEN = "Not taken:";

const listPattern = (title: string): RegExp => new RegExp(`^${title}\\n\\n((?:- .*(?:\\n|$))*)`, "m");

function listIn(page: string, title: string): readonly string[] {
  const [, body] = listPattern(title).exec(page) ?? [];
  if (body === undefined) throw new Error(`The page has no list "${title}".`);
  return body.split("\n").filter((line) => line !== "");
}

const withList = (page: string, title: string, lines: readonly string[]): string =>
  page.replace(listPattern(title), () => `${title}\n\n${lines.map((line) => `${line}\n`).join("")}`);
