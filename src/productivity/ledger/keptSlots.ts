/** What was kept of an experiment's half-hours whose records are gone, as it comes out of a file that anybody may have written. */

import { noCounts, type SlotCounts } from "../experiment/blocks.ts";
import { isSlot } from "../experiment/slots.ts";

export interface KeptSlot {
  readonly slotMs: number;
  /** JSON, as the table has it. */
  readonly sums: string;
}

/** Undefined where it is none. What a later version keeps besides stays in it. */
export function keptSlotFrom(line: unknown): KeptSlot | undefined {
  if (!isObject(line)) return undefined;
  const { slotMs, sums } = line;
  if (typeof slotMs !== "number" || !isSlot(slotMs) || typeof sums !== "string") return undefined;
  return slotCountsFrom(sums)?.slotMs === slotMs ? { slotMs, sums } : undefined;
}

/** Undefined where it is none, or one of its figures is missing, no whole number, or below 0. */
export function slotCountsFrom(sums: string): SlotCounts | undefined {
  let counts: unknown;
  try {
    counts = JSON.parse(sums);
  } catch {
    return undefined;
  }
  return hasFiguresOf(noCounts(0), counts) ? (counts as unknown as SlotCounts) : undefined;
}

function hasFiguresOf(shape: object, value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isObject(value)) return false;
  return Object.entries(shape).every(([name, figure]: readonly [string, unknown]) => {
    const own = Object.hasOwn(value, name) ? value[name] : undefined;
    if (typeof figure === "number") return typeof own === "number" && Number.isSafeInteger(own) && own >= 0;
    return typeof figure !== "object" || figure === null || hasFiguresOf(figure, own);
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
