/** An experiment of a simulated user, from the first key to the report: through all that counts, and a real ledger. */

import type { Block } from "../../src/productivity/experiment/blocks.ts";
import { planOf } from "../../src/productivity/experiment/plan.ts";
import { experimentBlocksOf } from "../../src/productivity/ledger/experimentBlocks.ts";
import type { ExperimentBlocks } from "../../src/productivity/ledger/experimentQuestions.ts";
import { assignSlot, startExperiment } from "../../src/productivity/ledger/experiments.ts";
import { openLedger } from "../../src/productivity/ledger/opening.ts";
import { type Report, reportOf } from "../../src/productivity/ledger/report.ts";
import { LedgerStore } from "../../src/productivity/ledger/store.ts";
import type { ReportModel } from "../../src/productivity/report/model.ts";
import { reportModel } from "../../src/productivity/report/reportModel.ts";
import { logNormal, type Random, seeded } from "../replay/random.ts";
import { TrueBooks } from "./books.ts";
import { SimulatedWindow } from "./simulatedWindow.ts";
import { type Desk, halfHourOf, type UserTraits, workThrough } from "./simulatedUser.ts";

export interface SimulatedExperimentOptions {
  readonly folder: string;
  readonly traits: UserTraits;
  readonly seed: number;
  readonly strata: number;
  /** 3: a plan in which single suggestions are held back, too; this user's window draws none. */
  readonly tier?: 2 | 3;
  /** After so many days it is looked at, even if it goes on. Otherwise at its end. */
  readonly mostDays?: number;
  /** In all half-hours, whatever was drawn: for a look at what the same user does with suggestions, and without. */
  readonly always?: "on" | "off";
}

export interface SimulatedExperiment {
  readonly report: Report;
  readonly experiment: ExperimentBlocks;
  readonly model: ReportModel;
  /** What was really done in each half-hour. */
  readonly books: TrueBooks;
}

/** @throws where the ledger can't be written */
export function simulatedExperiment(options: SimulatedExperimentOptions): SimulatedExperiment {
  const { folder, seed, strata, tier = 2, mostDays = Infinity } = options;
  const store = simulatedLedger(folder);
  try {
    const random = seeded(seed);
    const books = new TrueBooks();
    startExperiment(
      store,
      {
        experiment: hexOf(random, 16),
        plan: planOf({ tier, k: 2, mostStrata: strata, pairwiseVersion: "1.0.0" }),
        seed: hexOf(random, 64),
        textVersion: 1,
        belief: 1.5,
      },
      { session: sessionOf(seed, 0), nowMs: FIRST_DAY_MS - DAY_MS },
    );
    let day = 0;
    for (let text = ""; day < mostDays; day += 1) {
      const worked = workedDay(store, books, options, day, text);
      if (worked.isCompleted) break;
      // The next morning it is the same file, the one after it another one.
      text = day % 2 === 0 ? worked.text : "";
    }
    const nowMs = FIRST_DAY_MS + (day + 2) * DAY_MS;
    const experiment = experimentBlocksOf(store.database, { experiment: undefined, nowMs });
    if (!experiment) throw new Error("There is no experiment.");
    const report = reportOf(store.database, { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER });
    return { report, experiment, model: reportModel(report, experiment, { nowMs, offsetMinutesAt: () => 0 }), books };
  } finally {
    store.close();
  }
}

function workedDay(
  store: LedgerStore,
  books: TrueBooks,
  { traits, seed, always }: SimulatedExperimentOptions,
  day: number,
  text: string,
): { readonly isCompleted: boolean; readonly text: string } {
  const dayMs = FIRST_DAY_MS + day * DAY_MS;
  const session = sessionOf(seed, day + 1);
  const uri = `file:///shop/${Math.floor(day / 2)}.ts`;
  const window = new SimulatedWindow({ store, books, session, uri, text, nowMs: dayMs - 60_000 });
  const asked = { isCompleted: false };
  // Of how the user is and what they write each half-hour has numbers of its own, so that what was drawn does not change them.
  for (let index = 0; index < SLOTS_A_DAY && !asked.isCompleted; index += 1) {
    const random = seeded(seed * 1_000_003 + day * 101 + index);
    const half = halfHourOf(traits, dayMs + index * SLOT_MS, usualOf(traits, seed, day, index), random);
    if (index === LUNCH) continue;
    const arm = (slotMs: number): "on" | "off" => {
      const worked = { slotMs, day: new Date(slotMs).toISOString().slice(0, 10), zoneOffsetMinutes: 0 };
      const answer = assignSlot(store, worked, { session, nowMs: Math.floor(window.nowMs) });
      asked.isCompleted ||= answer.kind === "none" && answer.why === "completed";
      return always ?? (answer.kind === "assigned" ? answer.assignment.arm : "on");
    };
    const desk: Desk = { window, books, random, arm };
    workThrough(desk, half);
    if (half.awayMs !== undefined) {
      window.passTo(half.slotMs + SLOT_MS - 1_000);
      window.comeBack();
    }
    window.flush();
  }
  window.end();
  return { ...asked, text: window.text };
}

/** How the hour is compared with a usual one: two half-hours of work, between which there may be lunch. */
function usualOf({ sdBetween }: UserTraits, seed: number, day: number, index: number): number {
  const worked = index < LUNCH ? index : index - 1;
  return logNormal(seeded(seed * 7_919 + day * 31 + Math.floor(worked / 2)), 1, sdBetween);
}

/** One that nobody else opens. @throws where it can't be made */
export function simulatedLedger(folder: string): LedgerStore {
  const opened = openLedger({
    folder,
    calendar: {
      label: (atMs) => new Date(atMs).toISOString().slice(0, 19).replaceAll(":", "-"),
      startOfDay: (atMs) => atMs - (atMs % DAY_MS),
    },
    mostBytes: 2e9,
    busyMs: 2_000,
    nowMs: Date.now,
  });
  if (opened.kind === "stopped") throw new Error(`${opened.reason} ${opened.detail}`);
  // What is written is read by this process alone, and nothing is lost with it.
  opened.database.exec("PRAGMA synchronous = OFF");
  return new LedgerStore(opened.database, "simulated");
}

/** A block as it truly was; undefined where nothing was done in it. */
export function trueRate(books: TrueBooks, { slotMs }: Pick<Block, "slotMs">): number | undefined {
  const slot = books.counted.get(slotMs);
  return slot && slot.activeMs > 0 ? slot.netChars / (slot.activeMs / 60_000) : undefined;
}

const hexOf = (random: Random, digits: number): string =>
  Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join("");

const sessionOf = (seed: number, day: number): string => (seed * 1_000 + day).toString(16).padStart(16, "5");

const SLOT_MS = 1_800_000;
const DAY_MS = 86_400_000;
/** Nine in the morning of some Monday. */
const FIRST_DAY_MS = Date.UTC(2026, 5, 8, 9);
/** From nine to half past five. */
const SLOTS_A_DAY = 17;
const LUNCH = 7;
