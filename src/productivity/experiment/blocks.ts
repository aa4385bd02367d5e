/** The blocks of an experiment: what came of each half-hour that was drawn, and why some of them don't count. */

import { noEdits } from "../activity/editAggregates.ts";
import type { EditRecord } from "../records.ts";
import type { Assignment } from "./assigning.ts";
import type { ExperimentPlan } from "./plan.ts";
import { SETTLED_MS } from "./slots.ts";

/** What the ledger has of one half-hour. All of it after the washout, but for the last four. */
export interface SlotCounts {
  readonly slotMs: number;
  /** Not everything was counted in it. */
  readonly hasGap: boolean;
  readonly edits: Readonly<Record<EditCount, number>>;
  readonly focusedMs: number;
  readonly active60Ms: number;
  readonly active120Ms: number;
  readonly active300Ms: number;
  readonly newErrors: number;
  /** Of the typed and of the accepted characters, ten minutes later; of the accepted ones after a day, too. */
  readonly typed: Fate;
  readonly ai: Fate;
  readonly aiAfterDay: Fate;
  /** Suggestions that nobody had asked for, and that could be seen for 750 ms. */
  readonly shownByItself: number;
  /** In the whole half-hour. */
  readonly manualTriggers: number;
  readonly shown: number;
  readonly heldBack: number;
  readonly accepts: number;
}

export type EditCount = {
  [Name in keyof EditRecord]: EditRecord[Name] extends number ? (Name extends "atMs" ? never : Name) : never;
}[keyof EditRecord];

/** Characters: those whose fate is known, and what of these is still there. */
export interface Fate {
  readonly countedChars: number;
  readonly survivingChars: number;
}

export type WhyNot =
  /** It goes on, or what survives of it is not known yet. */
  | "not-over"
  /** The experiment was paused or stopped in it. */
  | "interrupted"
  /** Not everything was counted in it. */
  | "not-counted"
  /** More time than it has: the clock was set back, and it came twice. */
  | "came-twice"
  | "little-focus"
  /** Less active time than the plan asks for. */
  | "no-activity"
  /** Of more than half of the typed characters nothing is known, or of none at all. */
  | "unknown";

/** A row of the analysis; the only thing that leaves a machine for a team's report. */
export interface Block extends Assignment {
  readonly experiment: string;
  readonly qualifies: boolean;
  /** The first reason why it does not. */
  readonly whyNot: WhyNot | undefined;
  /** Typed and accepted characters that were still there ten minutes later, with those of which nothing is known in proportion. */
  readonly netChars: number;
  /** Of these. */
  readonly netTypedChars: number;
  readonly netAiChars: number;
  /** All that were typed or accepted, and those of which nothing is known. */
  readonly writtenChars: number;
  readonly unknownChars: number;
  /** In none of the above: pastes, bulk edits, formatters, files read anew, edits of the chat, other extensions. */
  readonly excludedChars: number;
  /** Of these, those that somebody wrote by other means: pastes, edits of the chat, other extensions and commands. */
  readonly otherwiseChars: number;
  /** Milliseconds of work with pauses of up to 120 s, and the other ways to count them. */
  readonly active120Ms: number;
  readonly active60Ms: number;
  readonly active300Ms: number;
  readonly focusedMs: number;
  /** By `active120Ms`. Undefined without any. */
  readonly charsPerMinute: number | undefined;
  /** What happened otherwise than drawn: suggestions that were asked for by the command, and all that could be seen for 750 ms. */
  readonly manualTriggers: number;
  readonly shown: number;
  /** Of these after the washout: without suggestions there should be none, and what was drawn was not done where there are. */
  readonly shownByItself: number;
  readonly accepts: number;
  readonly heldBack: number;
  /** Guardrails. */
  readonly newErrors: number;
  readonly undos: number;
  readonly changes: number;
  /** Of accepted characters: those whose fate after a day is known, and those of them that are gone. */
  readonly dayOldAiChars: number;
  readonly churnedAiChars: number;
}

export interface BlocksInput {
  readonly experiment: string;
  readonly plan: ExperimentPlan;
  readonly assignments: readonly Assignment[];
  /** By where the half-hour begins. One that is missing had nothing. */
  readonly counts: ReadonlyMap<number, SlotCounts>;
  /** In which the experiment did not run. */
  readonly interruptions: readonly Stretch[];
  readonly nowMs: number;
}

interface Stretch {
  readonly fromMs: number;
  /** Undefined: it goes on. */
  readonly toMs: number | undefined;
}

/** In the order in which they were drawn. */
export function blocksOf(input: BlocksInput): readonly Block[] {
  const { experiment, plan, assignments, counts } = input;
  return assignments
    .map((assignment) => {
      const slot = counts.get(assignment.slotMs) ?? noCounts(assignment.slotMs);
      // Of the half-hour's own, so that no other one changes it: where nothing is known of a kind, the other kind's.
      const rates = { typed: rateOf(slot.typed), ai: rateOf(slot.ai) };
      const isAnyKnown = rates.typed !== undefined || rates.ai !== undefined;
      const typed = survived(slot.typed, slot.edits.typedChars, rates.typed ?? rates.ai);
      const ai = survived(slot.ai, slot.edits.aiChars, rates.ai ?? rates.typed);
      const figures = {
        netChars: typed.net + ai.net,
        netTypedChars: typed.net,
        netAiChars: ai.net,
        writtenChars: typed.written + ai.written,
        unknownChars: typed.unknown + ai.unknown,
        focusedMs: slot.focusedMs,
        active120Ms: slot.active120Ms,
      };
      const whyNot = whyNotOf(
        {
          ...figures,
          hasGap: slot.hasGap,
          // Where none was typed, and nothing is known of what was accepted, there is nothing to go by.
          isUnknown: typed.unknown > plan.mostUnknown * typed.written || (ai.unknown > 0 && !isAnyKnown),
        },
        assignment.slotMs,
        input,
      );
      const { edits, aiAfterDay } = slot;
      return {
        experiment,
        ...assignment,
        qualifies: whyNot === undefined,
        whyNot,
        ...figures,
        excludedChars: excludedFields.reduce((sum, field) => sum + edits[field], 0),
        otherwiseChars: otherwiseFields.reduce((sum, field) => sum + edits[field], 0),
        active60Ms: slot.active60Ms,
        active300Ms: slot.active300Ms,
        charsPerMinute: slot.active120Ms > 0 ? (figures.netChars * MINUTE_MS) / slot.active120Ms : undefined,
        manualTriggers: slot.manualTriggers,
        shown: slot.shown,
        shownByItself: slot.shownByItself,
        accepts: slot.accepts,
        heldBack: slot.heldBack,
        newErrors: slot.newErrors,
        undos: edits.undos,
        changes: edits.changes,
        dayOldAiChars: aiAfterDay.countedChars,
        churnedAiChars: aiAfterDay.countedChars - aiAfterDay.survivingChars,
      };
    })
    .toSorted((one, other) => one.stratum - other.stratum || one.position - other.position);
}

function whyNotOf(
  block: Pick<Block, "focusedMs" | "active120Ms"> & { readonly hasGap: boolean; readonly isUnknown: boolean },
  slotMs: number,
  { plan, interruptions, nowMs }: BlocksInput,
): WhyNot | undefined {
  const fromMs = slotMs + plan.washoutMinutes * MINUTE_MS;
  const toMs = slotMs + plan.slotMinutes * MINUTE_MS;
  // Also within the washout: once resumed, the rest of a half-hour has suggestions, whatever was drawn.
  const meets = (stretch: Stretch): boolean => stretch.fromMs < toMs && (stretch.toMs ?? Infinity) > slotMs;
  if (nowMs < toMs + SETTLED_MS) return "not-over";
  if (interruptions.some(meets)) return "interrupted";
  if (block.hasGap) return "not-counted";
  if (block.focusedMs > toMs - fromMs + TOLERATED_MS) return "came-twice";
  if (block.focusedMs < plan.focusMinutes * MINUTE_MS) return "little-focus";
  if (block.active120Ms < plan.activeMinutes * MINUTE_MS) return "no-activity";
  return block.isUnknown ? "unknown" : undefined;
}

/** How many of `written` characters are left, those of which nothing is known in proportion to the others of the half-hour. */
function survived(
  { countedChars, survivingChars }: Fate,
  writtenChars: number,
  rate: number | undefined,
): { readonly net: number; readonly written: number; readonly unknown: number } {
  // What was counted one by one and what was summed up may differ a little; neither is thrown away.
  const written = Math.max(writtenChars, countedChars);
  const unknown = written - countedChars;
  return { net: survivingChars + unknown * (rate ?? 0), written, unknown };
}

/** Undefined where nothing is known. */
function rateOf({ countedChars, survivingChars }: Fate): number | undefined {
  return countedChars > 0 ? survivingChars / countedChars : undefined;
}

export function noCounts(slotMs: number): SlotCounts {
  const nothing = { countedChars: 0, survivingChars: 0 };
  return {
    slotMs,
    hasGap: false,
    edits: noEdits(),
    focusedMs: 0,
    active60Ms: 0,
    active120Ms: 0,
    active300Ms: 0,
    newErrors: 0,
    typed: nothing,
    ai: nothing,
    aiAfterDay: nothing,
    shownByItself: 0,
    manualTriggers: 0,
    shown: 0,
    heldBack: 0,
    accepts: 0,
  };
}

const otherwiseFields = [
  "pasteChars",
  "longPasteChars",
  "ownChars",
  "otherChars",
] as const satisfies readonly EditCount[];
const excludedFields = [
  ...otherwiseFields,
  "bulkChars",
  "formatterChars",
  "diskChars",
] as const satisfies readonly EditCount[];

const MINUTE_MS = 60_000;
/** What is charged to a minute may reach over its end by a tick. */
const TOLERATED_MS = 2_000;
