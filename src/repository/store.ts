/** What the index knows of its files, kept on the disk from one session to the next. */

import { mkdirSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { FACTS_VERSION, type FileFacts } from "../context/index/facts.ts";

export interface StoredFile {
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
  readonly facts: FileFacts;
}

/**
 * One row a file. What was written is there after a crash, of this process or of the machine but for the last moments
 * (write-ahead log, `synchronous = NORMAL`). A file that is no database is made anew, and so is what is in one of another
 * version.
 */
export class IndexStore {
  readonly #file: string;
  readonly #database: DatabaseSync;
  readonly #put: StatementSync;
  readonly #remove: StatementSync;

  /** @throws where nothing can be written there, or another window holds it for too long */
  constructor(file: string) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
    try {
      this.#database = opened(file);
    } catch (error) {
      // Whatever else is wrong, such as another window's writing in it for too long, is no reason to take it from others.
      if (!isNoDatabase(error)) throw error;
      for (const ending of ENDINGS) rmSync(file + ending, { force: true });
      this.#database = opened(file);
    }
    this.#put = this.#database.prepare(
      "INSERT INTO files (path, size, mtime, facts) VALUES (?, ?, ?, ?) " +
        "ON CONFLICT (path) DO UPDATE SET size = excluded.size, mtime = excluded.mtime, facts = excluded.facts",
    );
    this.#remove = this.#database.prepare("DELETE FROM files WHERE path = ?");
  }

  /** One at a time. A row that can't be read is passed over: its file is read anew. */
  *all(): Generator<StoredFile, void, undefined> {
    for (const row of this.#database.prepare("SELECT path, size, mtime, facts FROM files").iterate()) {
      try {
        const facts: FileFacts = JSON.parse(String(row["facts"]));
        yield { path: String(row["path"]), size: Number(row["size"]), mtimeMs: Number(row["mtime"]), facts };
      } catch {
        continue;
      }
    }
  }

  /** All of them or none. */
  put(files: readonly StoredFile[]): void {
    this.#together(() => {
      for (const { path, size, mtimeMs, facts } of files) this.#put.run(path, size, mtimeMs, JSON.stringify(facts));
    });
  }

  remove(paths: readonly string[]): void {
    this.#together(() => {
      for (const path of paths) this.#remove.run(path);
    });
  }

  clear(): void {
    this.#database.exec("DELETE FROM files");
  }

  /** On the disk. */
  get bytes(): number {
    return ENDINGS.reduce(
      (sum, ending) => sum + (statSync(this.#file + ending, { throwIfNoEntry: false })?.size ?? 0),
      0,
    );
  }

  close(): void {
    this.#database.close();
  }

  #together(work: () => void): void {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      work();
      this.#database.exec("COMMIT");
    } catch (error) {
      this.#database.exec("ROLLBACK");
      throw error;
    }
  }
}

function opened(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  try {
    database.exec(`PRAGMA busy_timeout = ${BUSY_MS}; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL`);
    const version = Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
    if (version !== FACTS_VERSION) {
      database.exec(`BEGIN IMMEDIATE; DROP TABLE IF EXISTS files;
        CREATE TABLE files (path TEXT PRIMARY KEY, size INTEGER, mtime REAL, facts TEXT) WITHOUT ROWID;
        PRAGMA user_version = ${FACTS_VERSION}; COMMIT`);
    }
    database.prepare("SELECT path FROM files LIMIT 1").get();
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

const ENDINGS = ["", "-wal", "-shm"];

function isNoDatabase(error: unknown): boolean {
  const code = error instanceof Error && "errcode" in error ? Number(error.errcode) : 0;
  // The lowest byte is the kind; the others say more of it.
  return code % 256 === SQLITE_CORRUPT || code % 256 === SQLITE_NOTADB;
}

const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;
/** Another window writes for some milliseconds at a time. */
const BUSY_MS = 2_000;
