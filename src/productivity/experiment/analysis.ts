/** From blocks to what the estimators take, with all that was left out and why. */

import { type DropOut, dropOut } from "../statistics/dropOut.ts";
import { type SampleRatio, sampleRatio } from "../statistics/sampleRatio.ts";
import type { Outcome } from "../statistics/outcome.ts";
import type { Stratum } from "../statistics/strata.ts";
import type { Block, WhyNot } from "./blocks.ts";
import { openStrata, type OpenWish } from "./openStrata.ts";
import { SLOT_MS } from "./slots.ts";

/** What characters are divided by: milliseconds with pauses of up to so many seconds, or all of them with the window in front. */
type TimeMeasure = "active120Ms" | "active60Ms" | "active300Ms" | "focusedMs";

export interface Analysis {
  /** In the order of the draw: `active120Ms` is the headline, the others show how much depends on it. */
  readonly strata: Readonly<Record<TimeMeasure, readonly Stratum[]>>;
  /**
   * Blocks of strata that don't go on, since nobody is to learn from a count what was drawn for the half-hour of now: drawn, of these
   * qualifying, and of these compared (in a stratum with both arms).
   */
  readonly drawn: ArmCounts;
  readonly qualifying: ArmCounts;
  readonly compared: ArmCounts;
  /** Of those drawn the ones that don't qualify, by the reason. */
  readonly leftOut: Readonly<Partial<Record<WhyNot, number>>>;
  /** Strata that are not compared. */
  readonly strataLeftOut: Readonly<Record<StratumLeftOut, number>>;
  /** Blocks of open strata whose half-hour is over. */
  readonly overInOpenStrata: number;
  /** Whether as many blocks were drawn to be without as the plan says. */
  readonly sampleRatio: Outcome<SampleRatio>;
  /** Whether as many of those without qualify as of those with, of all that are over. */
  readonly dropOut: Outcome<DropOut>;
  /** Of the compared blocks' characters: of how many nothing is known. Undefined without any character. */
  readonly unknownShare: ArmShares;
  /** In blocks that were drawn to be without: how often a suggestion was asked for by the command, and how many could be seen. */
  readonly manualTriggersOff: number;
  readonly shownOff: number;
  /** Of the compared blocks without suggestions those in which some came by themselves all the same: what was drawn was not done. */
  readonly notAppliedOff: number;
  /** Compared blocks without a single character. */
  readonly emptyBlocks: ArmCounts;
  /** Of all characters that somebody brought in, in compared blocks, those that are in no outcome: by other means than keys and accepts. */
  readonly otherwise: OtherwiseShares;
}

interface OtherwiseShares extends ArmShares {
  /** The arms differ so much in it that this alone may look like an effect. */
  readonly isFlagged: boolean;
}

interface ArmCounts {
  readonly on: number;
  readonly off: number;
}

interface ArmShares {
  readonly on: number | undefined;
  readonly off: number | undefined;
}

type StratumLeftOut =
  /** It goes on, or what survives of it is not known yet: what is compared before would be chosen by when somebody looks. */
  | "open"
  /** The half-hour without suggestions does not qualify, or did not come before the stratum ended. */
  | "no-off"
  /** None with suggestions qualifies. */
  | "no-on";

export interface AnalysisInput extends OpenWish {
  readonly blocks: readonly Block[];
}

/**
 * Strata of the qualifying blocks, with u = ln(max(characters, 1) / minutes). Which of the m of a stratum was drawn to be without is
 * uniform over them, if it is among them at all.
 */
export function analysisOf(input: AnalysisInput): Analysis {
  const { blocks, k } = input;
  const open = openStrata(blocks, input);
  const strataLeftOut: Record<StratumLeftOut, number> = { open: 0, "no-off": 0, "no-on": 0 };
  const groups: (readonly Block[])[] = [];
  let overInOpenStrata = 0;
  for (const group of groupsOf(blocks)) {
    const fit = group.filter(({ qualifies }) => qualifies);
    const why = whyLeftOut(group, fit, open);
    if (why) strataLeftOut[why] += 1;
    else groups.push(fit);
    if (why === "open") overInOpenStrata += group.filter(({ slotMs }) => slotMs + SLOT_MS <= input.nowMs).length;
  }
  const compared = groups.flat();
  const drawn = blocks.filter(({ stratum }) => !open.has(stratum));
  const qualifying = drawn.filter(({ qualifies }) => qualifies);
  const off = drawn.filter(({ arm }) => arm === "off");
  const qualifyingCounts = armCounts(qualifying);
  const drawnCounts = armCounts(drawn);
  const over = armCounts(drawn.filter(({ whyNot }) => whyNot !== "not-over"));
  return {
    strata: {
      active120Ms: groups.map((group) => stratumOf(group, "active120Ms")),
      active60Ms: groups.map((group) => stratumOf(group, "active60Ms")),
      active300Ms: groups.map((group) => stratumOf(group, "active300Ms")),
      focusedMs: groups.map((group) => stratumOf(group, "focusedMs")),
    },
    drawn: drawnCounts,
    qualifying: qualifyingCounts,
    compared: armCounts(compared),
    leftOut: reasonsOf(drawn),
    strataLeftOut,
    overInOpenStrata,
    sampleRatio: sampleRatio({ k: drawnCounts.off, n: drawn.length, share: 1 / k }),
    dropOut: dropOut({
      on: { kept: qualifyingCounts.on, drawn: over.on },
      off: { kept: qualifyingCounts.off, drawn: over.off },
    }),
    unknownShare: { on: unknownOf(compared, "on"), off: unknownOf(compared, "off") },
    manualTriggersOff: off.reduce((sum, { manualTriggers }) => sum + manualTriggers, 0),
    shownOff: off.reduce((sum, { shown }) => sum + shown, 0),
    notAppliedOff: compared.filter(({ arm, shownByItself }) => arm === "off" && shownByItself > 0).length,
    emptyBlocks: armCounts(compared.filter(({ netChars }) => netChars === 0)),
    otherwise: otherwiseIn(compared),
  };
}

/** The blocks of strata that have ended: what becomes of these does not hang on when somebody looks. */
export function endedBlocks(input: AnalysisInput): readonly Block[] {
  const open = openStrata(input.blocks, input);
  return groupsOf(input.blocks)
    .filter((group) => !isOpen(group, open))
    .flat();
}

/** The blocks that may be told of with their arms; what becomes of some of them may not be known yet. */
export function toldBlocks(input: AnalysisInput): readonly Block[] {
  const open = openStrata(input.blocks, input);
  return input.blocks.filter(({ stratum }) => !open.has(stratum));
}

/** The logarithm of a block's characters by the minute. */
function logThroughput(block: Pick<Block, "netChars" | TimeMeasure>, time: TimeMeasure): number {
  return Math.log(Math.max(block.netChars, 1) / (block[time] / MINUTE_MS));
}

function stratumOf(group: readonly Block[], time: TimeMeasure): Stratum {
  return {
    values: group.map((block) => logThroughput(block, time)),
    off: group.findIndex(({ arm }) => arm === "off"),
  };
}

function groupsOf(blocks: readonly Block[]): readonly (readonly Block[])[] {
  const groups = new Map<number, Block[]>();
  for (const block of blocks) {
    const group = groups.get(block.stratum);
    if (group) group.push(block);
    else groups.set(block.stratum, [block]);
  }
  return Array.from(groups.values()).toSorted((one, other) => (one[0]?.stratum ?? 0) - (other[0]?.stratum ?? 0));
}

function whyLeftOut(
  group: readonly Block[],
  fit: readonly Block[],
  open: ReadonlySet<number>,
): StratumLeftOut | undefined {
  if (isOpen(group, open)) return "open";
  if (!fit.some(({ arm }) => arm === "off")) return "no-off";
  return fit.length < 2 ? "no-on" : undefined;
}

/** A block of it is to come, or what became of one is not known yet. */
function isOpen(group: readonly Block[], open: ReadonlySet<number>): boolean {
  return group.some(({ stratum, whyNot }) => open.has(stratum) || whyNot === "not-over");
}

const armCounts = (blocks: readonly Block[]): ArmCounts => {
  const off = blocks.filter(({ arm }) => arm === "off").length;
  return { on: blocks.length - off, off };
};

function reasonsOf(blocks: readonly Block[]): Analysis["leftOut"] {
  const counts: Partial<Record<WhyNot, number>> = {};
  for (const { whyNot } of blocks) if (whyNot) counts[whyNot] = (counts[whyNot] ?? 0) + 1;
  return counts;
}

function unknownOf(blocks: readonly Block[], arm: Block["arm"]): number | undefined {
  const of = blocks.filter((block) => block.arm === arm);
  const written = of.reduce((sum, { writtenChars }) => sum + writtenChars, 0);
  return written > 0 ? of.reduce((sum, { unknownChars }) => sum + unknownChars, 0) / written : undefined;
}

function otherwiseIn(blocks: readonly Block[]): OtherwiseShares {
  const shareIn = (arm: Block["arm"]): number | undefined => {
    const of = blocks.filter((block) => block.arm === arm);
    const otherwise = of.reduce((sum, { otherwiseChars }) => sum + otherwiseChars, 0);
    const all = otherwise + of.reduce((sum, { writtenChars }) => sum + writtenChars, 0);
    return all > 0 ? otherwise / all : undefined;
  };
  const [on, off] = [shareIn("on"), shareIn("off")];
  // Were as much brought in by either arm in the same time, what is counted of it would differ by this factor.
  const apart = on === undefined || off === undefined ? 0 : Math.abs(Math.log((1 - on) / (1 - off)));
  return { on, off, isFlagged: !(apart <= Math.log(FLAGGED_FROM)) };
}

/** The smallest claim that an experiment decides between, other than none. */
const FLAGGED_FROM = 1.1;
const MINUTE_MS = 60_000;
