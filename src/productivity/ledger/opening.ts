/** Opens the ledger's file: looks at it first, moves one that is damaged aside, and leaves one of a later version as it is. */

import {
  existsSync,
  mkdirSync,
  type BigIntStats,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type Failure, failureOf, isDamage } from "./failure.ts";
import { diskNowMs, whileLocked } from "./folderLock.ts";
import { ledgerFileName } from "./fileName.ts";
import { APPLICATION_ID, migrate, schemaVersion, versionOf } from "./schema.ts";

/** What the names of files that were moved aside begin with. */
export const movedPrefix = "ledger-damaged-";

export interface Calendar {
  /** The local day and time, as `2026-11-29T13-15-00`: fit for the name of a file. */
  label(atMs: number): string;
  /** Of the local day. */
  startOfDay(atMs: number): number;
}

/** Names of files in the ledger's folder, no paths. */
export interface MovedAside {
  readonly file: string;
  readonly movedTo: string;
  /** When the file that was moved was made: from then on what was counted is not in the new one. */
  readonly sinceMs: number;
}

export type Opened =
  | {
      readonly kind: "open";
      readonly database: DatabaseSync;
      readonly id: FileId;
      readonly moved: MovedAside | undefined;
    }
  | ({ readonly kind: "stopped" } & Failure);

/** By which a file is known as the same: another one in its place has another. */
export interface FileId {
  readonly device: bigint;
  readonly inode: bigint;
  readonly madeMs: number;
}

export interface OpeningOptions {
  readonly folder: string;
  readonly calendar: Calendar;
  /** The file does not become larger: then it counts as full. */
  readonly mostBytes: number;
  /** How long SQLite waits for another process that writes. Nothing can end that but time. */
  readonly busyMs: number;
  readonly nowMs: () => number;
  /** The time as the folder's disk has it; by a file that is made for it where it is not given. */
  readonly diskNowMs?: () => number;
}

const diskClock = ({ folder, diskNowMs: given }: OpeningOptions): (() => number) => given ?? (() => diskNowMs(folder));

/** What is known of files without looking at them. */
export interface KnownFiles {
  /** It was looked through before. */
  readonly whole?: FileId | undefined;
  /** It has turned out to be while it was written to, even if it looks whole. */
  readonly damaged?: FileId | undefined;
}

export function openLedger(options: OpeningOptions, { whole, damaged }: KnownFiles = {}): Opened {
  const file = join(options.folder, ledgerFileName);
  let moved: MovedAside | undefined;
  try {
    mkdirSync(options.folder, { recursive: true, mode: 0o700 });
    ensureFile(options, file);
    const found = idOf(file);
    const isWhole = found !== undefined && isSameFile(found, whole) && found.madeMs === whole?.madeMs;
    const state = found && isSameFile(found, damaged) ? "damaged" : stateOf(file, options, isWhole);
    if (state === "newer") return { kind: "stopped", reason: "newer", detail: "schema" };
    if (state === "damaged" && found) moved = moveAside(options, file, found);
    const database = opened(file, options);
    const id = idOf(file);
    if (!id) throw new Error("gone");
    return { kind: "open", database, id, moved };
  } catch (error) {
    return { kind: "stopped", ...failureOf(error) };
  }
}

export function idOf(file: string): FileId | undefined {
  const stats: BigIntStats | undefined = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stats && { device: stats.dev, inode: stats.ino, madeMs: madeMsOf(stats) };
}

/** Not every file system knows when a file was made: it was when it was written to, or before. */
export const madeMsOf = ({ birthtimeMs, mtimeMs }: TimesOfFile): number => Number(birthtimeMs || mtimeMs);

type TimesOfFile = Readonly<Record<"birthtimeMs" | "mtimeMs", number | bigint>>;

export const isSameFile = (one: FileId, other: FileId | undefined): boolean =>
  one.device === other?.device && one.inode === other.inode;

/**
 * A file whose name was taken away leaves two others, which SQLite would take for those of the next one with that name, while
 * other windows still have them open. So they go first, by one window alone.
 */
function ensureFile(options: OpeningOptions, file: string): void {
  if (existsSync(file)) return;
  whileLocked(options.folder, diskClock(options), () => {
    if (existsSync(file)) return;
    for (const ending of ["-wal", "-shm"]) rmSync(file + ending, { force: true });
    // Figures of somebody's work are nobody else's business.
    writeFileSync(file, "", { flag: "wx", mode: 0o600 });
  });
}

/** Without writing to it. Slow, with a large file: it is read as a whole, but for one that was before (`isWhole`). */
function stateOf(file: string, options: OpeningOptions, isWhole: boolean): "whole" | "damaged" | "newer" {
  const stats = statSync(file);
  // SQLite takes it for a new one. It is, where another window is about to make it.
  if (stats.size === 0) return diskClock(options)() - madeMsOf(stats) < NEW_MS ? "whole" : "damaged";
  try {
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      database.exec(`PRAGMA busy_timeout = ${options.busyMs}`);
      const version = versionOf(database);
      const tables = Number(database.prepare("SELECT count(*) AS tables FROM sqlite_schema").get()?.["tables"]);
      // With nothing in it yet, it is one that another window makes.
      if (version === 0 && tables === 0) return "whole";
      if (Number(database.prepare("PRAGMA application_id").get()?.["application_id"]) !== APPLICATION_ID)
        return "damaged";
      if (version > schemaVersion) return "newer";
      if (isWhole) return "whole";
      // Half as long again as `quick_check`, and it finds values that are others than in the index: 3 of 450 damaged files.
      const found = database.prepare("PRAGMA integrity_check(1)").get()?.["integrity_check"];
      return found === "ok" ? "whole" : "damaged";
    } finally {
      database.close();
    }
  } catch (error) {
    if (isDamage(error)) return "damaged";
    throw error;
  }
}

function opened(file: string, { busyMs, mostBytes }: OpeningOptions): DatabaseSync {
  const database = new DatabaseSync(file);
  try {
    database.exec(`PRAGMA busy_timeout = ${busyMs}; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
      PRAGMA secure_delete = ON; PRAGMA cache_size = -8000; PRAGMA journal_size_limit = 8388608;
      PRAGMA max_page_count = ${Math.ceil(mostBytes / PAGE_BYTES)}`);
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** The name that another window has given it, if it has moved it aside. */
export function movedName(folder: string, id: FileId): string | undefined {
  if (!existsSync(folder)) return undefined;
  return readdirSync(folder).find(
    (name) => name.startsWith(movedPrefix) && name.endsWith(".db") && isSameFile(id, idOf(join(folder, name))),
  );
}

/** To a name that is not taken, with what belongs to it. Nothing of it is overwritten, now or later. */
function moveAside(options: OpeningOptions, file: string, damaged: FileId): MovedAside | undefined {
  const { folder, calendar, nowMs } = options;
  return whileLocked(folder, diskClock(options), () => {
    const found = idOf(file);
    // Another window has done so meanwhile.
    if (!found || !isSameFile(found, damaged)) return undefined;
    const name = `${movedPrefix}${calendar.label(nowMs())}`;
    const free = [name, ...Array.from({ length: 99 }, (_, index) => `${name}-${index + 2}`)].find(
      (each) => !["", "-wal", "-shm"].some((ending) => existsSync(join(folder, `${each}.db${ending}`))),
    );
    if (free === undefined) throw new Error("no name");
    const to = join(folder, `${free}.db`);
    renameSync(file, to);
    for (const ending of ["-wal", "-shm"]) if (existsSync(file + ending)) renameSync(file + ending, to + ending);
    writeFileSync(file, "", { flag: "wx", mode: 0o600 });
    return { file: ledgerFileName, movedTo: basename(to), sinceMs: damaged.madeMs };
  });
}

const PAGE_BYTES = 4_096;
/** In which another window makes the tables of a file that it has just made. */
const NEW_MS = 60_000;
