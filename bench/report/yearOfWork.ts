/**
 * A ledger of a year: a week of a simulated user's work, over and over, each time as other sessions, with five single
 * suggestions drawn for each that came: this user asks for few.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ledgerFileName } from "../../src/productivity/ledger/fileName.ts";
import { planFrom } from "../../src/productivity/experiment/plan.ts";
import { offPosition } from "../../src/productivity/experiment/schedule.ts";
import { isHeldBackSingly, singleKey } from "../../src/productivity/experiment/singleDraws.ts";
import type { RecordOf } from "../../src/productivity/ledger/columns.ts";
import { sha256 } from "../../src/productivity/ledger/experimentRecords.ts";
import { lastEvents } from "../../src/productivity/ledger/lastEvents.ts";
import type { LedgerStore } from "../../src/productivity/ledger/store.ts";
import type { LedgerRecord } from "../../src/productivity/records.ts";
import { logNormal, type Random, seeded } from "../replay/random.ts";
import { simulatedExperiment, simulatedLedger } from "./simulatedExperiment.ts";

/** Writes so many records into a new ledger, spread over a year, with one experiment through all of it. Returns how many it was. */
export function writeYear(folder: string, events: number): number {
  const template = recordsOfSomeDays();
  const prereg = template.find((record) => record.kind === "prereg");
  if (!prereg) throw new Error("There is no experiment.");
  const random = seeded(1);
  const rounds = Math.max(1, Math.round(events / (template.length + trialsOf(template, prereg, random).length)));
  const store = simulatedLedger(folder);
  let written = 0;
  try {
    const strataAlike = alikeStrata(prereg);
    for (let round = 0; round < rounds; round += 1) {
      // A whole number of days, so that each half-hour stays one.
      const laterMs = Math.round((round * YEAR_DAYS) / rounds) * DAY_MS;
      const stratumOf = strataAlike();
      const records = template.flatMap((record) => again(record, round, laterMs, stratumOf));
      const trials = trialsOf(records, prereg, random);
      append(store, round, [...records, ...trials]);
      written += records.length + trials.length;
    }
    // Beyond the first number that no round had a group for, half-hours would be missing, and the experiment void.
    store.database.exec(
      `DELETE FROM assign WHERE stratum >
         (SELECT min(stratum) FROM assign AS one WHERE stratum + 1 NOT IN (SELECT stratum FROM assign))`,
    );
    store.database.exec("PRAGMA optimize");
  } finally {
    store.close();
  }
  return written;
}

/** As they would have been drawn, with times of half a minute or so; of one in ten it is not known to the end. */
function trialsOf(
  records: readonly LedgerRecord[],
  { experiment, seed }: RecordOf<"prereg">,
  random: Random,
): readonly LedgerRecord[] {
  const keys = new Map<string, { readonly key: string; draws: number }>();
  return records
    .filter((record) => record.kind === "response" && record.outcome === "returned")
    .flatMap((record) => Array.from({ length: DRAWS }, () => record))
    .map(({ session, atMs }): LedgerRecord => {
      const own = keys.get(session) ?? { key: singleKey(seed, session, sha256), draws: 0 };
      keys.set(session, own);
      const draw = own.draws;
      own.draws += 1;
      const isShown = !isHeldBackSingly({ key: own.key, draw, oneIn: 5 }, sha256);
      const isKnown = random() < 0.9;
      return {
        kind: "trial",
        atMs,
        session,
        experiment,
        draw,
        isShown,
        isAsked: false,
        state: isKnown ? "reached" : "censored",
        reason: isKnown ? "" : "document-closed",
        activeMs: Math.round(logNormal(random, isShown ? 25_000 : 30_000, 0.8)),
        survivingChars: isKnown ? 40 : 10,
      };
    });
}

function append(store: LedgerStore, number: number, records: readonly LedgerRecord[]): void {
  const unfit = store.append({ writer: "year", number, records, pending: [], isDurable: false, deletions: 0 }, 1);
  if (unfit > 0) throw new Error(`${unfit} records are none.`);
}

function recordsOfSomeDays(): readonly LedgerRecord[] {
  const folder = mkdtempSync(join(tmpdir(), "pairwise-year-"));
  try {
    const traits = { charsPerMinute: 16, sd: 0.35, sdBetween: 0.3, effect: 1.25, away: 0.08 };
    simulatedExperiment({ folder, traits, seed: 11, tier: 3, strata: MOST_STRATA, mostDays: TEMPLATE_DAYS });
    const database = new DatabaseSync(join(folder, ledgerFileName), { readOnly: true });
    try {
      return lastEvents(database, 10_000_000, undefined).toReversed();
    } finally {
      database.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** In another round; what there is once of an experiment is in the first one alone. */
function again(
  record: LedgerRecord,
  round: number,
  laterMs: number,
  stratumOf: (stratum: number) => number,
): readonly LedgerRecord[] {
  if (round > 0 && once.includes(record.kind)) return [];
  const { session } = record;
  const other = (round * 1_000).toString(16).padStart(4, "0") + session.slice(4);
  const renamed: Record<string, unknown> = { ...record, session: other, atMs: record.atMs + laterMs };
  for (const field of ["run", "accept", "edit"]) {
    const value = renamed[field];
    if (typeof value === "string") renamed[field] = value.replace(session, other);
  }
  if (record.kind === "assign") {
    const slotMs = record.slotMs + laterMs;
    renamed["slotMs"] = slotMs;
    renamed["day"] = new Date(slotMs).toISOString().slice(0, 10);
    renamed["stratum"] = stratumOf(record.stratum);
  }
  return [renamed as unknown as LedgerRecord];
}

/**
 * For each round, what a group of half-hours is called in it: a name that no other has, and by which the seed draws the same of them
 * to be without as it did in the first.
 */
function alikeStrata({ seed, configuration }: RecordOf<"prereg">): () => (stratum: number) => number {
  const k = planFrom(configuration)?.k;
  if (!k) throw new Error("There is no plan.");
  const offOf = (stratum: number): number => offPosition(seed, stratum, k, sha256);
  const lastWith = new Map<number, number>();
  return () => {
    const names = new Map<number, number>();
    return (stratum) => {
      const known = names.get(stratum);
      if (known !== undefined) return known;
      const off = offOf(stratum);
      let name = (lastWith.get(off) ?? -1) + 1;
      while (offOf(name) !== off) name += 1;
      lastWith.set(off, name);
      names.set(stratum, name);
      return name;
    };
  };
}

const once: readonly LedgerRecord["kind"][] = ["prereg", "consent", "belief", "experiment"];
const TEMPLATE_DAYS = 5;
const DRAWS = 5;
/** The experiment goes on all the time: there is none with more blocks. */
const MOST_STRATA = 10_000;
const YEAR_DAYS = 364;
const DAY_MS = 86_400_000;
