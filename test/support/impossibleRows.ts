/** For each limit of a row something that no half-hour can be, and the last that one can be. */

import { type BlockRow, blockColumns } from "../../src/productivity/team/blockRow.ts";
import type { RowLimit } from "../../src/productivity/team/rowLimits.ts";

/** A half-hour that counts, with figures that leave room on either side. */
export function usualRow(row: BlockRow): BlockRow {
  return {
    ...row,
    qualifies: true,
    whyNot: "",
    netChars: 500,
    netTypedChars: 300,
    netAiChars: 200,
    writtenChars: 646,
    unknownChars: 10,
    active60Ms: 800_000,
    active120Ms: 900_000,
    active300Ms: 1_000_000,
    focusedMs: 1_200_000,
    dayOldAiChars: 50,
    churnedAiChars: 20,
  };
}

interface Impossible {
  readonly limit: RowLimit;
  /** More than can be. */
  readonly broken: object;
  /** As much as can be; not there where there is no such edge. */
  readonly kept?: object;
}

/** @param row one of `usualRow` */
export function impossibleRows({ slotMs }: BlockRow): readonly Impossible[] {
  const most = (field: keyof BlockRow, limit: RowLimit, value: number): Impossible => ({
    limit,
    broken: { [field]: value + 1 },
    kept: { [field]: value },
  });
  const focused = (focusedMs: number) => ({ focusedMs, active60Ms: 1, active120Ms: 300_000, active300Ms: 300_000 });
  const uncounted = { qualifies: false, whyNot: "interrupted" };
  return [
    { limit: "personIsRandomName", broken: { person: "A".repeat(16) } },
    { limit: "userIsRandomName", broken: { user: "A".repeat(16) } },
    { limit: "sizeIsOfGroup", broken: { k: 3 }, kept: { k: 5 } },
    { limit: "positionIsInGroup", broken: { position: 258 } },
    most("stratum", "groupIsOfPlan", 9_999),
    { limit: "armIsOnOrOff", broken: { arm: "both" } },
    { limit: "slotIsHalfHour", broken: { slotMs: slotMs + 1 } },
    {
      limit: "slotIsOfThisCentury",
      broken: { slotMs: 1_577_835_000_000, day: "2019-12-31" },
      kept: { slotMs: 1_577_836_800_000, day: "2020-01-01" },
    },
    {
      limit: "exportIsOfThisCentury",
      broken: { exportedMs: 4_102_444_800_000 },
      kept: { exportedMs: 4_102_444_799_000 },
    },
    {
      limit: "exportIsAfterHalfHour",
      broken: { exportedMs: slotMs + 2_819_000 },
      kept: { exportedMs: slotMs + 2_820_000 },
    },
    { limit: "exportIsAfterHalfHour", broken: { exportedMs: 0 } },
    { limit: "exportIsAfterHalfHour", broken: { slotMs: 4_102_444_800_000, day: "2100-01-01" } },
    { limit: "dayIsOfHalfHour", broken: { day: "1999-01-01" } },
    {
      limit: "dayIsOfHalfHour",
      broken: { day: new Date(slotMs + 2 * 86_400_000).toISOString().slice(0, 10) },
      kept: { day: new Date(slotMs + 86_400_000).toISOString().slice(0, 10) },
    },
    { limit: "reasonIsKnown", broken: { qualifies: false, whyNot: "sick-leave" }, kept: uncounted },
    { limit: "reasonIsWhereItDoesNotCount", broken: { whyNot: "little-focus" } },
    most("writtenChars", "charsAreOfHalfHour", 10_000_000),
    {
      limit: "netCharsAreWritten",
      broken: { netChars: 1_000_000, netTypedChars: 999_800 },
      kept: { netChars: 646, netTypedChars: 446 },
    },
    { limit: "netCharsAreWritten", broken: { netChars: 1e9, netTypedChars: 1e9, netAiChars: 0 } },
    { limit: "netCharsAreTypedOrAccepted", broken: { netAiChars: 501 }, kept: { netAiChars: 200.0005 } },
    most("unknownChars", "unknownCharsAreWritten", 646),
    most("churnedAiChars", "goneCharsAreDayOld", 50),
    most("active60Ms", "active60IsOfActive120", 900_000),
    { limit: "active120IsOfActive300", broken: { active120Ms: 99_999_999 }, kept: { active120Ms: 1_000_000 } },
    most("active300Ms", "active300IsOfFocus", 1_200_000),
    most("shown", "shownAreOfHalfHour", 100_000),
    most("accepts", "acceptsAreOfHalfHour", 100_000),
    most("heldBack", "heldBackAreOfHalfHour", 100_000),
    most("manualTriggers", "manualTriggersAreOfHalfHour", 100_000),
    most("newErrors", "newErrorsAreOfHalfHour", 1_000_000_000),
    most("undos", "undosAreOfHalfHour", 1_000_000_000),
    most("changes", "changesAreOfHalfHour", 1_000_000_000),
    most("dayOldAiChars", "dayOldCharsAreOfHalfHour", 1_000_000_000),
    {
      limit: "focusIsOfHalfHour",
      broken: { ...uncounted, focusedMs: 1_000_000_001 },
      kept: { ...uncounted, focusedMs: 1_000_000_000 },
    },
    { limit: "whatCountsHasActive60", broken: { active60Ms: 0 }, kept: { ...uncounted, active60Ms: 0 } },
    {
      limit: "whatCountsHasWork",
      broken: { active60Ms: 1, active120Ms: 299_999 },
      kept: { active60Ms: 1, active120Ms: 300_000 },
    },
    { limit: "whatCountsHasFocus", broken: focused(599_999), kept: focused(600_000) },
    most("focusedMs", "whatCountsCameOnce", 1_502_000),
  ];
}

/** A row may have less of everything that is counted. */
export const emptyRow = (row: BlockRow): object => ({
  ...row,
  qualifies: false,
  whyNot: "no-activity",
  ...Object.fromEntries(
    blockColumns.slice(blockColumns.findIndex(([field]) => field === "netChars")).map(([field]) => [field, 0]),
  ),
});
