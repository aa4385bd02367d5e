/** Reads the block rows that people have handed in, experiment by experiment: as few of them at a time as their files allow. */

import { closeSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import { blockColumns, type BlockRow } from "../productivity/team/blockRow.ts";
import { blockRowFrom, isRowFlaw, type RowFlaw } from "../productivity/team/blockRowFrom.ts";
import { PARQUET_HEAD, parquetRows } from "../productivity/team/parquet.ts";
import { experimentOf, type ExperimentSums } from "../productivity/team/personSums.ts";
import { figuresOf } from "../productivity/team/sumsLines.ts";

export type TeamTrouble =
  | { readonly kind: "missing"; readonly file: string }
  | { readonly kind: "unreadable"; readonly file: string; readonly detail: string }
  | { readonly kind: "not-json"; readonly file: string; readonly line: number }
  /** Not all half-hours of a group are there. */
  | { readonly kind: "missing-rows"; readonly file: string }
  /** No line of it has a row. */
  | { readonly kind: "no-rows"; readonly file: string }
  | { readonly kind: "unfit-row"; readonly file: string; readonly line: number; readonly flaw: RowFlaw }
  /** Rows of one name that can't be of one experiment. */
  | { readonly kind: "odd-experiment"; readonly file: string; readonly field: "k" | "tier" | "planVersion" | "arm" }
  /** Rows of one half-hour and one time of export that differ: neither is the later one. */
  | { readonly kind: "two-rows"; readonly file: string }
  /** Two experiments have the same half-hours, to the last figure: they are one. */
  | { readonly kind: "same-experiment"; readonly file: string };

export class UnreadableTeamFile extends Error {
  readonly trouble: TeamTrouble;

  constructor(trouble: TeamTrouble) {
    super(trouble.kind);
    this.trouble = trouble;
  }
}

/** An experiment's, by stratum and position. */
type Rows = Map<number, BlockRow>;

/**
 * All experiments in the files. One that is in several of them, as after another export, is read again from all of these together.
 *
 * @throws {UnreadableTeamFile}
 */
export async function experimentsIn(files: readonly string[]): Promise<readonly ExperimentSums[]> {
  const experiments = new Map<string, ExperimentSums>();
  const filesOf = new Map<string, string[]>();
  for (const file of files) {
    for (const [user, rows] of await rowsByUser(file, () => true)) {
      const known = filesOf.get(user);
      if (known) known.push(file);
      else {
        filesOf.set(user, [file]);
        experiments.set(user, checkedExperiment(file, [...rows.values()]));
      }
    }
  }
  await readAgain(experiments, new Map([...filesOf].filter(([, own]) => own.length > 1)));
  const known = new Set<string>();
  for (const [user, experiment] of experiments) {
    if (experiment.sums.strata === 0) continue;
    const figures = figuresOf(experiment);
    if (known.has(figures)) {
      throw new UnreadableTeamFile({ kind: "same-experiment", file: filesOf.get(user)?.at(-1) ?? "" });
    }
    known.add(figures);
  }
  return [...experiments.values()];
}

async function readAgain(
  experiments: Map<string, ExperimentSums>,
  filesOf: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  const several = new Map<string, Rows>();
  for (const file of new Set([...filesOf.values()].flat())) {
    for (const [user, rows] of await rowsByUser(file, (user) => filesOf.has(user))) {
      const all = several.get(user) ?? new Map<number, BlockRow>();
      for (const row of rows.values()) keepLatest(all, row, file);
      several.set(user, all);
    }
  }
  for (const [user, rows] of several) {
    experiments.set(user, checkedExperiment(filesOf.get(user)?.at(-1) ?? "", [...rows.values()]));
  }
}

/** Each half-hour once. */
async function rowsByUser(file: string, isWanted: (user: string) => boolean): Promise<ReadonlyMap<string, Rows>> {
  const users = new Map<string, Rows>();
  let line = 0;
  for await (const values of valuesIn(file)) {
    for (const value of values) {
      line += 1;
      const row = blockRowFrom(value);
      if (isRowFlaw(row)) throw new UnreadableTeamFile({ kind: "unfit-row", file, line, flaw: row });
      if (!isWanted(row.user)) continue;
      const rows = users.get(row.user);
      if (rows) keepLatest(rows, row, file);
      else users.set(row.user, new Map([[keyOf(row), row]]));
    }
  }
  if (line === 0) throw new UnreadableTeamFile({ kind: "no-rows", file });
  return users;
}

/** Of two rows of one half-hour the one that was handed in later counts: more is known of it. */
function keepLatest(rows: Rows, row: BlockRow, file: string): void {
  const known = rows.get(keyOf(row));
  if (!known || known.exportedMs < row.exportedMs) rows.set(keyOf(row), row);
  else if (known.exportedMs === row.exportedMs && blockColumns.some(([field]) => known[field] !== row[field])) {
    throw new UnreadableTeamFile({ kind: "two-rows", file });
  }
}

const keyOf = ({ stratum, position }: BlockRow): number => stratum * POSITIONS + position;

function checkedExperiment(file: string, rows: readonly BlockRow[]): ExperimentSums {
  const [first] = rows;
  const field = (["k", "tier", "planVersion"] as const).find((name) => rows.some((row) => row[name] !== first?.[name]));
  if (field) throw new UnreadableTeamFile({ kind: "odd-experiment", file, field });
  const off = rows.filter(({ arm }) => arm === "off").map(({ stratum }) => stratum);
  if (new Set(off).size < off.length) throw new UnreadableTeamFile({ kind: "odd-experiment", file, field: "arm" });
  const groups = [...Map.groupBy(rows, ({ stratum }) => stratum).values()];
  // What is handed in are groups that have ended, each of them whole.
  if (groups.some((group) => group.some(({ position }) => position >= group.length)))
    throw new UnreadableTeamFile({ kind: "missing-rows", file });
  return experimentOf(rows);
}

/** Many at a time: to wait for each one would take longer than to read it. @throws {UnreadableTeamFile} */
async function* valuesIn(file: string): AsyncGenerator<Iterable<unknown>, void> {
  try {
    if (headOf(file) === PARQUET_HEAD) yield* parquetRows(readFileSync(file));
    else yield jsonLinesIn(file);
  } catch (error) {
    if (error instanceof UnreadableTeamFile) throw error;
    const { code } = error as { readonly code?: unknown };
    if (code === "ENOENT") throw new UnreadableTeamFile({ kind: "missing", file });
    const detail = typeof code === "string" ? code : error instanceof Error ? error.message : String(error);
    throw new UnreadableTeamFile({ kind: "unreadable", file, detail });
  }
}

/** What JSON makes of each line: a part of the file at a time, since no text is as long as some files. */
export function* jsonLinesIn(file: string): Generator<unknown, void> {
  const parse = (text: string, line: number): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      throw new UnreadableTeamFile({ kind: "not-json", file, line });
    }
  };
  const descriptor = openSync(file, "r");
  try {
    const decoder = new StringDecoder("utf8");
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let rest = "";
    let line = 0;
    for (;;) {
      const bytes = readSync(descriptor, chunk);
      const lines = (rest + (bytes > 0 ? decoder.write(chunk.subarray(0, bytes)) : decoder.end())).split("\n");
      // The last one may go on.
      rest = bytes > 0 ? (lines.pop() ?? "") : "";
      for (const text of lines) {
        line += 1;
        // Some programs begin a file with a mark of its encoding.
        if (text !== "") yield parse(line === 1 ? text.replace(/^\uFEFF/, "") : text, line);
      }
      if (bytes === 0) return;
    }
  } finally {
    closeSync(descriptor);
  }
}

function headOf(file: string): string {
  if (!statSync(file).isFile()) throw new UnreadableTeamFile({ kind: "unreadable", file, detail: "EISDIR" });
  const head = Buffer.alloc(PARQUET_HEAD.length);
  const descriptor = openSync(file, "r");
  try {
    readSync(descriptor, head);
  } finally {
    closeSync(descriptor);
  }
  return head.toString("latin1");
}

const CHUNK_BYTES = 1 << 20;
/** More than a stratum has. */
const POSITIONS = 8;
