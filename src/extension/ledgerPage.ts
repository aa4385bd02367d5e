/** The ledger's last events as a page of plain text. */

import * as vscode from "vscode";
import type { LedgerRecord, RecordKind } from "../productivity/records.ts";
import { columnWords, kindWords, type ColumnName } from "./ledgerWords.ts";

/** Columns that have a time, and what they are called when they have it in words. */
const times: Readonly<Record<string, string>> = { atMs: "at", fromMs: "from", toMs: "to" };

/**
 * First what the kinds and columns mean that there are, then a table for each kind, newest first.
 *
 * @param records newest first
 * @param introduction paragraphs
 */
export function ledgerPage(records: readonly LedgerRecord[], introduction: readonly string[]): string {
  const byKind = Map.groupBy(records, ({ kind }) => kind);
  const sections = Array.from(byKind, ([kind, ofKind]) => tableOf(kind, ofKind));
  return [...introduction, ...legendsOf(byKind), ...sections, ""].join("\n\n");
}

function legendsOf(byKind: ReadonlyMap<RecordKind, readonly LedgerRecord[]>): string[] {
  if (byKind.size === 0) return [];
  const kinds = Array.from(byKind.keys());
  const columns = kinds.flatMap((kind) => namesOf(byKind.get(kind)).map((name) => ({ kind, name })));
  // What all of them have is said once.
  const shared = SHARED.filter((name) => columns.some((column) => column.name === name));
  const legend = (kind: RecordKind, names: readonly ColumnName[]): string[] =>
    aligned(names.map((name) => [`  ${titleOf(name)}`, columnWords(kind, name)]));
  const own = kinds.flatMap((kind) => [
    `${kind}: ${kindWords(kind)}`,
    ...legend(
      kind,
      namesOf(byKind.get(kind)).filter((name) => !SHARED.includes(name)),
    ),
  ]);
  const [first = "activity"] = kinds;
  return [[vscode.l10n.t("What is the same in all:"), ...legend(first, shared)].join("\n"), own.join("\n")];
}

function tableOf(kind: RecordKind, records: readonly LedgerRecord[]): string {
  const names = namesOf(records);
  const rows = records.map((record) => {
    const values = record as unknown as Readonly<Record<string, unknown>>;
    return names.map((name) => cellOf(name, values[name]));
  });
  const rule = "─".repeat(kind.length);
  return [kind, rule, ...aligned([names.map(titleOf), ...rows])].join("\n");
}

function namesOf(records: readonly LedgerRecord[] | undefined): readonly ColumnName[] {
  const [first] = records ?? [];
  return first ? (Object.keys(first).filter((name) => name !== "kind") as ColumnName[]) : [];
}

const titleOf = (name: ColumnName): string => times[name] ?? name;

function cellOf(name: ColumnName, value: unknown): string {
  if (value === undefined || value === "") return "-";
  if (name in times && typeof value === "number") return timeWords(value);
  if (typeof value === "number" && !Number.isInteger(value)) return value.toFixed(2);
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** In the user's time zone, so that it sorts. */
function timeWords(atMs: number): string {
  const at = new Date(atMs);
  const two = (part: number): string => String(part).padStart(2, "0");
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join("-");
  return `${day} ${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(":")}`;
}

/** All but the last column are as wide as their widest cell. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  return rows.map((row) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

const SHARED: readonly ColumnName[] = ["atMs", "session", "file", "project", "language"];
