import type { DatabaseSync } from "node:sqlite";

/** In which something is read already: SQLite has no transaction within another one. */
const reading = new WeakSet<DatabaseSync>();

/** In one transaction, so that all of it is of one moment, whatever is written meanwhile. What is read may do the same in its turn. */
export function atOneMoment<Result>(database: DatabaseSync, read: () => Result): Result {
  if (reading.has(database)) return read();
  database.exec("BEGIN");
  reading.add(database);
  try {
    return read();
  } finally {
    reading.delete(database);
    database.exec("ROLLBACK");
  }
}
