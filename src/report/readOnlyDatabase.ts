/** Opens a database so that nothing is written, neither into it nor beside it. */

import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";

/**
 * SQLite makes files beside a database in WAL mode even where it only reads, and can't read one in a folder in which it may not make
 * them. So one that no program has open is read as one that nobody changes (`immutable`); of one with a log that nobody has open, as
 * after a kill, a copy is read with its log; one that is open elsewhere is read with the files that are there already.
 *
 * Source: https://sqlite.org/uri.html (immutable), https://sqlite.org/wal.html#read_only_databases
 */
export function withReadOnly<Result>(file: string, read: (database: DatabaseSync) => Result): Result {
  const [log, index] = [`${file}-wal`, `${file}-shm`].map((beside) => existsSync(beside));
  if (log && index) return closing(new DatabaseSync(file, { readOnly: true }), read);
  if (log && statSync(`${file}-wal`).size > 0) return withCopy(file, read);
  const address = pathToFileURL(resolve(file));
  address.search = "immutable=1";
  return closing(new DatabaseSync(address, { readOnly: true }), read);
}

/** For its time, a folder of its own that nobody else reads. */
export function withFolder<Result>(use: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), "pairwise-report-"));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function withCopy<Result>(file: string, read: (database: DatabaseSync) => Result): Result {
  return withFolder((folder) => {
    const copy = join(folder, "ledger.db");
    copyFileSync(file, copy);
    copyFileSync(`${file}-wal`, `${copy}-wal`);
    return closing(new DatabaseSync(copy), read);
  });
}

function closing<Result>(database: DatabaseSync, read: (database: DatabaseSync) => Result): Result {
  try {
    return read(database);
  } finally {
    database.close();
  }
}
