import type { DatabaseSync } from "node:sqlite";
import type { LedgerRecord, RecordKind } from "../records.ts";
import { recordKinds } from "./columns.ts";
import { ReadNames } from "./names.ts";
import { recordFrom } from "./rows.ts";

/** The newest first. `undefined`: of all kinds. */
export function lastEvents(
  database: DatabaseSync,
  count: number,
  kinds: readonly RecordKind[] | undefined,
): readonly LedgerRecord[] {
  const names = new ReadNames(database);
  const each = (kinds ?? recordKinds).flatMap((kind) =>
    database
      .prepare(`SELECT * FROM "${kind}" ORDER BY atMs DESC, id DESC LIMIT ?`)
      .all(count)
      .map((row) => recordFrom(kind, row, names)),
  );
  return each.toSorted((a, b) => b.atMs - a.atMs).slice(0, count);
}
