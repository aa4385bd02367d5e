/** What the ledger has of an experiment's half-hours, also of those whose records are too old to be kept. */

import type { DatabaseSync } from "node:sqlite";
import { type EditCount, type Fate, noCounts, type SlotCounts } from "../experiment/blocks.ts";
import { SETTLED_MS, SLOT_MS, WASHOUT_MS } from "../experiment/slots.ts";
import { slotCountsFrom } from "./keptSlots.ts";
import { aiFates, slotQueries, slotsIn, type SlotRange } from "./reportSlots.ts";
import { activeFields, editFields } from "./summedFields.ts";

/** Those of the given half-hours in which anything was, by where they begin. */
export function slotCountsOf(database: DatabaseSync, slots: readonly number[]): ReadonlyMap<number, SlotCounts> {
  const [firstMs, lastMs] = slots.reduce(
    ([first, last], slotMs) => [Math.min(first, slotMs), Math.max(last, slotMs)] as const,
    [Infinity, -Infinity] as const,
  );
  if (slots.length === 0) return new Map();
  const wanted = new Set(slots);
  const counts = new Map(countedNow(database, { fromMs: firstMs, toMs: lastMs + SLOT_MS }, wanted));
  const gaps = gapsSince(database, firstMs);
  for (const slotMs of wanted)
    if (gaps.some((gap) => gap.fromMs < slotMs + SLOT_MS && gap.toMs >= slotMs + WASHOUT_MS))
      counts.set(slotMs, { ...(counts.get(slotMs) ?? noCounts(slotMs)), hasGap: true });
  const kept = database.prepare("SELECT slotMs, sums FROM keptSlots WHERE slotMs BETWEEN ? AND ?");
  for (const row of kept.iterate(firstMs, lastMs)) {
    const slotMs = Number(row["slotMs"]);
    const sums = wanted.has(slotMs) ? slotCountsFrom(String(row["sums"])) : undefined;
    // A gap may have been told of since they were kept.
    if (sums) counts.set(slotMs, { ...sums, hasGap: sums.hasGap || counts.get(slotMs)?.hasGap === true });
  }
  return counts;
}

/**
 * Before records go that are older than `cutMs`: what half-hours of experiments have of them is kept. A day's half-hours at most.
 *
 * @returns false where there are none any more
 */
export function keepSomeSlots(database: DatabaseSync, cutMs: number): boolean {
  const rows = database
    .prepare(
      `SELECT DISTINCT slotMs FROM assign WHERE slotMs < ? AND NOT EXISTS (SELECT 1 FROM keptSlots WHERE keptSlots.slotMs = assign.slotMs)
       ORDER BY slotMs LIMIT ${MOST_SLOTS}`,
    )
    .all(cutMs);
  const first = Number(rows[0]?.["slotMs"]);
  const slots = rows.map((row) => Number(row["slotMs"])).filter((slotMs) => slotMs < first + DAY_MS);
  const counts = slotCountsOf(database, slots);
  const keep = database.prepare("INSERT INTO keptSlots (slotMs, sums) VALUES (?, ?)");
  for (const slotMs of slots) keep.run(slotMs, JSON.stringify(counts.get(slotMs) ?? noCounts(slotMs)));
  return slots.length > 0;
}

function countedNow(
  database: DatabaseSync,
  range: SlotRange,
  wanted: ReadonlySet<number>,
): ReadonlyMap<number, SlotCounts> {
  const counts = new Map<number, SlotCounts>();
  const add = <Row extends { readonly slotMs: number }>(
    rows: readonly Row[],
    part: (row: Row) => Partial<SlotCounts>,
  ): void => {
    for (const row of rows) {
      const { slotMs } = row;
      // The map's own object, of which there are thousands: what is in it is never changed, only replaced.
      if (wanted.has(slotMs)) counts.set(slotMs, Object.assign(counts.get(slotMs) ?? noCounts(slotMs), part(row)));
    }
  };
  const id = (text: string): string => `(SELECT id FROM names WHERE text = '${text}')`;
  const sums = slotsIn(database, { ...range, washoutMs: WASHOUT_MS, settledMs: SETTLED_MS });
  add(sums.editSlots, (row) => ({ edits: only<EditCount>(row, editFields) }));
  add(sums.activeSlots, (row) => only(row, activeFields));
  add(sums.guardSlots, ({ newErrors }) => ({ newErrors }));
  add(sums.typedSlots, (row) => ({ typed: fate(row) }));
  add(sums.aiSlots, (row) => ({ ai: fate(row) }));
  add(aiFates(slotQueries(database, { ...range, washoutMs: WASHOUT_MS }), "24h"), (row) => ({ aiAfterDay: fate(row) }));
  const worked = slotQueries(database, { ...range, washoutMs: WASHOUT_MS });
  const byItself = worked(
    "shown",
    "count(*) AS count",
    'shown JOIN "end" USING (run, runNumber)',
    `thresholdMs = 750 AND "end".trigger = ${id("automatic")}`,
  ) as unknown as readonly Counted[];
  add(byItself, (row) => ({ shownByItself: row.count }));
  const bySlot = slotQueries(database, range);
  const count = (table: string, field: "manualTriggers" | "shown" | "heldBack" | "accepts", where?: string): void =>
    add(bySlot(table, "count(*) AS count", `"${table}"`, where) as unknown as readonly Counted[], (row) => ({
      [field]: row.count,
    }));
  count("opportunity", "manualTriggers", `trigger = ${id("manual")}`);
  count("shown", "shown", "thresholdMs = 750");
  count("response", "heldBack", `outcome IN (${id("held-back")}, ${id("held-back-singly")})`);
  count("accept", "accepts");
  return counts;
}

/** In which not everything was counted. While the clock jumped everything was. */
function gapsSince(
  database: DatabaseSync,
  fromMs: number,
): readonly { readonly fromMs: number; readonly toMs: number }[] {
  return database
    .prepare(
      `SELECT fromMs, toMs FROM gap WHERE toMs >= ?
         AND reason <> coalesce((SELECT id FROM names WHERE text = 'clock-jump'), -1)`,
    )
    .all(fromMs)
    .map((row) => ({ fromMs: Number(row["fromMs"]), toMs: Number(row["toMs"]) }));
}

interface Counted {
  readonly slotMs: number;
  readonly count: number;
}

const fate = ({ countedChars, survivingChars }: Fate): Fate => ({ countedChars, survivingChars });

function only<Field extends string>(
  row: Readonly<Record<Field, number>>,
  fields: readonly Field[],
): Readonly<Record<Field, number>> {
  return Object.fromEntries(fields.map((field) => [field, row[field]])) as Readonly<Record<Field, number>>;
}

const DAY_MS = 86_400_000;
const MOST_SLOTS = 50;
