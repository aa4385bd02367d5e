/** Records as rows of their tables, and back. */

import type { DatabaseSync, SQLOutputValue, StatementSync } from "node:sqlite";
import type { LedgerRecord, RecordKind } from "../records.ts";
import { type FieldColumn, fieldsOf, joinedId, numberOf, recordKinds, splitId, sqlColumnsOf } from "./columns.ts";
import type { ReadNames, WrittenNames } from "./names.ts";

export type Row = Readonly<Record<string, SQLOutputValue>>;
type Value = string | number | boolean | null | undefined;

interface Table {
  readonly insert: StatementSync;
  readonly fields: readonly FieldColumn[];
}

/** Puts records into their tables. */
export class RowWriter {
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #names: WrittenNames;

  constructor(database: DatabaseSync, names: WrittenNames) {
    this.#names = names;
    this.#tables = new Map(
      recordKinds.map((kind) => {
        const columns = sqlColumnsOf(kind);
        const list = columns.map((column) => `"${column}"`).join(", ");
        const marks = columns.map(() => "?").join(", ");
        // What is said twice of an accept is left out; no other table has anything that has to be unique.
        const insert = database.prepare(
          `INSERT INTO "${kind}" (${list}) VALUES (${marks}) ` +
            (kind === "survival" ? 'ON CONFLICT (accept, acceptNumber, "check") DO NOTHING' : ""),
        );
        return [kind, { insert, fields: fieldsOf(kind) }];
      }),
    );
  }

  /** Within a transaction. @throws where a field is missing or none of ours, and where the file can't be written */
  put(record: LedgerRecord): void {
    const table = this.#tables.get(record.kind);
    if (!table) throw new UnfitRecord("There is no table for its kind.");
    table.insert.run(...this.#valuesOf(record, table.fields));
  }

  #valuesOf(record: LedgerRecord, fields: readonly FieldColumn[]): (number | string | null)[] {
    const { atMs } = record;
    if (!Number.isSafeInteger(Math.round(atMs))) throw new UnfitRecord("A record has no time.");
    const values: (number | string | null)[] = [];
    for (const { field, column, isOptional } of fields) {
      const value = (record as unknown as Readonly<Record<string, Value>>)[field];
      // Null where it was JSON meanwhile.
      if (value === undefined || value === null) {
        if (!isOptional) throw new UnfitRecord(`${record.kind}.${field} is missing.`);
        values.push(null);
        if (column === "id") values.push(null);
      } else if (column === "name") values.push(this.#names.numberOf(String(value), atMs));
      else if (column === "id") {
        const [prefix, number] = splitId(String(value));
        values.push(this.#names.numberOf(prefix, atMs), number);
      } else if (column === "text") {
        const text = String(value);
        // Cut, it would be another one.
        if (text.length > MOST_TEXT_CHARS) throw new UnfitRecord(`${record.kind}.${field} is too long.`);
        values.push(text);
      } else {
        const number = Number(value);
        if (!Number.isFinite(number)) throw new UnfitRecord(`${record.kind}.${field} is no number.`);
        const rounded = column === "real" ? number : Math.round(number);
        if (column !== "real" && !Number.isSafeInteger(rounded))
          throw new UnfitRecord(`${record.kind}.${field} is out of all bounds.`);
        values.push(rounded);
      }
    }
    return values;
  }
}

/** One that can't be written, whatever the file is like. */
export class UnfitRecord extends Error {}

/** Also one that a table does not take, which SQLite alone knows: it would take it at no other time. */
export function isUnfit(error: unknown): boolean {
  const { errcode } = error as { readonly errcode?: unknown };
  return error instanceof UnfitRecord || (typeof errcode === "number" && REFUSED.includes(errcode % 256));
}

/** Too long, a constraint, or another type than the column's: https://sqlite.org/rescode.html */
const REFUSED: readonly number[] = [18, 19, 20];

/** The record that a row is, as it was given but for what was rounded. */
export function recordFrom(kind: RecordKind, row: Row, names: ReadNames): LedgerRecord {
  const record: Record<string, Value> = { kind };
  for (const { field, column } of fieldsOf(kind)) {
    const value = row[field];
    if (value === null || value === undefined) record[field] = undefined;
    else if (column === "name") record[field] = names.textOf(Number(value));
    else if (column === "id") record[field] = joinedId(names.textOf(Number(value)), Number(row[numberOf(field)]));
    else if (column === "flag") record[field] = value !== 0;
    else if (column === "text") record[field] = String(value);
    else record[field] = Number(value);
  }
  return record as unknown as LedgerRecord;
}

const MOST_TEXT_CHARS = 20_000;
