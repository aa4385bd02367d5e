/** Trials of single suggestions with a known effect, as a ledger has them. */

import { isHeldBackSingly, singleKey } from "../../src/productivity/experiment/singleDraws.ts";
import { sha256 } from "../../src/productivity/ledger/experimentRecords.ts";
import type { TrialRecord } from "../../src/productivity/experiment/records.ts";
import { seededRandom } from "../../src/productivity/statistics/seededRandom.ts";
import { EXPERIMENT } from "./experimentRig.ts";
import { NOON_MS } from "./ledgerRig.ts";

const LOOKED_MS = 240_000;

export interface SimulatedTrials {
  /** By how much a shown suggestion multiplies the time to the next characters. */
  readonly timeRatio: number;
  readonly seed: string;
  readonly sessions: number;
  readonly draws: number;
  /** Of the random numbers. */
  readonly random: number;
}

/**
 * Sessions differ, as files and days do. What ends the looking comes at any time, so that long ones are cut off more often than
 * short ones, and more of those that are slower: about one of seven.
 */
export function simulatedTrials(truth: SimulatedTrials): readonly TrialRecord[] {
  const random = seededRandom(truth.random);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: truth.sessions }, (_, index) => `${truth.random}${index}`.padStart(16, "5")).flatMap(
    (session) => {
      const key = singleKey(truth.seed, session, sha256);
      const usualMs = 30_000 * Math.exp(0.3 * normal());
      return Array.from({ length: truth.draws }, (__, draw): TrialRecord => {
        const isShown = !isHeldBackSingly({ key, draw, oneIn: 5 }, sha256);
        const lookedMs = -LOOKED_MS * Math.log(1 - random());
        const tookMs = usualMs * (isShown ? truth.timeRatio : 1) * Math.exp(0.8 * normal());
        const isKnown = tookMs <= lookedMs;
        return {
          kind: "trial",
          atMs: NOON_MS + draw * 60_000,
          session,
          experiment: EXPERIMENT,
          draw,
          isShown,
          isAsked: !isShown && random() < 0.1,
          state: isKnown ? "reached" : "censored",
          reason: isKnown ? "" : "session-ended",
          activeMs: Math.round(Math.min(tookMs, lookedMs)),
          survivingChars: isKnown ? 40 : 10,
        };
      });
    },
  );
}
