/** What was kept of single suggestions whose records are gone, as it comes out of a file that anybody may have written. */

import type { TrialSum } from "../experiment/trialSums.ts";

/** A row of the table. */
export interface KeptTrial extends Omit<TrialSum, "isShown"> {
  readonly experiment: string;
  readonly isShown: 0 | 1;
}

/** Undefined where it is none. */
export function keptTrialFrom(line: unknown): KeptTrial | undefined {
  if (typeof line !== "object" || line === null) return undefined;
  const { experiment, session, isShown, state, bin, count, sumLog, asked, early } = line as Partial<KeptTrial>;
  const isNamed = typeof experiment === "string" && typeof session === "string";
  const isCounted = [count, asked, early].every((each) => Number.isSafeInteger(each) && Number(each) >= 0);
  if (!isNamed || !isCounted || !Number.isSafeInteger(bin) || !Number.isFinite(sumLog)) return undefined;
  const isOne = (isShown === 0 || isShown === 1) && STATES.some((each) => each === state);
  return isOne ? (line as KeptTrial) : undefined;
}

const STATES: readonly TrialSum["state"][] = ["known", "long", "unknown", "odd"];
