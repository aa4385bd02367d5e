/**
 * Which single suggestions are held back. They follow from the seed that was committed to before any data, so that anybody who has
 * the ledger can draw them again and see that none was chosen; drawn from a source of random numbers and written down, each would
 * have to be believed. A window gets a key of its session alone: it can't tell from it which half-hours are to come.
 */

import type { Sha256 } from "./plan.ts";
import { drawnBelow } from "./schedule.ts";

export interface SingleDrawInput {
  /** `singleKey`'s. */
  readonly key: string;
  /** Which draw of its session, from 0 on. */
  readonly draw: number;
  readonly oneIn: number;
}

/** @param session of a window: so several at once draw independently. */
export const singleKey = (seed: string, session: string, sha256: Sha256): string =>
  sha256(`${seed}/suggestions/${session}`);

/** With the chance of 1 in `oneIn`, independently of all others. */
export const isHeldBackSingly = ({ key, draw, oneIn }: SingleDrawInput, sha256: Sha256): boolean =>
  drawnBelow(`${key}/${draw}`, oneIn, sha256) === 0;
