/** What a team's report needs of one person: sums over the half-hours, from which nothing of a single one can be told. */

import type { WhyNot } from "../experiment/blocks.ts";
import type { BlockRow } from "./blockRow.ts";
import { betsOf, betsOfAll, noTeamBets } from "./teamBets.ts";

/** Sums of an experiment or of all of a person's, by the names that the warehouse's query gives them as well. */
export type PersonSums = Readonly<Record<SumField, number>>;

export type SumField = (typeof sumFields)[number];

/** Whole numbers but for those of D, characters, minutes and logarithms. */
export const sumFields = [
  // Blocks that were drawn, that qualify, and that are compared.
  "drawnOn",
  "drawnOff",
  "qualifyingOn",
  "qualifyingOff",
  "comparedOn",
  "comparedOff",
  // Strata that are compared, and that are not: without a block of the one arm or the other.
  "strata",
  "strataWithoutOff",
  "strataWithoutOn",
  // D, the mean of ln throughput with suggestions minus that without (estimators F and I), over strata: active time with pauses of
  // up to 120 s first, then the other ways to count it.
  "sumD",
  "sumD2",
  "sumD60",
  "sumD60Squared",
  "sumD300",
  "sumD300Squared",
  "sumDFocus",
  "sumDFocusSquared",
  // Estimators C1 and C2, over all qualifying blocks: Y characters, T minutes, u = ln(max(Y, 1) / T).
  "onY",
  "onT",
  "onYY",
  "onYT",
  "onTT",
  "onU",
  "onUU",
  "offY",
  "offT",
  "offYY",
  "offYT",
  "offTT",
  "offU",
  "offUU",
  // Guardrails of qualifying blocks, and what was done otherwise than drawn in any block without.
  "onNewErrors",
  "onUndos",
  "onDayOldAiChars",
  "onChurnedAiChars",
  "offNewErrors",
  "offUndos",
  "offDayOldAiChars",
  "offChurnedAiChars",
  "manualTriggersOff",
  "shownOff",
  // Why blocks don't count.
  "leftOutInterrupted",
  "leftOutNotCounted",
  "leftOutCameTwice",
  "leftOutLittleFocus",
  "leftOutNoActivity",
  "leftOutUnknown",
] as const;

/** What is added up over a person's experiments: nothing in it depends on the size of groups. */
export interface Summed {
  readonly sums: PersonSums;
  /** As `noTeamBets` has them. */
  readonly bets: Float64Array;
}

export interface ExperimentSums extends Summed {
  /** The same for one person's experiments; undefined where its file does not say whose it is. */
  readonly person: string | undefined;
  readonly planVersion: number;
  readonly tier: number;
  readonly k: number;
}

/**
 * Whose it is the row says that was exported last.
 *
 * @param rows All of one experiment, each half-hour once.
 * @throws {RangeError} where there are none
 */
export function experimentOf(rows: readonly BlockRow[]): ExperimentSums {
  const [first] = rows;
  if (!first) throw new RangeError("No rows.");
  const sums = noSums();
  const bets = noTeamBets();
  const strata = new Map<number, BlockRow[]>();
  for (const row of rows) {
    addBlock(sums, row);
    const stratum = strata.get(row.stratum);
    if (stratum) stratum.push(row);
    else strata.set(row.stratum, [row]);
  }
  for (const stratum of strata.values()) addStratum(sums, bets, stratum);
  const { planVersion, tier, k } = first;
  const { person, user } = rows.reduce((last, row) => (row.exportedMs > last.exportedMs ? row : last));
  return { person: person === user ? undefined : person, planVersion, tier, k, sums, bets };
}

/** Of the strata of several experiments together: they are further ones of the same person. */
export function summed(experiments: readonly Summed[]): Summed {
  const sums = noSums();
  for (const experiment of experiments) for (const field of sumFields) sums[field] += experiment.sums[field];
  return { sums, bets: betsOfAll(experiments.map(({ bets }) => bets)) };
}

const noSums = (): Record<SumField, number> =>
  Object.fromEntries(sumFields.map((field) => [field, 0])) as Record<SumField, number>;

/** Where half-hours are counted that don't count. Those that go on are not handed in. */
export const leftOutFields: Readonly<Record<Exclude<WhyNot, "not-over">, SumField>> = {
  interrupted: "leftOutInterrupted",
  "not-counted": "leftOutNotCounted",
  "came-twice": "leftOutCameTwice",
  "little-focus": "leftOutLittleFocus",
  "no-activity": "leftOutNoActivity",
  unknown: "leftOutUnknown",
};

function addBlock(sums: Record<SumField, number>, row: BlockRow): void {
  const isOn = row.arm === "on";
  sums[isOn ? "drawnOn" : "drawnOff"] += 1;
  if (!isOn) {
    sums.manualTriggersOff += row.manualTriggers;
    sums.shownOff += row.shown;
  }
  if (!row.qualifies) {
    if (row.whyNot !== "" && row.whyNot !== "not-over") sums[leftOutFields[row.whyNot]] += 1;
    return;
  }
  const arm = isOn ? "on" : "off";
  const y = row.netChars;
  const t = row.active120Ms / MINUTE_MS;
  const u = logThroughput(y, row.active120Ms);
  sums[isOn ? "qualifyingOn" : "qualifyingOff"] += 1;
  sums[`${arm}Y`] += y;
  sums[`${arm}T`] += t;
  sums[`${arm}YY`] += y * y;
  sums[`${arm}YT`] += y * t;
  sums[`${arm}TT`] += t * t;
  sums[`${arm}U`] += u;
  sums[`${arm}UU`] += u * u;
  sums[`${arm}NewErrors`] += row.newErrors;
  sums[`${arm}Undos`] += row.undos;
  sums[`${arm}DayOldAiChars`] += row.dayOldAiChars;
  sums[`${arm}ChurnedAiChars`] += row.churnedAiChars;
}

function addStratum(sums: Record<SumField, number>, bets: Float64Array, stratum: readonly BlockRow[]): void {
  const fit = stratum.filter(({ qualifies }) => qualifies);
  const off = fit.find(({ arm }) => arm === "off");
  const on = fit.filter(({ arm }) => arm === "on");
  if (!off) {
    sums.strataWithoutOff += 1;
    return;
  }
  if (on.length === 0) {
    sums.strataWithoutOn += 1;
    return;
  }
  sums.strata += 1;
  sums.comparedOn += on.length;
  sums.comparedOff += 1;
  for (const [time, sum, squared] of measures) {
    const without = logThroughput(off.netChars, off[time]);
    const away = on.map((block) => logThroughput(block.netChars, block[time]) - without);
    const d = away.reduce((total, each) => total + each, 0) / away.length;
    sums[sum] += d;
    sums[squared] += d * d;
    if (time === "active120Ms") betsOf(bets, away);
  }
}

const measures = [
  ["active120Ms", "sumD", "sumD2"],
  ["active60Ms", "sumD60", "sumD60Squared"],
  ["active300Ms", "sumD300", "sumD300Squared"],
  ["focusedMs", "sumDFocus", "sumDFocusSquared"],
] as const;

const logThroughput = (chars: number, timeMs: number): number => Math.log(Math.max(chars, 1) / (timeMs / MINUTE_MS));

const MINUTE_MS = 60_000;
