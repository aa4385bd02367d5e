/** What each person hands in for a team's report: a row for each half-hour of an experiment, with figures alone. */

import type { Block, WhyNot } from "../experiment/blocks.ts";
import type { ExperimentPlan } from "../experiment/plan.ts";

/** Stands in each row. Another number: fields have another meaning, or some are not there any more. */
export const BLOCK_SCHEMA = "pairwise.blocks/2";

/** The first form, which does not say whose experiments are one person's. */
export const BLOCK_SCHEMA_WITHOUT_PERSON = "pairwise.blocks/1";

/**
 * A block, whose it is, and by which plan. Left out of what a `Block` has: the experiment's name and the time zone, which nothing
 * here needs, and the throughput, which follows from the rest. No time is finer than the half-hour, but that of the export.
 */
export interface BlockRow extends Omit<
  Block,
  "experiment" | "zoneOffsetMinutes" | "charsPerMinute" | "otherwiseChars" | "shownByItself" | "whyNot" | "stratum"
> {
  readonly schema: typeof BLOCK_SCHEMA;
  /** 16 hexadecimal digits, made for this purpose: the same for all that one person hands in, and of no use elsewhere. */
  readonly person: string;
  /** 16 hexadecimal digits, made for this purpose: the same for one experiment alone. */
  readonly user: string;
  /** When it was exported, in whole seconds since the epoch, as milliseconds. Of two rows of one half-hour the later one counts. */
  readonly exportedMs: number;
  readonly planVersion: ExperimentPlan["version"];
  readonly tier: ExperimentPlan["tier"];
  readonly k: ExperimentPlan["k"];
  readonly stratum: number;
  /** Empty where it qualifies. */
  readonly whyNot: WhyNot | "";
}

export type BlockField = keyof BlockRow;

/** What a column holds: text, whole numbers, any numbers, or true and false. */
export type ColumnKind = "text" | "whole" | "number" | "truth";

/** The columns in their order: of the files, of the documented schema and of the warehouse's table. */
export const blockColumns: readonly (readonly [field: BlockField, kind: ColumnKind])[] = [
  ["schema", "text"],
  ["person", "text"],
  ["user", "text"],
  ["exportedMs", "whole"],
  ["planVersion", "whole"],
  ["tier", "whole"],
  ["k", "whole"],
  ["stratum", "whole"],
  ["position", "whole"],
  ["arm", "text"],
  ["slotMs", "whole"],
  ["day", "text"],
  ["qualifies", "truth"],
  ["whyNot", "text"],
  ["netChars", "number"],
  ["netTypedChars", "number"],
  ["netAiChars", "number"],
  ["writtenChars", "whole"],
  ["unknownChars", "whole"],
  ["excludedChars", "whole"],
  ["active120Ms", "whole"],
  ["active60Ms", "whole"],
  ["active300Ms", "whole"],
  ["focusedMs", "whole"],
  ["manualTriggers", "whole"],
  ["shown", "whole"],
  ["accepts", "whole"],
  ["heldBack", "whole"],
  ["newErrors", "whole"],
  ["undos", "whole"],
  ["changes", "whole"],
  ["dayOldAiChars", "whole"],
  ["churnedAiChars", "whole"],
];

/** @param blocks Of strata that have ended: what goes on is not handed in, since it would depend on when somebody does. */
export function blockRowsOf(
  blocks: readonly Block[],
  {
    person,
    user,
    exportedMs,
    plan,
  }: Pick<BlockRow, "person" | "user" | "exportedMs"> & { readonly plan: ExperimentPlan },
): readonly BlockRow[] {
  return blocks.map((block) => ({
    schema: BLOCK_SCHEMA,
    person,
    user,
    exportedMs,
    planVersion: plan.version,
    tier: plan.tier,
    k: plan.k,
    stratum: block.stratum,
    position: block.position,
    arm: block.arm,
    slotMs: block.slotMs,
    day: block.day,
    qualifies: block.qualifies,
    whyNot: block.whyNot ?? "",
    netChars: block.netChars,
    netTypedChars: block.netTypedChars,
    netAiChars: block.netAiChars,
    writtenChars: block.writtenChars,
    unknownChars: block.unknownChars,
    excludedChars: block.excludedChars,
    active120Ms: block.active120Ms,
    active60Ms: block.active60Ms,
    active300Ms: block.active300Ms,
    focusedMs: block.focusedMs,
    manualTriggers: block.manualTriggers,
    shown: block.shown,
    accepts: block.accepts,
    heldBack: block.heldBack,
    newErrors: block.newErrors,
    undos: block.undos,
    changes: block.changes,
    dayOldAiChars: block.dayOldAiChars,
    churnedAiChars: block.churnedAiChars,
  }));
}
