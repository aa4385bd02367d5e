/** What more code in the same time may be paid with. */

import type { Report } from "../ledger/report.ts";
import type { Analysed } from "./analysed.ts";
import { shareOf, sumOf } from "./known.ts";

export interface Guardrails {
  readonly all: Guards;
  /** With suggestions and without, where there was an experiment. */
  readonly on: Guards | undefined;
  readonly off: Guards | undefined;
  /** Of what was accepted a day before: the share that is not alive any more, of those of which it is known. */
  readonly goneAfterDay: { readonly gone: number; readonly known: number };
}

/** Undefined where nobody worked. */
interface Guards extends HourlyGuards {
  /** Of accepted characters: those whose fate after a day is known, and those of them that are gone. */
  readonly dayOld: { readonly known: number; readonly gone: number };
}

interface HourlyGuards {
  readonly activeMinutes: number;
  readonly newErrors: number;
  readonly undos: number;
  readonly newErrorsPerHour: number | undefined;
  readonly undosPerHour: number | undefined;
}

export function guardrailsOf(report: Report, experiment: Analysed | undefined): Guardrails {
  const { activeSlots, guardSlots, editSlots, survival } = report;
  const afterDay = survival.filter(({ check, state }) => check === "24h" && state !== "censored");
  const arm = (which: "on" | "off"): Guards | undefined => {
    const blocks = experiment?.told.filter(({ arm, qualifies }) => qualifies && arm === which) ?? [];
    if (blocks.length === 0) return undefined;
    return {
      ...guardsOf(
        sumOf(blocks, ({ active120Ms }) => active120Ms),
        sumOf(blocks, ({ newErrors }) => newErrors),
        sumOf(blocks, ({ undos }) => undos),
      ),
      dayOld: {
        known: sumOf(blocks, ({ dayOldAiChars }) => dayOldAiChars),
        gone: sumOf(blocks, ({ churnedAiChars }) => churnedAiChars),
      },
    };
  };
  return {
    all: {
      ...guardsOf(
        sumOf(activeSlots, ({ active120Ms }) => active120Ms),
        sumOf(guardSlots, ({ newErrors }) => newErrors),
        sumOf(editSlots, ({ undos }) => undos),
      ),
      dayOld: {
        known: sumOf(afterDay, ({ insertedChars }) => insertedChars),
        gone: sumOf(afterDay, ({ insertedChars, survivingChars }) => insertedChars - survivingChars),
      },
    },
    on: arm("on"),
    off: arm("off"),
    goneAfterDay: {
      gone: sumOf(
        afterDay.filter(({ state }) => state === "dead"),
        ({ count }) => count,
      ),
      known: sumOf(afterDay, ({ count }) => count),
    },
  };
}

function guardsOf(activeMs: number, newErrors: number, undos: number): HourlyGuards {
  const hours = activeMs / 3_600_000;
  return {
    activeMinutes: activeMs / 60_000,
    newErrors,
    undos,
    newErrorsPerHour: shareOf(newErrors, hours),
    undosPerHour: shareOf(undos, hours),
  };
}
