/** Rows that others have handed in, before anything is computed of them. */

import { isSlot } from "../experiment/slots.ts";
import { BLOCK_SCHEMA, type BlockField, type BlockRow, blockColumns, type ColumnKind } from "./blockRow.ts";
import { leftOutFields } from "./personSums.ts";

export type RowFlaw =
  /** No row of blocks at all. */
  | { readonly kind: "no-row" }
  /** Of a form that is not known here. */
  | { readonly kind: "newer" }
  /** A field that is missing, or can't be what it says. */
  | { readonly kind: "unfit-field"; readonly field: string };

/** The row, without any fields that it does not need to have. */
export function blockRowFrom(value: unknown): BlockRow | RowFlaw {
  if (typeof value !== "object" || value === null) return { kind: "no-row" };
  const given = value as Readonly<Record<string, unknown>>;
  const { schema } = given;
  if (typeof schema !== "string" || !schema.startsWith("pairwise.blocks/")) return { kind: "no-row" };
  if (schema !== BLOCK_SCHEMA) return { kind: "newer" };
  for (const [field, kind] of blockColumns) {
    if (!isOf(kind, given[field])) return { kind: "unfit-field", field };
  }
  // Most have nothing else, and there may be millions of them.
  const isExact = Object.keys(given).length === blockColumns.length;
  const row = (isExact
    ? given
    : Object.fromEntries(blockColumns.map(([field]) => [field, given[field]]))) as unknown as BlockRow;
  const unfit = oddField(row);
  return unfit ? { kind: "unfit-field", field: unfit } : row;
}

export const isRowFlaw = (row: BlockRow | RowFlaw): row is RowFlaw => "kind" in row;

function isOf(kind: ColumnKind, value: unknown): boolean {
  switch (kind) {
    case "text":
      return typeof value === "string";
    case "truth":
      return typeof value === "boolean";
    case "whole":
      return Number.isSafeInteger(value) && (value as number) >= 0;
    case "number":
      return typeof value === "number" && value >= 0 && value <= MOST_CHARS;
  }
}

/** A field whose value none of a block can be. */
function oddField(row: BlockRow): BlockField | undefined {
  if (!/^[0-9a-f]{16}$/.test(row.user)) return "user";
  if (!DAY.test(row.day)) return "day";
  if (!isSlot(row.slotMs)) return "slotMs";
  if (row.k !== 2 && row.k !== 5) return "k";
  if (row.position >= row.k) return "position";
  if (row.arm !== "on" && row.arm !== "off") return "arm";
  if (row.qualifies !== (row.whyNot === "")) return "whyNot";
  if (row.whyNot !== "" && !Object.hasOwn(leftOutFields, row.whyNot)) return "whyNot";
  const tooMany = counts.find((field) => row[field] > MOST_COUNTED);
  if (tooMany) return tooMany;
  // What qualifies is divided by them.
  return row.qualifies ? times.find((time) => row[time] <= 0) : undefined;
}

const times = ["active120Ms", "active60Ms", "active300Ms", "focusedMs"] as const;
const counts = [
  ...times,
  "writtenChars",
  "unknownChars",
  "excludedChars",
  "manualTriggers",
  "shown",
  "accepts",
  "heldBack",
  "newErrors",
  "undos",
  "changes",
  "dayOldAiChars",
  "churnedAiChars",
] as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** In half an hour nobody leaves more; its logarithm is within what the sums can hold. */
const MOST_CHARS = 1e9;
/** Nor does anything else in it reach that. The warehouse's table refuses both as well. */
const MOST_COUNTED = 1e9;
