/** What a team's report needs of one person: sums over the half-hours, from which nothing of a single one can be told. */

import type { WhyNot } from "../experiment/blocks.ts";
import type { BlockRow } from "./blockRow.ts";
import { betsOf, noTeamBets } from "./teamBets.ts";

/** A person's sums, by the names that the warehouse's query gives them as well. */
export type PersonSums = Readonly<Record<SumField, number>>;

export type SumField = (typeof sumFields)[number];

/** Whole numbers but for those of D, characters, minutes and logarithms. */
export const sumFields = [
  "k",
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

export interface Person {
  readonly planVersion: number;
  readonly tier: number;
  readonly sums: PersonSums;
  /** As `noTeamBets` has them. */
  readonly bets: Float64Array;
}

/** @param rows All of one person and experiment, each half-hour once. */
export function personOf(rows: readonly BlockRow[]): Person {
  const sums = Object.fromEntries(sumFields.map((field) => [field, 0])) as Record<SumField, number>;
  const bets = noTeamBets();
  const [first] = rows;
  sums.k = first?.k ?? 0;
  const strata = new Map<number, BlockRow[]>();
  for (const row of rows) {
    addBlock(sums, row);
    const stratum = strata.get(row.stratum);
    if (stratum) stratum.push(row);
    else strata.set(row.stratum, [row]);
  }
  for (const stratum of strata.values()) addStratum(sums, bets, stratum);
  return { planVersion: first?.planVersion ?? 0, tier: first?.tier ?? 0, sums, bets };
}

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
