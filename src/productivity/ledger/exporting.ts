/** Everything, as files that others read. */

import { closeSync, openSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { recordKinds } from "./columns.ts";
import { csvLine, type CsvValue } from "./csv.ts";
import { ReadNames } from "./names.ts";
import { recordFrom } from "./rows.ts";

export interface ExportWish {
  readonly folder: string;
  readonly format: "csv" | "jsonl";
}

export type Exported =
  /** Names of files in the folder, and how many records they have in all. A kind without records has no file. */
  | { readonly kind: "exported"; readonly files: readonly string[]; readonly records: number }
  /** Nothing has been written; `file` is what is in the way, where it is that (`EEXIST`). */
  | { readonly kind: "failed"; readonly file: string; readonly code: string };

type Fields = Readonly<Record<string, CsvValue>>;

interface Source {
  readonly name: string;
  readonly count: number;
  rows(): Iterable<Fields>;
}

/** One file a kind, and one for the sums of the days whose records are gone. No file is overwritten; all of them are there or none. */
export function exportLedger(database: DatabaseSync, { folder, format }: ExportWish): Exported {
  const made: string[] = [];
  let file = "";
  // In one transaction, so that the files are of one moment.
  database.exec("BEGIN");
  try {
    let records = 0;
    for (const source of sourcesOf(database)) {
      if (source.count === 0) continue;
      file = `pairwise-ledger-${source.name}.${format}`;
      const descriptor = openSync(join(folder, file), "wx", 0o600);
      made.push(file);
      try {
        writeRows(descriptor, source.rows(), format);
      } finally {
        closeSync(descriptor);
      }
      records += source.count;
    }
    return { kind: "exported", files: made, records };
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    for (const each of made) rmSync(join(folder, each), { force: true });
    // What is wrong then is the ledger.
    if ("errcode" in (error as object)) throw error;
    return { kind: "failed", file, code: typeof code === "string" ? code : "unknown" };
  } finally {
    database.exec("ROLLBACK");
  }
}

function sourcesOf(database: DatabaseSync): readonly Source[] {
  const names = new ReadNames(database);
  const countOf = (table: string): number =>
    Number(database.prepare(`SELECT count(*) AS count FROM "${table}"`).get()?.["count"]);
  const records = recordKinds.map((kind) => ({
    name: kind,
    count: countOf(kind),
    *rows() {
      // SQLite writes the time for people; spreadsheets read it, too.
      const all = database.prepare(
        `SELECT *, strftime('%Y-%m-%dT%H:%M:%fZ', atMs / 1000.0, 'unixepoch') AS at FROM "${kind}" ORDER BY id`,
      );
      for (const row of all.iterate()) yield { at: String(row["at"]), ...recordFrom(kind, row, names) };
    },
  }));
  const days = {
    name: "days",
    count: countOf("days"),
    rows: () =>
      database.prepare("SELECT day, measure, value FROM days ORDER BY day, measure").iterate() as Iterable<Fields>,
  };
  return [...records, days];
}

function writeRows(descriptor: number, rows: Iterable<Fields>, format: ExportWish["format"]): void {
  let text = "";
  let isFirst = true;
  for (const row of rows) {
    if (format === "jsonl") text += `${JSON.stringify(row)}\n`;
    else {
      if (isFirst) text += csvLine(Object.keys(row));
      text += csvLine(Object.values(row));
    }
    isFirst = false;
    if (text.length < CHUNK_CHARS) continue;
    writeFileSync(descriptor, text);
    text = "";
  }
  writeFileSync(descriptor, text);
}

const CHUNK_CHARS = 1_000_000;
