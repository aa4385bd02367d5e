/** The tables of the index's database. */

import type { DatabaseSync } from "node:sqlite";
import { FACTS_VERSION } from "../context/index/facts.ts";

/** Counts up when the tables, or what a chunk or a word is, are others than before. */
const TABLES_VERSION = 2;
const VERSION = TABLES_VERSION * 1_000 + FACTS_VERSION;

/** @throws where it is no database, or another window holds it for too long */
export function prepareSchema(database: DatabaseSync): void {
  database.exec(`PRAGMA busy_timeout = ${BUSY_MS}; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL`);
  if (versionOf(database) !== VERSION) {
    database.exec("BEGIN IMMEDIATE");
    // Another window may have made them meanwhile.
    if (versionOf(database) !== VERSION) database.exec(TABLES);
    database.exec("COMMIT");
  }
  database.prepare("SELECT path FROM files LIMIT 1").get();
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
}

/**
 * `words` keeps no text: what is found is read from the file. Porter's stems make "parsing" find `parse`; Chinese comes in
 * words of one and two characters.
 */
const TABLES = `
  DROP TABLE IF EXISTS files; DROP TABLE IF EXISTS chunks; DROP TABLE IF EXISTS words;
  CREATE TABLE files (path TEXT PRIMARY KEY, size INTEGER, mtime REAL, facts TEXT) WITHOUT ROWID;
  CREATE TABLE chunks (id INTEGER PRIMARY KEY, path TEXT, line INTEGER, endLine INTEGER);
  CREATE INDEX chunksByPath ON chunks (path);
  CREATE VIRTUAL TABLE words USING fts5 (names, path, body, content = '', contentless_delete = 1,
    tokenize = "porter unicode61 tokenchars '_$'");
  PRAGMA user_version = ${VERSION};`;

/** Another window writes for some milliseconds at a time. */
const BUSY_MS = 2_000;
