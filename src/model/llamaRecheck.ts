/**
 * What a server has told of its model holds until somebody starts it anew with another one. So it is asked again: when a
 * request has failed, when an answer comes from a model of another name, and after some minutes anyway.
 */

import { isDeepStrictEqual } from "node:util";
import type { LlamaSetUp } from "./llamaSetUp.ts";

export interface Recheck {
  /**
   * Whether the server tells something else by now, as far as is known; for each request. Says it at once, except where
   * the server was not there when it was last asked: then what it tells now is waited for. Never rejects.
   */
  isOutdated(): boolean | Promise<boolean>;
  /** There may be another model. */
  doubt(): void;
}

/** `told`: what the first `ask` resolved to. `now`: milliseconds of a clock. */
export function createRecheck(told: LlamaSetUp, ask: () => Promise<LlamaSetUp>, now: () => number): Recheck {
  let isOutdated = false;
  let wasAway = false;
  let askedAt = now();
  let asking: Promise<boolean> | undefined;

  return {
    isOutdated() {
      if (isOutdated) return true;
      if (wasAway) return askAgain();
      // A server of another kind has no model's facts to tell.
      const isDue = told.isLlama !== false && Math.abs(now() - askedAt) >= EVERY_MS;
      if (isDue) void askAgain();
      return false;
    },
    doubt: () => void askAgain(),
  };

  function askAgain(): Promise<boolean> {
    asking ??= compare().finally(() => {
      asking = undefined;
    });
    return asking;
  }

  async function compare(): Promise<boolean> {
    askedAt = now();
    try {
      const answer = await ask();
      wasAway = false;
      // One that does not say what it is says nothing against what it said before.
      isOutdated = answer.isLlama !== undefined && !isDeepStrictEqual(answer, told);
    } catch {
      // It is not there, or reads a model's file: most likely it is being started.
      wasAway = true;
    }
    return isOutdated;
  }
}

/** Somebody who has another model now waits no longer for suggestions that fit it, if nothing else has told of it. */
const EVERY_MS = 3 * 60_000;
