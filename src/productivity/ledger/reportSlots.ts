/**
 * What happened in each half-hour: what an experiment is made of. By UTC, so that a slot is the same one for every window, and on
 * a journey. On a clock on the wall it begins at :00 and :30 wherever that is whole or half hours from UTC, and at :15 and :45 in
 * Nepal, on the Chatham Islands and around Eucla.
 */

import type { DatabaseSync } from "node:sqlite";
import type { ActivityRecord, EditRecord } from "../records.ts";
import { activeFields, editFields } from "./summedFields.ts";

const SLOT_MS = 1_800_000;

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

export function slotsIn(database: DatabaseSync, range: { readonly fromMs: number; readonly toMs: number }): Slots {
  const { fromMs, toMs } = range;
  const bySlot = (table: string, sums: string, from = `"${table}"`): readonly Readonly<Record<string, unknown>>[] =>
    database
      .prepare(
        `SELECT "${table}".atMs / ${SLOT_MS} * ${SLOT_MS} AS slotMs, ${sums} FROM ${from} ` +
          `WHERE "${table}".atMs >= :fromMs AND "${table}".atMs < :toMs GROUP BY 1 ORDER BY 1`,
      )
      .all({ fromMs, toMs })
      .map((row) => ({ ...row }));
  return {
    editSlots: bySlot("edit", sumsOf(editFields)),
    activeSlots: bySlot("activity", sumsOf(activeFields)),
    guardSlots: bySlot("guard", sumsOf(["newErrors"])),
    typedSlots: bySlot("edit", fateOf("typedChars"), "edit JOIN typedSurvival AS fate USING (edit, editNumber)"),
    aiSlots: bySlot(
      "accept",
      fateOf("insertedChars"),
      "accept JOIN survival AS fate ON fate.accept = accept.accept AND fate.acceptNumber = accept.acceptNumber " +
        `AND fate."check" = (SELECT id FROM names WHERE text = '10m')`,
    ),
  } as unknown as Slots;
}

const sumsOf = (fields: readonly string[]): string => fields.map((field) => `sum(${field}) AS ${field}`).join(", ");

function fateOf(chars: string): string {
  // Without any censored record there is no such name.
  const isCounted = "(fate.state <> coalesce((SELECT id FROM names WHERE text = 'censored'), -1))";
  return (
    `sum(${isCounted} * fate.${chars}) AS countedChars, sum(${isCounted} * fate.survivingChars) AS survivingChars, ` +
    `sum((NOT ${isCounted}) * fate.${chars}) AS censoredChars`
  );
}
