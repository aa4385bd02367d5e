/** The days of the wall's clock, as the report has them, with what happened on each. */

import type { UsageSlot } from "../ledger/reportUsage.ts";
import { sumOf } from "../report/known.ts";
import { localDayAt } from "../report/options.ts";
import type { ExportFigures } from "./figures.ts";

export type Usage = Omit<UsageSlot, "slotMs" | "language" | "model">;

export interface ExportDay {
  /** Days since the epoch. */
  readonly day: number;
  readonly total: Usage;
  readonly groups: readonly (Usage & Pick<UsageSlot, "language" | "model">)[];
  /** Minutes in which somebody worked. */
  readonly activeMinutes: number;
  /** Of what was accepted and typed on the day: characters that were there ten minutes later. */
  readonly aiChars: number;
  readonly typedChars: number;
}

/** Days on which something was shown or somebody worked, in their order. */
export function daysOf(figures: ExportFigures): readonly ExportDay[] {
  const { usage, report, offsetMinutesAt } = figures;
  const options = { nowMs: 0, offsetMinutesAt };
  const by = <Slot extends { readonly slotMs: number }>(slots: readonly Slot[]) =>
    Map.groupBy(slots, ({ slotMs }) => localDayAt(options, slotMs));
  const [shown, active] = [by(usage), by(report.activeSlots.filter(({ active120Ms }) => active120Ms > 0))];
  const [ai, typed] = [by(report.aiSlots), by(report.typedSlots)];
  const days = new Set([...shown.keys(), ...active.keys(), ...ai.keys(), ...typed.keys()]);
  return [...days]
    .toSorted((one, other) => one - other)
    .map((day) => ({
      day,
      total: usageSum(shown.get(day) ?? []),
      groups: groupsOf(shown.get(day) ?? []),
      activeMinutes: sumOf(active.get(day) ?? [], ({ active120Ms }) => active120Ms) / 60_000,
      aiChars: sumOf(ai.get(day) ?? [], ({ survivingChars }) => survivingChars),
      typedChars: sumOf(typed.get(day) ?? [], ({ survivingChars }) => survivingChars),
    }));
}

/** By language and model, each as often as it came. */
export function groupsOf(slots: readonly Omit<UsageSlot, "slotMs">[]): ExportDay["groups"] {
  return [...Map.groupBy(slots, ({ language, model }) => JSON.stringify([language, model]))].flatMap(([, own]) => {
    const [first] = own;
    return first ? [{ language: first.language, model: first.model, ...usageSum(own) }] : [];
  });
}

export function usageSum(rows: readonly Usage[]): Usage {
  const sum = (of: keyof Usage): number => sumOf(rows, (row) => row[of]);
  return {
    shown: sum("shown"),
    acceptedFull: sum("acceptedFull"),
    acceptedPartly: sum("acceptedPartly"),
    onlyInferred: sum("onlyInferred"),
    suggestedLines: sum("suggestedLines"),
    linesUnknown: sum("linesUnknown"),
    acceptedLines: sum("acceptedLines"),
  };
}

/** `2026-11-29` */
export function dayText(day: number): string {
  const parts = new Map(dayFormat.formatToParts(day * 86_400_000).map(({ type, value }) => [type, value]));
  return `${parts.get("year")}-${parts.get("month")}-${parts.get("day")}`;
}

const dayFormat = new Intl.DateTimeFormat("en", {
  timeZone: "UTC",
  calendar: "gregory",
  numberingSystem: "latn",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
});
