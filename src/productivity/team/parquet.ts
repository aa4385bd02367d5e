/** Block rows as Parquet, for warehouses and data frames: the same columns as the lines of JSON have. */

import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { type BasicType, parquetWriteBuffer } from "hyparquet-writer";
import { type BlockRow, blockColumns, type ColumnKind } from "./blockRow.ts";

const types: Readonly<Record<ColumnKind, BasicType>> = {
  text: "STRING",
  whole: "INT64",
  number: "DOUBLE",
  truth: "BOOLEAN",
};

/** Snappy, with no value missing in any column. */
export function parquetOf(rows: readonly BlockRow[]): Uint8Array {
  const columnData = blockColumns.map(([name, kind]) => ({
    name,
    type: types[kind],
    nullable: false,
    data: rows.map((row) => (kind === "whole" ? BigInt(row[name] as number) : row[name])),
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData, createdBy: "Pairwise" }));
}

/** Parquet begins and ends with it. */
export const PARQUET_HEAD = "PAR1";

/**
 * The file's rows, a group of them at a time, as they would be in JSON; what they are is to be looked at yet. Of compressions it
 * reads Snappy and none.
 *
 * @throws {Error} where the file is none, or is compressed otherwise
 */
export async function* parquetRows(file: Uint8Array): AsyncGenerator<readonly unknown[], void> {
  const buffer = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer;
  const metadata = parquetMetadata(buffer);
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    yield (await parquetReadObjects({ file: buffer, metadata, rowStart, rowEnd })).map(plain);
    rowStart = rowEnd;
  }
}

/** Numbers as JSON has them, and days as texts, whatever type a warehouse has given its columns. */
function plain(row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      if (typeof value === "bigint") return [name, Number(value)];
      if (value instanceof Uint8Array) return [name, new TextDecoder().decode(value)];
      return [name, isDay(value) ? value.toISOString().slice(0, 10) : value];
    }),
  );
}

const isDay = (value: unknown): value is { toISOString(): string } =>
  typeof value === "object" && value !== null && "toISOString" in value;
