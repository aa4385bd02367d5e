/** Rows that others have handed in, before anything is computed of them. */

import { BLOCK_SCHEMA, BLOCK_SCHEMA_WITHOUT_PERSON, type BlockRow, blockColumns, type ColumnKind } from "./blockRow.ts";
import { type RowLimit, rowLimits } from "./rowLimits.ts";

export type RowFlaw =
  /** No row of blocks at all. */
  | { readonly kind: "no-row" }
  /** Of a form that is not known here. */
  | { readonly kind: "newer" }
  /** A field that is missing, or is of another type. */
  | { readonly kind: "unfit-field"; readonly field: string }
  /** Nobody is to hand in more than they were shown, such as a name. */
  | { readonly kind: "extra-field"; readonly field: string }
  /** Of no half-hour. */
  | { readonly kind: "impossible"; readonly field: string; readonly limit: RowLimit };

/** Of the first form the experiment's name is the person's, too. */
export function blockRowFrom(value: unknown): BlockRow | RowFlaw {
  if (typeof value !== "object" || value === null) return { kind: "no-row" };
  const { schema } = value as Readonly<Record<string, unknown>>;
  if (typeof schema !== "string" || !schema.startsWith("pairwise.blocks/")) return { kind: "no-row" };
  if (schema !== BLOCK_SCHEMA && schema !== BLOCK_SCHEMA_WITHOUT_PERSON) return { kind: "newer" };
  const given = schema === BLOCK_SCHEMA ? (value as Readonly<Record<string, unknown>>) : withPerson(value);
  for (const [field, kind] of blockColumns) {
    if (!isOf(kind, given[field])) return { kind: "unfit-field", field };
  }
  const names = Object.keys(given);
  // Most have nothing else, and there may be millions of them.
  if (names.length !== blockColumns.length) {
    const extra = names.find((name) => !columnNames.has(name));
    if (extra !== undefined) return { kind: "extra-field", field: extra };
  }
  const row = given as unknown as BlockRow;
  const broken = rowLimits.find(({ isKept }) => !isKept(row));
  return broken ? { kind: "impossible", field: broken.field, limit: broken.limit } : row;
}

export const isRowFlaw = (row: BlockRow | RowFlaw): row is RowFlaw => "kind" in row;

function withPerson(value: object): Readonly<Record<string, unknown>> {
  const given = value as Readonly<Record<string, unknown>>;
  return { ...given, schema: BLOCK_SCHEMA, person: given["user"] };
}

function isOf(kind: ColumnKind, value: unknown): boolean {
  switch (kind) {
    case "text":
      return typeof value === "string";
    case "truth":
      return typeof value === "boolean";
    case "whole":
      return Number.isSafeInteger(value) && (value as number) >= 0;
    case "number":
      return Number.isFinite(value) && (value as number) >= 0;
  }
}

const columnNames: ReadonlySet<string> = new Set(blockColumns.map(([field]) => field));
