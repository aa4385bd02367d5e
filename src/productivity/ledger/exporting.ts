/** Everything, as files that others read. */

import { createHash, type Hash } from "node:crypto";
import { closeSync, openSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { type Blinded, blindedAt } from "./blinding.ts";
import { recordKinds } from "./columns.ts";
import { csvLine, type CsvValue } from "./csv.ts";
import { type ExportManifest, MANIFEST_FILE } from "./exportManifest.ts";
import { ReadNames } from "./names.ts";
import { keptSinceIn } from "./keptSince.ts";
import { recordFrom } from "./rows.ts";
import { schemaVersion } from "./schema.ts";

export interface ExportWish {
  readonly folder: string;
  readonly format: "csv" | "jsonl";
  /** Since the epoch: what would tell which half-hours that are not over are without suggestions is left out. */
  readonly nowMs: number;
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

/**
 * One file a kind, and one each for the sums of the days and of an experiment's half-hours whose records are gone; beside JSON Lines,
 * which are read as a ledger again, one that says which files belong together. No file is overwritten; all of them are there or none.
 */
export function exportLedger(database: DatabaseSync, { folder, format, nowMs }: ExportWish): Exported {
  const made: string[] = [];
  let file = "";
  // In one transaction, so that the files are of one moment.
  database.exec("BEGIN");
  try {
    let records = 0;
    const digests: Record<string, string> = {};
    for (const source of sourcesOf(database, blindedAt(database, nowMs))) {
      if (source.count === 0) continue;
      file = `pairwise-ledger-${source.name}.${format}`;
      const descriptor = openSync(join(folder, file), "wx", 0o600);
      made.push(file);
      let written = 0;
      try {
        const digest = createHash("sha256");
        written = writeRows(descriptor, source.rows(), format, digest);
        if (written > 0) digests[file] = digest.digest("hex");
      } finally {
        closeSync(descriptor);
      }
      records += written;
      if (written > 0) continue;
      // All of its records are such as can't be seen yet.
      rmSync(join(folder, file));
      made.pop();
    }
    if (format === "jsonl" && made.length > 0) {
      file = MANIFEST_FILE;
      const keptSinceMs = keptSinceIn(database);
      const manifest: ExportManifest = {
        manifest: 1,
        schema: schemaVersion,
        sha256: digests,
        ...(keptSinceMs !== undefined && { keptSinceMs }),
      };
      const descriptor = openSync(join(folder, file), "wx", 0o600);
      made.push(file);
      try {
        writeFileSync(descriptor, `${JSON.stringify(manifest)}\n`);
      } finally {
        closeSync(descriptor);
      }
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

function sourcesOf(database: DatabaseSync, blinded: Blinded): readonly Source[] {
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
      for (const row of all.iterate()) {
        const record = blinded(recordFrom(kind, row, names));
        if (record) yield { at: String(row["at"]), ...record };
      }
    },
  }));
  const days = {
    name: "days",
    count: countOf("days"),
    rows: () =>
      database.prepare("SELECT day, measure, value FROM days ORDER BY day, measure").iterate() as Iterable<Fields>,
  };
  const keptSlots = {
    name: "kept-slots",
    count: countOf("keptSlots"),
    rows: () => database.prepare("SELECT slotMs, sums FROM keptSlots ORDER BY slotMs").iterate() as Iterable<Fields>,
  };
  const keptTrials = {
    name: "kept-trials",
    count: countOf("keptTrials"),
    rows: () =>
      database
        .prepare("SELECT * FROM keptTrials ORDER BY experiment, session, isShown, state, bin")
        .iterate() as Iterable<Fields>,
  };
  return [...records, days, keptSlots, keptTrials];
}

/** @returns how many */
function writeRows(descriptor: number, rows: Iterable<Fields>, format: ExportWish["format"], digest: Hash): number {
  const write = (text: string): void => {
    writeFileSync(descriptor, text);
    digest.update(text);
  };
  let text = "";
  let written = 0;
  for (const row of rows) {
    if (format === "jsonl") text += `${JSON.stringify(row)}\n`;
    else {
      if (written === 0) text += csvLine(Object.keys(row));
      text += csvLine(Object.values(row));
    }
    written += 1;
    if (text.length < CHUNK_CHARS) continue;
    write(text);
    text = "";
  }
  write(text);
  return written;
}

const CHUNK_CHARS = 1_000_000;
