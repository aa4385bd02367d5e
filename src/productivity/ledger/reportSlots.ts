/**
 * What happened in each half-hour: what an experiment is made of. By UTC, so that a slot is the same one for every window, and on
 * a journey. On a clock on the wall it begins at :00 and :30 wherever that is whole or half hours from UTC, and at :15 and :45 in
 * Nepal, on the Chatham Islands and around Eucla.
 */

import type { DatabaseSync } from "node:sqlite";
import { SLOT_MS } from "../experiment/slots.ts";
import type { ActivityRecord, Check, EditRecord } from "../records.ts";
import { isContaminated } from "./reportRuns.ts";
import { activeFields, editFields } from "./summedFields.ts";

export interface Slots {
  readonly editSlots: readonly (Slot & Pick<EditRecord, (typeof editFields)[number]>)[];
  readonly activeSlots: readonly (Slot & Pick<ActivityRecord, (typeof activeFields)[number]>)[];
  /** Errors that were new. */
  readonly guardSlots: readonly (Slot & { readonly newErrors: number })[];
  /** Of what was typed in the slot. */
  readonly typedSlots: readonly FateSlot[];
  /** Of what was accepted in the slot. */
  readonly aiSlots: readonly FateSlot[];
}

interface Slot {
  /** Its begin, in UTC: a multiple of 1,800,000 since the epoch. */
  readonly slotMs: number;
}

/** Characters, ten minutes later. */
interface FateSlot extends Slot {
  /** Which were looked at, and what of these was still there. */
  readonly countedChars: number;
  readonly survivingChars: number;
  /** Of which nothing is known. */
  readonly censoredChars: number;
}

export interface SlotRange {
  readonly fromMs: number;
  readonly toMs: number;
  /** Of the start of each half-hour, which is left out. */
  readonly washoutMs?: number;
  /** What is said of characters later than so long after the end of their half-hour is not known. Without it, nothing is too late. */
  readonly settledMs?: number;
  /** Without accepts that another extension had a part in: they are in no rate. */
  readonly isCleanOnly?: boolean;
}

export function slotsIn(database: DatabaseSync, range: SlotRange): Slots {
  const bySlot = slotQueries(database, range);
  return {
    editSlots: bySlot("edit", sumsOf(editFields)),
    activeSlots: bySlot("activity", sumsOf(activeFields)),
    guardSlots: bySlot("guard", sumsOf(["newErrors"])),
    typedSlots: bySlot(
      "edit",
      fateOf("edit", "typedChars", range.settledMs),
      "edit JOIN typedSurvival AS fate USING (edit, editNumber)",
    ),
    aiSlots: aiFates(bySlot, "10m", range),
  } as unknown as Slots;
}

/** What was left of accepted characters, by when they were accepted. */
export const aiFates = (
  bySlot: BySlot,
  check: Check,
  { settledMs, isCleanOnly }: Pick<SlotRange, "settledMs" | "isCleanOnly"> = {},
): readonly FateSlot[] =>
  bySlot(
    "accept",
    fateOf("accept", "insertedChars", settledMs),
    "accept JOIN survival AS fate ON fate.accept = accept.accept AND fate.acceptNumber = accept.acceptNumber " +
      `AND fate."check" = (SELECT id FROM names WHERE text = '${check}')`,
    isCleanOnly ? `NOT ${isContaminated}` : "TRUE",
  ) as unknown as readonly FateSlot[];

type BySlot = (
  table: string,
  sums: string,
  from?: string,
  where?: string,
) => readonly Readonly<Record<string, unknown>>[];

/** Sums by the half-hour of a table. */
export function slotQueries(database: DatabaseSync, { fromMs, toMs, washoutMs = 0 }: SlotRange): BySlot {
  return (table, sums, from = `"${table}"`, where = "TRUE") =>
    database
      .prepare(
        `SELECT "${table}".atMs / ${SLOT_MS} * ${SLOT_MS} AS slotMs, ${sums} FROM ${from} ` +
          `WHERE "${table}".atMs >= :fromMs AND "${table}".atMs < :toMs AND "${table}".atMs % ${SLOT_MS} >= :washoutMs ` +
          `AND ${where} GROUP BY 1 ORDER BY 1`,
      )
      .all({ fromMs, toMs, washoutMs })
      .map((row) => ({ ...row }));
}

const sumsOf = (fields: readonly string[]): string => fields.map((field) => `sum(${field}) AS ${field}`).join(", ");

function fateOf(table: "accept" | "edit", chars: string, settledMs: number | undefined): string {
  const isInTime =
    settledMs === undefined ? "TRUE" : `fate.atMs < "${table}".atMs / ${SLOT_MS} * ${SLOT_MS} + ${SLOT_MS + settledMs}`;
  // Without any censored record there is no such name.
  const isCounted = `(fate.state <> coalesce((SELECT id FROM names WHERE text = 'censored'), -1) AND ${isInTime})`;
  return (
    `sum(${isCounted} * fate.${chars}) AS countedChars, sum(${isCounted} * fate.survivingChars) AS survivingChars, ` +
    `sum((NOT ${isCounted}) * fate.${chars}) AS censoredChars`
  );
}
