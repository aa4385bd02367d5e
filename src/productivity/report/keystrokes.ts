/** What a model of keystrokes would have said, to stand beside what was measured. */

import type { Report } from "../ledger/report.ts";
import { keystrokeModel, type KeystrokeResult } from "../statistics/keystrokeModel.ts";
import { known, sumOf } from "./known.ts";
import type { Known } from "./model.ts";
import type { Verdict } from "./verdict.ts";

/** A model, no measurement: it stands on assumptions. Of all time at the code, with suggestions and without. */
export interface Keystrokes {
  readonly estimate: number;
  readonly tornado: KeystrokeResult["tornado"];
  readonly charsPerSecond: number;
  readonly readSeconds: number;
  readonly fixSeconds: number;
  readonly survivingChars: number;
  readonly shown: number;
  readonly accepted: number;
  readonly activeMinutes: number;
}

/** Typing of about 37 words a minute, and seconds to read a suggestion and to put right one that was accepted: to be doubted. */
const assumptions = { charsPerSecond: 3.1, readSeconds: 1.6, fixSeconds: 2 };

/**
 * It makes time of what was accepted, so by itself it would be taken for a speed-up. Undefined where no measured verdict stands
 * beside it that can be relied on, and where nothing that was accepted has been looked at after ten minutes: what is not known yet
 * would count as gone.
 */
export function keystrokesOf(report: Report, verdict: Verdict): Known<Keystrokes> | undefined {
  if (verdict.kind !== "measured" || verdict.isFlagged) return undefined;
  const { aiSlots, acceptedRuns, runSlots, activeSlots } = report;
  if (sumOf(aiSlots, ({ countedChars }) => countedChars) === 0) return undefined;
  const input = {
    ...assumptions,
    survivingChars: sumOf(aiSlots, ({ survivingChars }) => survivingChars),
    shown: sumOf(runSlots, ({ shown750 }) => shown750),
    accepted: sumOf(acceptedRuns, ({ count }) => count),
    activeMinutes: sumOf(activeSlots, ({ active120Ms }) => active120Ms) / 60_000,
  };
  return known(keystrokeModel(input), ({ estimate, tornado }) => ({ ...input, estimate, tornado }));
}
