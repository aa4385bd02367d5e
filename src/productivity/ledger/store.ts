/** Writes to an open ledger. Synchronous: it lives in a thread of its own. */

import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { LedgerRecord } from "../records.ts";
import { type Batch, type Deletions, type PendingChange, sinceDeletion } from "./batches.ts";
import { isLocked } from "./failure.ts";
import { WrittenNames } from "./names.ts";
import { ClaimedAccepts } from "./pendingAccepts.ts";
import { isUnfit, RowWriter } from "./rows.ts";
import { dataTablesOf, together, withRoom } from "./schema.ts";

export class LedgerStore {
  readonly database: DatabaseSync;
  readonly claims: ClaimedAccepts;
  readonly #names: WrittenNames;
  readonly #rows: RowWriter;
  readonly #lastBatch: StatementSync;
  readonly #putBatch: StatementSync;
  readonly #meta: StatementSync;
  #knownDeletions = 0;

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
    this.#meta = database.prepare("SELECT value FROM meta WHERE key = ?");
  }

  get deletions(): Deletions {
    const valueOf = (key: string): number => Number(this.#meta.get(key)?.["value"] ?? 0);
    return { count: valueOf("generation"), lastMs: valueOf("deletedMs") };
  }

  /**
   * All of it or none, and once only; without what happened before everything was deleted. After it returns a kill of the
   * process loses nothing of it; where it is durable, or one that comes after it is, neither does a power failure.
   *
   * @returns how many records are not ones, and were left out
   * @throws where it can't be written
   */
  append(batch: Batch, nowMs: number): number {
    return this.#durably(batch.isDurable, () => this.#write(batch, nowMs, true));
  }

  /**
   * Reads and writes as one: nobody else writes in between, and after it returns neither a kill of the process nor a power failure
   * takes anything of it.
   *
   * @throws where it can't be written, and what `work` throws: nothing is written then
   */
  decide<Result>(work: (put: (record: LedgerRecord) => void) => Result): Result {
    return this.#durably(true, () =>
      this.#together(() => {
        this.#heedDeletion();
        return work((record) => this.#rows.put(record));
      }),
    );
  }

  /** As `append`, of a window that has ended: what it followed is anybody's. */
  appendLeft(session: string, batches: readonly Batch[], nowMs: number): number {
    this.#together(() => this.claims.releaseOf(session));
    return batches.reduce((unfit, batch) => unfit + this.#write(batch, nowMs, false), 0);
  }

  /**
   * Nothing is left, of any window. In the file neither. What the others have not written yet of the time before is never written.
   *
   * @returns false where another process reads at the moment: the rows are gone, yet the file or the one beside it may have some
   *   of their bytes for a while
   */
  deleteAll(nowMs: number): boolean {
    return withRoom(this.database, () => this.#deleteAll(nowMs));
  }

  #deleteAll(nowMs: number): boolean {
    const { database } = this;
    this.#together(() => {
      for (const table of dataTablesOf(database)) {
        if (table !== "meta") database.exec(`DELETE FROM "${table}"`);
      }
      // By this the others know that the names they remember are gone, and what they have not written yet.
      database.exec(
        "INSERT INTO meta (key, value) VALUES ('generation', 1) ON CONFLICT (key) DO UPDATE SET value = value + 1; " +
          `INSERT INTO meta (key, value) VALUES ('deletedMs', ${Math.ceil(nowMs)}) ` +
          "ON CONFLICT (key) DO UPDATE SET value = excluded.value; " +
          "DELETE FROM meta WHERE key NOT IN ('generation', 'deletedMs')",
      );
      this.#heedDeletion();
    });
    try {
      database.exec("VACUUM");
    } catch (error) {
      // The rows are gone, and overwritten where they were (`secure_delete`).
      if (isLocked(error)) return false;
      throw error;
    }
    return this.truncated();
  }

  /** Empties the file beside the ledger, into which rows go first. False where another process needs it at the moment. */
  truncated(): boolean {
    try {
      return Number(this.database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get()?.["busy"]) === 0;
    } catch (error) {
      if (isLocked(error)) return false;
      throw error;
    }
  }

  /** With it, what it has claimed is anybody's. */
  close(): void {
    try {
      this.claims.release();
    } finally {
      this.database.close();
    }
  }

  #durably<Result>(isDurable: boolean, write: () => Result): Result {
    if (!isDurable) return write();
    this.database.exec("PRAGMA synchronous = FULL");
    try {
      return write();
    } finally {
      this.database.exec("PRAGMA synchronous = NORMAL");
    }
  }

  /** @param isFollowed whether this window follows what is pending in it */
  #write(batch: Batch, nowMs: number, isFollowed: boolean): number {
    const { writer, number, deletions } = batch;
    return this.#together(() => {
      const last = Number(this.#lastBatch.get(writer)?.["batch"] ?? -1);
      if (last >= number) return 0;
      this.#heedDeletion();
      const { count, lastMs } = this.deletions;
      const { records, pending } = deletions === count ? batch : sinceDeletion(batch, lastMs);
      const unfit = records.filter((record) => !this.#isFit(() => this.#rows.put(record)));
      const odd = pending.filter((change) => !this.#isFit(() => this.#change(change, nowMs, isFollowed)));
      this.#putBatch.run(writer, number, nowMs);
      return unfit.length + odd.length;
    });
  }

  #isFit(put: () => void): boolean {
    try {
      put();
      return true;
    } catch (error) {
      // One that is wrong must not keep the others from being written.
      if (isUnfit(error)) return false;
      throw error;
    }
  }

  #change(change: PendingChange, nowMs: number, isFollowed: boolean): void {
    const { claims } = this;
    if (change.kind === "remove") return claims.remove(change.accept, nowMs);
    if (change.kind === "put") claims.put(change.pending, nowMs);
    else claims.renew(change.pending, nowMs);
    const isLeft = change.kind === "leave" || (change.kind === "put" && change.isLeft === true);
    if (isLeft || !isFollowed) claims.leave(change.pending.accept);
  }

  #heedDeletion(): void {
    const { count } = this.deletions;
    if (count === this.#knownDeletions) return;
    this.#knownDeletions = count;
    this.#names.forget();
    this.claims.lapsed();
  }

  #together<Result>(work: () => Result): Result {
    try {
      return together(this.database, work);
    } catch (error) {
      // Numbers that were given out in it.
      this.#names.forget();
      throw error;
    }
  }
}
