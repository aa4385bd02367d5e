/** What the index knows of its files, kept on the disk from one session to the next, and what is searched by words. */

import { chmodSync, mkdirSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { FileFacts } from "../context/index/facts.ts";
import type { Chunk } from "../context/retrieval/chunks.ts";
import { searchWords } from "../context/retrieval/searchWords.ts";
import { prepareSchema } from "./storeSchema.ts";

export interface StoredFile {
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
  readonly facts: FileFacts;
}

export interface FileToStore extends StoredFile {
  readonly chunks: readonly Chunk[];
}

export interface StoredChunk {
  readonly path: string;
  /** From 0. */
  readonly line: number;
  /** The first line after it. */
  readonly endLine: number;
}

/**
 * One row a file, and its chunks in a table of SQLite's full-text search, which has their words and not their text. What
 * was written is there after a crash, of this process or of the machine but for the last moments (write-ahead log,
 * `synchronous = NORMAL`). A file that is no database is made anew, and so is what is in one of another version.
 */
export class IndexStore {
  readonly #file: string | undefined;
  readonly #database: DatabaseSync;
  readonly #statements: Statements;

  /**
   * @param file without one, a database that SQLite keeps in memory, or in a file of its own where it grows
   * @throws where nothing can be written there, or another window holds it for too long
   */
  constructor(file: string | undefined) {
    this.#file = file;
    if (file === undefined) this.#database = opened("");
    else {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      this.#database = openedOrMade(file);
      // Signatures may have secrets in them, and are nobody else's business anyway.
      chmodSync(file, 0o600);
    }
    this.#statements = prepared(this.#database);
  }

  /** Another session will find it. */
  get keeps(): boolean {
    return this.#file !== undefined;
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
  put(files: readonly FileToStore[]): void {
    const { putFile, putChunk, putWords } = this.#statements;
    this.#together(() => {
      for (const { path, size, mtimeMs, facts, chunks } of files) {
        // Nobody reads it again where nothing is kept.
        putFile.run(path, size, mtimeMs, this.keeps ? JSON.stringify(facts) : "");
        this.#removeChunks(path);
        const pathWords = Array.from(searchWords(path)).join(" ");
        for (const { line, endLine, names, words } of chunks) {
          const { lastInsertRowid } = putChunk.run(path, line, endLine);
          putWords.run(lastInsertRowid, names, pathWords, words);
        }
      }
    });
  }

  remove(paths: readonly string[]): void {
    this.#together(() => {
      for (const path of paths) {
        this.#statements.removeFile.run(path);
        this.#removeChunks(path);
      }
    });
  }

  clear(): void {
    this.#together(() => {
      this.#database.exec("DELETE FROM files; DELETE FROM chunks; INSERT INTO words (words) VALUES ('delete-all')");
    });
  }

  /** Chunks that have at least one of the words (as `searchWords` gives them), by BM25, the best first. */
  search(words: readonly string[], most: number): readonly StoredChunk[] {
    if (words.length === 0) return [];
    const match = words.map((word) => `"${word.replaceAll('"', "")}"`).join(" OR ");
    return this.#statements.search.all(match, most).map((row) => ({
      path: String(row["path"]),
      line: Number(row["line"]),
      endLine: Number(row["endLine"]),
    }));
  }

  /** On the disk. */
  get bytes(): number {
    const { keeps } = this;
    return ENDINGS.reduce(
      (sum, ending) => sum + (keeps ? (statSync(this.#file + ending, { throwIfNoEntry: false })?.size ?? 0) : 0),
      0,
    );
  }

  trim(): void {
    this.#database.exec("PRAGMA shrink_memory");
  }

  close(): void {
    this.#database.close();
  }

  #removeChunks(path: string): void {
    const { chunksOf, removeWords, removeChunks } = this.#statements;
    for (const { id } of chunksOf.all(path)) removeWords.run(Number(id));
    removeChunks.run(path);
  }

  #together(work: () => void): void {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      work();
      this.#database.exec("COMMIT");
    } catch (error) {
      this.#rollBack();
      throw error;
    }
  }

  #rollBack(): void {
    try {
      this.#database.exec("ROLLBACK");
    } catch {
      // On a full disk, among others, SQLite has done so already. The error that matters is the one before.
    }
  }
}

type Statements = Readonly<Record<keyof typeof texts, StatementSync>>;

const texts = {
  putFile:
    "INSERT INTO files (path, size, mtime, facts) VALUES (?, ?, ?, ?) " +
    "ON CONFLICT (path) DO UPDATE SET size = excluded.size, mtime = excluded.mtime, facts = excluded.facts",
  removeFile: "DELETE FROM files WHERE path = ?",
  putChunk: "INSERT INTO chunks (path, line, endLine) VALUES (?, ?, ?)",
  putWords: "INSERT INTO words (rowid, names, path, body) VALUES (?, ?, ?, ?)",
  chunksOf: "SELECT id FROM chunks WHERE path = ?",
  removeWords: "DELETE FROM words WHERE rowid = ?",
  removeChunks: "DELETE FROM chunks WHERE path = ?",
  // What something is called says more of it than what stands in it.
  search:
    "SELECT chunks.path, line, endLine FROM " +
    "(SELECT rowid, bm25(words, 4.0, 2.0, 1.0) AS score FROM words WHERE words MATCH ? ORDER BY score LIMIT ?) AS found " +
    "JOIN chunks ON chunks.id = found.rowid ORDER BY found.score",
} as const;

function prepared(database: DatabaseSync): Statements {
  const entries = Object.entries(texts).map(([name, text]) => [name, database.prepare(text)]);
  return Object.fromEntries(entries) as Statements;
}

function openedOrMade(file: string): DatabaseSync {
  try {
    return opened(file);
  } catch (error) {
    // Whatever else is wrong, such as another window's writing in it for too long, is no reason to take it from others.
    if (!isDamage(error)) throw error;
    removeDatabase(file);
    return opened(file);
  }
}

function opened(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  try {
    prepareSchema(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** @throws where another process holds it, on Windows */
export function removeDatabase(file: string): void {
  for (const ending of ENDINGS) rmSync(file + ending, { force: true });
}

/** True for an error by which a file is no database, or a broken one. */
export function isDamage(error: unknown): boolean {
  const code = error instanceof Error && "errcode" in error ? Number(error.errcode) : 0;
  // The lowest byte is the kind; the others say more of it.
  return code % 256 === SQLITE_CORRUPT || code % 256 === SQLITE_NOTADB;
}

const ENDINGS = ["", "-wal", "-shm"];
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;
