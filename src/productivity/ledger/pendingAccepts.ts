/** Accepts whose survival is followed: by one window each, and by another one when that has ended. */

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { storedVersion } from "../survival/stored.ts";
import type { PendingAccept } from "./batches.ts";
import { together } from "./schema.ts";

/** How long a window that has said nothing still owns what it has claimed. */
export const LEASE_MS = 60_000;
/** How often it says that it is there. */
export const BEAT_MS = 20_000;

export class ClaimedAccepts {
  readonly #database: DatabaseSync;
  readonly #owner: string;
  readonly #put: StatementSync;
  readonly #renew: StatementSync;
  readonly #leave: StatementSync;
  readonly #remove: StatementSync;
  readonly #beat: StatementSync;
  readonly #release: StatementSync;
  readonly #claimFile: StatementSync;
  readonly #claimDue: StatementSync;
  #isOwner = false;

  constructor(database: DatabaseSync, owner: string) {
    this.#database = database;
    this.#owner = owner;
    this.#put = database.prepare(
      "INSERT INTO pending (accept, file, dueMs, value, owner) VALUES (:accept, :file, :dueMs, :value, :owner) ON CONFLICT (accept) DO UPDATE " +
        "SET file = excluded.file, dueMs = excluded.dueMs, value = excluded.value, owner = excluded.owner " +
        // A window that was away for so long that another one has taken it over has no say any more.
        `WHERE pending.owner = excluded.owner OR pending.owner IS NULL OR NOT ${ownerLives}`,
    );
    this.#renew = database.prepare(
      "UPDATE pending SET file = :file, dueMs = :dueMs, value = :value, owner = :owner WHERE accept = :accept " +
        `AND (owner = :owner OR owner IS NULL OR NOT ${ownerLives})`,
    );
    this.#leave = database.prepare("UPDATE pending SET owner = NULL WHERE accept = ? AND owner = ?");
    this.#remove = database.prepare(
      `DELETE FROM pending WHERE accept = :accept AND (owner = :owner OR owner IS NULL OR NOT ${ownerLives})`,
    );
    this.#beat = database.prepare(
      "INSERT INTO owners (owner, untilMs) VALUES (?, ?) ON CONFLICT (owner) DO UPDATE SET untilMs = excluded.untilMs",
    );
    this.#release = database.prepare("DELETE FROM owners WHERE owner = ?");
    const claim = (where: string): StatementSync =>
      database.prepare(
        "UPDATE pending SET owner = :owner WHERE accept IN (SELECT accept FROM pending WHERE " +
          `${where} AND (owner IS NULL OR owner <> :owner AND NOT ${ownerLives}) AND ${isReadable} ORDER BY dueMs LIMIT :most) ` +
          "RETURNING accept, file, dueMs, value",
      );
    this.#claimFile = claim("file = :file");
    this.#claimDue = claim("dueMs <= :dueMs");
  }

  /** Whether others wait for a sign of life. */
  get isOwner(): boolean {
    return this.#isOwner;
  }

  /** Within a transaction, as all that changes one. */
  put({ accept, file, dueMs, value }: PendingAccept, nowMs: number): void {
    if (!this.#isOwner) this.#say(nowMs);
    this.#put.run({ accept, file, dueMs: Math.round(dueMs), value, owner: this.#owner, nowMs });
  }

  /** One that is there already; where it was deleted it stays so. */
  renew({ accept, file, dueMs, value }: PendingAccept, nowMs: number): void {
    if (!this.#isOwner) this.#say(nowMs);
    this.#renew.run({ accept, file, dueMs: Math.round(dueMs), value, owner: this.#owner, nowMs });
  }

  /** It is anybody's. */
  leave(accept: string): void {
    this.#leave.run(accept, this.#owner);
  }

  remove(accept: string, nowMs: number): void {
    this.#remove.run({ accept, owner: this.#owner, nowMs });
  }

  /** What nobody else follows of a file: from now on this window does. One transaction, so two windows never get the same. */
  ofFile(file: string, most: number, nowMs: number): readonly PendingAccept[] {
    return this.#claimed(this.#claimFile, { file }, most, nowMs);
  }

  /** What nobody else follows and somebody should have looked at, whatever file it is in. */
  due(dueMs: number, most: number, nowMs: number): readonly PendingAccept[] {
    return this.#claimed(this.#claimDue, { dueMs }, most, nowMs);
  }

  /** @throws where it can't be written */
  beat(nowMs: number): void {
    together(this.#database, () => this.#say(nowMs));
  }

  /** Everything was deleted, its sign of life too. */
  lapsed(): void {
    this.#isOwner = false;
  }

  release(): void {
    if (this.#isOwner) together(this.#database, () => this.releaseOf(this.#owner));
    this.#isOwner = false;
  }

  /** Within a transaction. What a window has followed that has ended is anybody's at once. */
  releaseOf(owner: string): void {
    this.#release.run(owner);
  }

  #say(nowMs: number): void {
    this.#beat.run(this.#owner, nowMs + LEASE_MS);
    this.#isOwner = true;
  }

  #claimed(
    statement: StatementSync,
    what: Readonly<Record<string, string | number>>,
    most: number,
    nowMs: number,
  ): readonly PendingAccept[] {
    const rows = together(this.#database, () => {
      this.#say(nowMs);
      return statement.all({ ...what, owner: this.#owner, most, nowMs });
    });
    return rows.map((row) => ({
      accept: String(row["accept"]),
      file: String(row["file"]),
      dueMs: Number(row["dueMs"]),
      value: String(row["value"]),
    }));
  }
}

/** What a later version has put in a form of its own waits for that version. */
const isReadable = `CASE WHEN json_valid(value) THEN coalesce(json_extract(value, '$.version'), 0) ELSE 0 END <= ${storedVersion}`;

/** A lease that ends later than any that is given now was given before the clock was put back. */
const ownerLives =
  `EXISTS (SELECT 1 FROM owners WHERE owners.owner = pending.owner AND untilMs > :nowMs ` +
  `AND untilMs <= :nowMs + ${2 * LEASE_MS})`;
