/** Weeks, one after the other, and what changed when. */

import type { Report } from "../ledger/report.ts";
import { rateOver } from "./known.ts";
import type { Rate } from "./model.ts";
import { type ReportOptions, weekAt } from "./options.ts";

export interface Trend {
  /** Those in which something was shown, in their order. `weekMs` is the Monday's midnight as if the wall's clock were UTC. */
  readonly weeks: readonly { readonly weekMs: number; readonly acceptance: Rate }[];
  readonly changes: readonly Change[];
}

/**
 * What the ledger knows: from which week on a model wrote suggestions that were shown, and from which week on the counting was
 * tested in a version of VS Code. Of settings, and of Pairwise's own version, it knows nothing.
 */
export interface Change {
  readonly weekMs: number;
  readonly what: "model" | "editor";
  readonly name: string;
}

export function trendOf(report: Report, options: ReportOptions): Trend {
  const { runSlots } = report;
  const weeks = new Map<number, (typeof runSlots)[number][]>();
  for (const slot of runSlots) {
    const week = weekAt(options, slot.slotMs);
    const rows = weeks.get(week);
    if (rows) rows.push(slot);
    else weeks.set(week, [slot]);
  }
  const ordered = [...weeks].toSorted(([one], [other]) => one - other);
  return {
    weeks: ordered.map(([weekMs, rows]) => ({
      weekMs,
      acceptance: rateOver(
        rows.map(({ session, accepted, shown750 }) => ({ session, part: accepted, whole: shown750 })),
      ),
    })),
    changes: changesOf(report, options, ordered[0]?.[0]),
  };
}

/** What is there from the first week on is no change. */
function changesOf({ runSlots, selfTests }: Report, options: ReportOptions, firstWeekMs: number | undefined) {
  const first = new Map<string, Change>();
  const seen = (what: Change["what"], name: string, atMs: number): void => {
    const change = { weekMs: weekAt(options, atMs), what, name };
    const known = first.get(`${what} ${name}`);
    if (!known || change.weekMs < known.weekMs) first.set(`${what} ${name}`, change);
  };
  for (const { model, slotMs } of runSlots) if (model !== undefined) seen("model", model, slotMs);
  for (const { editorVersion, atMs } of selfTests) seen("editor", editorVersion, atMs);
  return [...first.values()]
    .filter(({ weekMs }) => firstWeekMs !== undefined && weekMs > firstWeekMs)
    .toSorted((one, other) => one.weekMs - other.weekMs);
}
