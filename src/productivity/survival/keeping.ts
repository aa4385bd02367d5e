/** What is said of accepts, and what is kept of them beyond the window. */

import type { Instant } from "../editorEvents.ts";
import type { Fact } from "../records.ts";
import { givenUp, unreadable } from "./checking.ts";
import { tooLateMs } from "./checks.ts";
import type { VersionedText } from "./followedDocument.ts";
import type { LexemeHmac } from "./lexemes.ts";
import type { FileState } from "./looking.ts";
import { checksIn, storedOf, trackedFrom } from "./stored.ts";
import type { Tracked } from "./tracked.ts";

/** What is kept beyond the window, so that another one can go on. */
export interface StoredAccept {
  readonly accept: string;
  readonly uri: string;
  /** When somebody has to look at it next, also if its file is not opened. */
  readonly dueMs: Instant;
  readonly value: string;
}

export interface SurvivalOptions {
  readonly hmac: LexemeHmac;
  /** Of an address: goes into the HMACs of the lexemes of what is accepted there. Kept with them, so it is no address. */
  readonly saltOf: (uri: string) => string;
  /** Of a document that is open. Called at checks, and when a document comes back or settles after a change; never at a key. */
  readonly textOf: (uri: string) => VersionedText | undefined;
  /** Of one that is open. Where it is `asking`, `fileKnown` tells of the answer. */
  readonly fileOf: (uri: string) => FileState;
  readonly record: (fact: Fact) => void;
  readonly keep: (stored: StoredAccept) => void;
  readonly release: (accept: string) => void;
}

export class Keeping {
  readonly #options: SurvivalOptions;

  constructor(options: SurvivalOptions) {
    this.#options = options;
  }

  record(facts: readonly Fact[]): void {
    for (const fact of facts) this.#options.record(fact);
  }

  keep(tracked: Tracked, uri: string): void {
    const { accept, checks } = tracked;
    if (checks.size === 0) return this.#options.release(accept);
    const late = Math.min(...Array.from(checks, (check) => tooLateMs(check, tracked)));
    this.#options.keep({ accept, uri, value: storedOf(tracked), dueMs: late });
  }

  /** Nothing more can be said of them. */
  giveUp(given: ReadonlySet<Tracked>, reason: string, nowMs: Instant): void {
    for (const tracked of given) {
      this.record(givenUp(tracked, reason, nowMs));
      this.#options.release(tracked.accept);
    }
  }

  /** `undefined` for one of which nothing can be said; that is recorded and it is kept no more. */
  resumed(accept: string, value: string, nowMs: Instant): Tracked | undefined {
    const tracked = trackedFrom(accept, value);
    if (!tracked) {
      this.record(unreadable(accept, checksIn(value), nowMs));
      this.#options.release(accept);
    } else if (tracked.atMs <= nowMs + MOST_AHEAD_MS) return tracked;
    else this.giveUp(new Set([tracked]), "clock", nowMs);
    return undefined;
  }
}

/** Clocks of two windows may differ by the drift of a day. */
const MOST_AHEAD_MS = 3_600_000;
