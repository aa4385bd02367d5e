/** Removes records that are older than they may be, once a day, by one window. What they sum up to stays. */

import type { DatabaseSync } from "node:sqlite";
import type { LedgerClock } from "./clock.ts";
import { fieldsOf } from "./columns.ts";
import { addToDay, lastingKinds, type PassingKind, passingKinds } from "./daySums.ts";
import { keepSomeSlots } from "./experimentSlots.ts";
import { keepSomeTrials } from "./experimentTrials.ts";
import { keptSinceIn, setKeptSince } from "./keptSince.ts";
import { DAY_MS } from "./names.ts";
import type { Calendar } from "./opening.ts";
import { together, withRoom } from "./schema.ts";

export interface RetentionOptions {
  readonly clock: LedgerClock;
  readonly calendar: Calendar;
  readonly database: () => DatabaseSync | undefined;
  readonly failed: (error: unknown) => void;
}

/** In steps, between which others get to write. */
export class Retention {
  readonly #options: RetentionOptions;
  /** Until it is known what is wished for, everything is kept. */
  #days: number | undefined;
  #cancel: (() => void) | undefined;

  constructor(options: RetentionOptions) {
    this.#options = options;
  }

  /** @param days 0: for ever */
  keep(days: number): void {
    this.#days = days;
    this.start();
  }

  start(): void {
    this.end();
    if (this.#days !== undefined) this.#cancel = this.#options.clock.after(STEP_MS, () => this.#step());
  }

  end(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #step(): void {
    const { clock, calendar, database, failed } = this.#options;
    const open = database();
    const days = this.#days;
    if (!open || days === undefined) return;
    try {
      const nowMs = clock.nowMs();
      const remove = (): "more" | "done" =>
        days === 0 ? forgetWriters(open, nowMs) : removeSome(open, { days, nowMs, calendar });
      const next = withRoom(open, remove);
      this.#cancel = clock.after(next === "more" ? STEP_MS : LOOK_MS, () => this.#step());
    } catch (error) {
      failed(error);
    }
  }
}

export interface RetentionStep {
  readonly days: number;
  readonly nowMs: number;
  readonly calendar: Calendar;
}

/**
 * Some thousand records of one day at most: a transaction of some ten milliseconds. `done`: for today, whoever did it.
 *
 * @throws where it can't be written
 */
export function removeSome(database: DatabaseSync, { days, nowMs, calendar }: RetentionStep): "more" | "done" {
  const today = calendar.startOfDay(nowMs);
  // Half a day more, since not every day has 24 hours.
  const cutMs = calendar.startOfDay(today - days * DAY_MS + DAY_MS / 2);
  const marker = database.prepare("SELECT value FROM meta WHERE key = ?");
  const keptSince = keptSinceIn(database) ?? 0;
  // Also false where records are to be kept for a shorter time than before.
  const removedOn = Number(marker.get("removedOnMs")?.["value"] ?? 0);
  if (keptSince >= cutMs && removedOn === today) return "done";
  const mark = database.prepare(
    "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
  );
  if (removedOn > 0 && today - removedOn > LEAP_MS) {
    // Somebody was away for long, or the clock is wrong, and all would go at once: it has to say the same a day later.
    const sinceMs = nowMs - Number(marker.get("leaptMs")?.["value"] ?? 0);
    if (sinceMs < 0 || sinceMs > LEAP_MS) together(database, () => mark.run("leaptMs", nowMs));
    if (sinceMs < DAY_MS || sinceMs > LEAP_MS) return "done";
  }
  // Before the first of their records goes.
  if (together(database, () => keepSomeSlots(database, cutMs))) return "more";
  if (together(database, () => keepSomeTrials(database, cutMs))) return "more";
  for (const kind of passingKinds) if (removeSomeOf(database, kind, cutMs, calendar)) return "more";
  together(database, () => {
    database.prepare(`DELETE FROM selfTest WHERE atMs < ? AND id NOT IN (${lastSelfTests})`).run(cutMs);
    // A name is as young as the youngest record with it; two days more, for records that have waited to be written.
    database
      .prepare(`DELETE FROM names WHERE day < ? AND id NOT IN (${lastingNames()})`)
      .run(Math.floor(cutMs / DAY_MS) - 2);
    database.prepare("DELETE FROM writers WHERE atMs < ?").run(Math.min(cutMs, nowMs - DAY_MS));
    database.prepare("DELETE FROM owners WHERE untilMs < ?").run(nowMs - DAY_MS);
    setKeptSince(database, cutMs);
    mark.run("removedOnMs", today);
  });
  return "done";
}

/** Where events are kept for ever: what only says which batches have been written of windows that ended long ago. */
export function forgetWriters(database: DatabaseSync, nowMs: number): "done" {
  const cutMs = nowMs - LONG_AGO_MS;
  const isThere = database.prepare("SELECT 1 FROM writers WHERE atMs < ? LIMIT 1").get(cutMs);
  if (isThere) together(database, () => database.prepare("DELETE FROM writers WHERE atMs < ?").run(cutMs));
  return "done";
}

/** How well this counts is not a day's figure: for each version of the editor the last run of the self-test is kept. */
const lastSelfTests =
  "SELECT selfTest.id FROM selfTest JOIN (SELECT editorVersion, run, runNumber, max(atMs) FROM selfTest GROUP BY editorVersion) " +
  "USING (editorVersion, run, runNumber)";

/** Those of records that stay. An id begins with one, too. */
function lastingNames(): string {
  const named = lastingKinds.flatMap((kind) =>
    fieldsOf(kind).flatMap(({ field, column }) => (column === "name" || column === "id" ? [{ kind, field }] : [])),
  );
  return named.map(({ kind, field }) => `SELECT "${field}" FROM "${kind}"`).join(" UNION ");
}

/** False where there are none. */
function removeSomeOf(database: DatabaseSync, kind: PassingKind, cutMs: number, calendar: Calendar): boolean {
  const oldest = database.prepare(`SELECT min(atMs) AS atMs FROM "${kind}"`);
  const last = database.prepare(
    `SELECT max(atMs) AS atMs FROM (SELECT atMs FROM "${kind}" WHERE atMs < ? ORDER BY atMs LIMIT ${MOST_RECORDS})`,
  );
  return together(database, () => {
    const fromMs = oldest.get()?.["atMs"];
    if (typeof fromMs !== "number" || fromMs >= cutMs) return false;
    const nextDay = calendar.startOfDay(calendar.startOfDay(fromMs) + DAY_MS + DAY_MS / 2);
    const untilMs = Number(last.get(Math.min(nextDay, cutMs))?.["atMs"]);
    addToDay(database, kind, calendar.label(fromMs).slice(0, DAY_CHARS), untilMs);
    database.prepare(`DELETE FROM "${kind}" WHERE atMs <= ?`).run(untilMs);
    return true;
  });
}

/** Nobody waits for it: not while a window starts. */
const STEP_MS = 200;
/** Windows stay open for days. */
const LOOK_MS = 3_600_000;
const MOST_RECORDS = 5_000;
/** Days without any window, from which on a new day is not believed at once. */
const LEAP_MS = 20 * DAY_MS;
const LONG_AGO_MS = 180 * DAY_MS;
/** `2026-11-29`. */
const DAY_CHARS = 10;
