/** Since when the ledger has each event by itself: of what was before there are only sums. */

import type { DatabaseSync } from "node:sqlite";

/** Since the epoch; undefined where nothing was ever removed. */
export function keptSinceIn(database: DatabaseSync): number | undefined {
  const kept = database.prepare("SELECT value FROM meta WHERE key = 'keptSinceMs'").get()?.["value"];
  return typeof kept === "number" ? kept : undefined;
}

export function setKeptSince(database: DatabaseSync, sinceMs: number): void {
  database
    .prepare(
      "INSERT INTO meta (key, value) VALUES ('keptSinceMs', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    )
    .run(sinceMs);
}
