/** Users with a known effect, through the whole chain and by the generator of blocks: how often what is said of them is true. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { experimentOf } from "../../test/support/reports.ts";
import { type Look, lookAt, meanOf } from "./looks.ts";
import { type SimulatedExperiment, simulatedExperiment, trueRate } from "./simulatedExperiment.ts";
import type { UserTraits } from "./simulatedUser.ts";

export const EFFECTS = [1, 1.25, 3] as const;
/** Of each experiment; some of them are not compared. */
const STRATA = 40;

const traitsOf = (effect: number): UserTraits => ({
  charsPerMinute: 16,
  sd: 0.35,
  sdBetween: 0.3,
  effect,
  away: 0.08,
});

/**
 * The same users as blocks alone. Their spread is larger than that of the pace, which is met to about an eighth in a half-hour; what does
 * not qualify is when they are away, and the last half-hour of a day now and then, of which too little is known.
 */
const generated = (effect: number) =>
  ({
    effect,
    sd: 0.38,
    sdBetween: 0.3,
    k: 2,
    strata: STRATA,
    compliance: 1,
    qualifying: 0.91,
    charsPerMinute: 16,
  }) as const;

/** One experiment from the first key to the report. */
export function chainRun(effect: number, seed: number, strata = STRATA): SimulatedExperiment {
  return inFolder((folder) => simulatedExperiment({ folder, traits: traitsOf(effect), seed, strata }));
}

export function generatedLooks(effect: number, runs: number, firstSeed: number): readonly Look[] {
  return Array.from({ length: runs }, (_, run) =>
    lookAt(experimentOf(generated(effect), { status: "completed" }, firstSeed + run)),
  );
}

/** By how much more characters were counted in qualifying blocks than there truly are: 0.01 is one per cent. */
export function countingError({ experiment, books }: SimulatedExperiment): number {
  const blocks = experiment.blocks.filter(({ qualifies }) => qualifies);
  const truly = blocks.reduce((sum, { slotMs }) => sum + (books.counted.get(slotMs)?.netChars ?? 0), 0);
  return blocks.reduce((sum, { netChars }) => sum + netChars, 0) / truly - 1;
}

/**
 * What the effect truly is: the same user, twice, with suggestions in all half-hours and in none, by what was really done. The
 * geometric mean of the ratios of half-hours in which both were there.
 */
export function trueEffect(effect: number, seed: number, strata = STRATA): number {
  const twin = (always: "on" | "off"): SimulatedExperiment =>
    inFolder((folder) => simulatedExperiment({ folder, traits: traitsOf(effect), seed, strata, always }));
  const [on, off] = [twin("on"), twin("off")];
  const qualifying = ({ experiment }: SimulatedExperiment): ReadonlySet<number> =>
    new Set(experiment.blocks.filter(({ qualifies }) => qualifies).map(({ slotMs }) => slotMs));
  const others = qualifying(off);
  const ratios = [...qualifying(on)].flatMap((slotMs) => {
    const [withThem, without] = [trueRate(on.books, { slotMs }), trueRate(off.books, { slotMs })];
    return others.has(slotMs) && withThem && without ? [Math.log(withThem / without)] : [];
  });
  return Math.exp(meanOf(ratios));
}

function inFolder<Result>(work: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), "pairwise-simulated-"));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
