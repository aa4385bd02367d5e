/**
 * What a half-hour can be, whoever had it. The warehouse's table refuses the same, by constraints of the same names
 * (docs/team-scale/schema.sql), and a test holds the two together.
 */

import { SETTLED_MS, SLOT_MS, utcDayOf, WASHOUT_MS } from "../experiment/slots.ts";
import type { BlockField, BlockRow } from "./blockRow.ts";
import { leftOutFields } from "./personSums.ts";

interface Limit {
  /** Of what it is said. */
  readonly field: BlockField;
  readonly isKept: (row: BlockRow) => boolean;
}

/**
 * Bounds that no half-hour of anybody can break, so that what breaks one was made or changed by something else. There is none on how
 * many accepts come with how many suggestions that were shown: each accepted word is an accept, and what was shown before the
 * half-hour is accepted in it.
 */
const limits = {
  personIsRandomName: { field: "person", isKept: ({ person }) => isRandomName(person) },
  userIsRandomName: { field: "user", isKept: ({ user }) => isRandomName(user) },
  sizeIsOfGroup: { field: "k", isKept: ({ k }: { readonly k: number }) => k === 2 || k === 5 },
  positionIsInGroup: { field: "position", isKept: ({ position, k }) => position < k },
  groupIsOfPlan: { field: "stratum", isKept: ({ stratum }) => stratum < bounds.mostStrata },
  armIsOnOrOff: { field: "arm", isKept: ({ arm }: { readonly arm: string }) => arm === "on" || arm === "off" },
  slotIsHalfHour: { field: "slotMs", isKept: ({ slotMs }) => slotMs % SLOT_MS === 0 },
  slotIsOfThisCentury: { field: "slotMs", isKept: ({ slotMs }) => slotMs >= bounds.firstMs },
  exportIsOfThisCentury: { field: "exportedMs", isKept: ({ exportedMs }) => exportedMs < bounds.lastMs },
  // Before that a half-hour is not handed in.
  exportIsAfterHalfHour: {
    field: "exportedMs",
    isKept: ({ exportedMs, slotMs }) => exportedMs >= slotMs + bounds.knownMs,
  },
  // The user's day, of a clock on the wall that is up to a day away from UTC.
  dayIsOfHalfHour: {
    field: "day",
    isKept: ({ day, slotMs }) => [0, 1, -1].some((days) => utcDayOf(slotMs + days * DAY_MS) === day),
  },
  reasonIsKnown: { field: "whyNot", isKept: ({ whyNot }) => whyNot === "" || Object.hasOwn(leftOutFields, whyNot) },
  reasonIsWhereItDoesNotCount: { field: "whyNot", isKept: ({ qualifies, whyNot }) => qualifies === (whyNot === "") },
  // Somebody may type at ten thousand carets, which all count.
  charsAreOfHalfHour: { field: "writtenChars", isKept: ({ writtenChars }) => writtenChars <= bounds.mostChars },
  // Pastes, formatters and files read anew are in neither, and what was deleted by now was written all the same.
  netCharsAreWritten: {
    field: "netChars",
    isKept: ({ netChars, writtenChars }) => netChars <= writtenChars + bounds.rounding,
  },
  netCharsAreTypedOrAccepted: {
    field: "netChars",
    isKept: (row) => Math.abs(row.netChars - row.netTypedChars - row.netAiChars) <= bounds.rounding,
  },
  unknownCharsAreWritten: {
    field: "unknownChars",
    isKept: ({ unknownChars, writtenChars }) => unknownChars <= writtenChars,
  },
  goneCharsAreDayOld: { field: "churnedAiChars", isKept: (row) => row.churnedAiChars <= row.dayOldAiChars },
  // The longer the pauses that count, the more time; all of it with the window in front.
  active60IsOfActive120: { field: "active60Ms", isKept: ({ active60Ms, active120Ms }) => active60Ms <= active120Ms },
  active120IsOfActive300: {
    field: "active120Ms",
    isKept: ({ active120Ms, active300Ms }) => active120Ms <= active300Ms,
  },
  active300IsOfFocus: { field: "active300Ms", isKept: ({ active300Ms, focusedMs }) => active300Ms <= focusedMs },
  shownAreOfHalfHour: { field: "shown", isKept: ({ shown }) => shown <= bounds.mostTimes },
  acceptsAreOfHalfHour: { field: "accepts", isKept: ({ accepts }) => accepts <= bounds.mostTimes },
  heldBackAreOfHalfHour: { field: "heldBack", isKept: ({ heldBack }) => heldBack <= bounds.mostTimes },
  manualTriggersAreOfHalfHour: {
    field: "manualTriggers",
    isKept: ({ manualTriggers }) => manualTriggers <= bounds.mostTimes,
  },
  newErrorsAreOfHalfHour: { field: "newErrors", isKept: ({ newErrors }) => newErrors <= bounds.mostCounted },
  undosAreOfHalfHour: { field: "undos", isKept: ({ undos }) => undos <= bounds.mostCounted },
  changesAreOfHalfHour: { field: "changes", isKept: ({ changes }) => changes <= bounds.mostCounted },
  dayOldCharsAreOfHalfHour: { field: "dayOldAiChars", isKept: (row) => row.dayOldAiChars <= bounds.mostCounted },
  // A clock that is set back again and again makes it longer.
  focusIsOfHalfHour: { field: "focusedMs", isKept: ({ focusedMs }) => focusedMs <= bounds.mostCounted },
  // What counts is divided by it.
  whatCountsHasActive60: { field: "active60Ms", isKept: ({ qualifies, active60Ms }) => !qualifies || active60Ms > 0 },
  // Of the plan that is known; another one may have other bounds, and is left out.
  whatCountsHasWork: { field: "active120Ms", isKept: (row) => !isJudged(row) || row.active120Ms >= bounds.leastWorkMs },
  whatCountsHasFocus: { field: "focusedMs", isKept: (row) => !isJudged(row) || row.focusedMs >= bounds.leastFocusMs },
  // Where it came twice, since a clock was set back, it does not count.
  whatCountsCameOnce: { field: "focusedMs", isKept: (row) => !isJudged(row) || row.focusedMs <= bounds.mostFocusMs },
} as const satisfies Readonly<Record<string, Limit>>;

export type RowLimit = keyof typeof limits;

export const rowLimits = Object.entries(limits).map(([name, limit]) => ({
  ...(limit as Limit),
  limit: name as RowLimit,
}));

/** In the units of the columns that they are about; the table's constraints have the same numbers. */
export const bounds = {
  mostStrata: 10_000,
  /** From 2020 on, and before 2100. */
  firstMs: 1_577_836_800_000,
  lastMs: 4_102_444_800_000,
  /** From a half-hour's begin until what became of its characters is known. */
  knownMs: SLOT_MS + SETTLED_MS,
  mostChars: 10_000_000,
  /** Numbers with a fraction are read with some digits fewer in places. */
  rounding: 0.001,
  /** One every 18 ms. */
  mostTimes: 100_000,
  /** What sums can hold. */
  mostCounted: 1_000_000_000,
  leastWorkMs: 300_000,
  leastFocusMs: 600_000,
  /** What is left after the washout, and what a minute may reach over its end. */
  mostFocusMs: SLOT_MS - WASHOUT_MS + 2_000,
} as const;

const isJudged = ({ qualifies, planVersion }: { readonly qualifies: boolean; readonly planVersion: number }): boolean =>
  qualifies && planVersion === 1;

/** As the names of people and of experiments are. */
export const isRandomName = (name: string): boolean => /^[0-9a-f]{16}$/.test(name);

const DAY_MS = 86_400_000;
