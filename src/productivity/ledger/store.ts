/** Writes to an open ledger. Synchronous: it lives in a thread of its own. */

import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { LedgerRecord } from "../records.ts";
import type { Batch, PendingChange } from "./batches.ts";
import { WrittenNames } from "./names.ts";
import { ClaimedAccepts } from "./pendingAccepts.ts";
import { RowWriter, UnfitRecord } from "./rows.ts";
import { dataTablesOf, rollBack } from "./schema.ts";

export class LedgerStore {
  readonly database: DatabaseSync;
  readonly claims: ClaimedAccepts;
  readonly #names: WrittenNames;
  readonly #rows: RowWriter;
  readonly #lastBatch: StatementSync;
  readonly #putBatch: StatementSync;
  readonly #generation: StatementSync;
  #knownGeneration = 0;

  /** @param owner who claims pending accepts: the session */
  constructor(database: DatabaseSync, owner: string) {
    this.database = database;
    this.#names = new WrittenNames(database);
    this.#rows = new RowWriter(database, this.#names);
    this.claims = new ClaimedAccepts(database, owner);
    this.#lastBatch = database.prepare("SELECT batch FROM writers WHERE writer = ?");
    this.#putBatch = database.prepare(
      "INSERT INTO writers (writer, batch, atMs) VALUES (?, ?, ?) " +
        "ON CONFLICT (writer) DO UPDATE SET batch = excluded.batch, atMs = excluded.atMs",
    );
    this.#generation = database.prepare("SELECT value FROM meta WHERE key = 'generation'");
  }

  /**
   * All of it or none, and once only. After it returns a kill of the process loses nothing of it; where it is durable, or one
   * that comes after it is, neither does a power failure.
   *
   * @returns how many records are not ones, and were left out
   * @throws where it can't be written
   */
  append(batch: Batch, nowMs: number): number {
    if (!batch.isDurable) return this.#write(batch, nowMs);
    this.database.exec("PRAGMA synchronous = FULL");
    try {
      return this.#write(batch, nowMs);
    } finally {
      this.database.exec("PRAGMA synchronous = NORMAL");
    }
  }

  /**
   * Nothing is left, of any window, but what the others have not written yet. In the file neither.
   *
   * @returns false where another process reads at the moment: the rows are gone, yet the file beside it may have some for a while
   */
  deleteAll(): boolean {
    const { database } = this;
    this.#together(() => {
      for (const table of dataTablesOf(database)) {
        if (table !== "meta") database.exec(`DELETE FROM "${table}"`);
      }
      // By this the others know that the names they remember are gone.
      database.exec(
        "INSERT INTO meta (key, value) VALUES ('generation', 1) ON CONFLICT (key) DO UPDATE SET value = value + 1; " +
          "DELETE FROM meta WHERE key <> 'generation'",
      );
    });
    this.#names.forget();
    database.exec("VACUUM");
    return Number(database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get()?.["busy"]) === 0;
  }

  /** With it, what it has claimed is anybody's. */
  close(): void {
    try {
      this.claims.release();
    } finally {
      this.database.close();
    }
  }

  #write({ writer, number, records, pending }: Batch, nowMs: number): number {
    let unfit = 0;
    this.#together(() => {
      const last = Number(this.#lastBatch.get(writer)?.["batch"] ?? -1);
      if (last >= number) return;
      this.#heedDeletion();
      for (const record of records) if (!this.#put(record)) unfit += 1;
      for (const change of pending) this.#change(change, nowMs);
      this.#putBatch.run(writer, number, nowMs);
    });
    return unfit;
  }

  #put(record: LedgerRecord): boolean {
    try {
      this.#rows.put(record);
      return true;
    } catch (error) {
      // One that is wrong must not keep the others from being written.
      if (error instanceof UnfitRecord) return false;
      throw error;
    }
  }

  #change(change: PendingChange, nowMs: number): void {
    if (change.kind === "remove") this.claims.remove(change.accept);
    else if (change.kind === "renew") this.claims.renew(change.pending, nowMs);
    else this.claims.put(change.pending, nowMs, change.kind === "put");
  }

  #heedDeletion(): void {
    const generation = Number(this.#generation.get()?.["value"] ?? 0);
    if (generation !== this.#knownGeneration) this.#names.forget();
    this.#knownGeneration = generation;
  }

  #together(work: () => void): void {
    this.database.exec("BEGIN IMMEDIATE");
    try {
      work();
      this.database.exec("COMMIT");
    } catch (error) {
      rollBack(this.database);
      // Numbers that were given out in it.
      this.#names.forget();
      throw error;
    }
  }
}
