/** Acceptance by language, model, project and time of day. */

import type { Report } from "../ledger/report.ts";
import { LEAST_SESSIONS, rateOver } from "./known.ts";
import type { Rate } from "./model.ts";
import { hourAt, type ReportOptions } from "./options.ts";

export interface Breakdown {
  readonly parts: readonly BreakdownPart[];
}

export interface BreakdownPart {
  readonly by: "language" | "model" | "project" | "hours";
  /** The one that was shown most comes first; of hours the earliest. */
  readonly groups: readonly Group[];
  /** So few were shown, or in so few sessions, that their rates would say nothing. */
  readonly hidden: { readonly groups: number; readonly shown: number };
}

/** Empty where it is not known, or outside of any project; of a project the beginning of its HMAC; of hours the first one of the three. */
interface Group {
  readonly name: string;
  readonly acceptance: Rate;
}

const LEAST_SHOWN = 30;
const HOURS_TOGETHER = 3;
const HMAC_SHOWN = 6;

interface Row {
  readonly name: string;
  readonly session: string;
  readonly part: number;
  readonly whole: number;
}

export function breakdownOf({ runs, runSlots }: Report, options: ReportOptions): Breakdown {
  const clean = runs.filter(({ contaminated }) => contaminated === undefined || contaminated === "no");
  const byRun = (name: (run: (typeof runs)[number]) => string): readonly Row[] =>
    clean.map((run) => ({
      name: name(run),
      session: run.session,
      part: run.acceptedFull + run.acceptedPartly,
      whole: run.shown750,
    }));
  const bySlot = (name: (slot: (typeof runSlots)[number]) => string): readonly Row[] =>
    runSlots.map((slot) => ({ name: name(slot), session: slot.session, part: slot.accepted, whole: slot.shown750 }));
  const hours = partOf(
    "hours",
    bySlot(({ slotMs }) => String(Math.floor(hourAt(options, slotMs) / HOURS_TOGETHER) * HOURS_TOGETHER)),
  );
  return {
    parts: [
      partOf(
        "language",
        byRun(({ language }) => language),
      ),
      partOf(
        "model",
        byRun(({ model }) => model ?? ""),
      ),
      partOf(
        "project",
        // The ledger has no names: the beginning of what stands for one tells them apart.
        bySlot(({ project }) => project.slice(0, HMAC_SHOWN)),
      ),
      { ...hours, groups: hours.groups.toSorted((one, other) => Number(one.name) - Number(other.name)) },
    ],
  };
}

/**
 * With the names of folders, for those who have them open: what is passed on goes without.
 *
 * @param names by the HMAC that the ledger has in their place
 */
export function withProjectNames({ parts }: Breakdown, names: Readonly<Record<string, string>>): Breakdown {
  const shown = new Map(Object.entries(names).map(([hmac, name]) => [hmac.slice(0, HMAC_SHOWN), name]));
  const named = (group: Group): Group => ({ ...group, name: shown.get(group.name) ?? group.name });
  return { parts: parts.map((part) => (part.by === "project" ? { ...part, groups: part.groups.map(named) } : part)) };
}

function partOf(by: BreakdownPart["by"], rows: readonly Row[]): BreakdownPart {
  const groups = [...Map.groupBy(rows, ({ name }) => name)]
    .map(([name, own]) => ({ name, acceptance: rateOver(own) }))
    .filter(({ acceptance }) => acceptance.whole > 0);
  const isEnough = ({ acceptance }: Group): boolean =>
    acceptance.whole >= LEAST_SHOWN && acceptance.sessions >= LEAST_SESSIONS;
  const hidden = groups.filter((group) => !isEnough(group));
  return {
    by,
    groups: groups.filter(isEnough).toSorted((one, other) => other.acceptance.whole - one.acceptance.whole),
    hidden: { groups: hidden.length, shown: hidden.reduce((sum, { acceptance }) => sum + acceptance.whole, 0) },
  };
}
