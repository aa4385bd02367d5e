/** The time that events get: that of the machine, but it never goes back while a window is open. */

import type { Instant } from "../productivity/editorEvents.ts";

export interface ClockJump {
  readonly fromMs: Instant;
  readonly toMs: Instant;
}

interface Clocks {
  /** Milliseconds since the epoch, as somebody may set them. */
  wallMs(): number;
  /** From anywhere on; nobody can set it, and it may stand while the machine sleeps. */
  monotonicMs(): number;
}

/**
 * Goes by the monotonic clock. Where the machine's clock is ahead of it all at once (it was set, or the machine has slept), it
 * jumps, too. Where that one was put back, it goes on as it did. Both are told, with the stretch that was left out or comes twice.
 */
export class SessionClock {
  readonly #clocks: Clocks;
  readonly #jumped: (jump: ClockJump) => void;
  /** To be added to the monotonic clock. */
  #baseMs: number;
  /** How far the machine's clock is known to be ahead of this one. */
  #aheadMs = 0;
  #lastMs: Instant;

  /** `jumped` gets to know it before the time is given to anybody. */
  constructor(clocks: Clocks, jumped: (jump: ClockJump) => void) {
    this.#clocks = clocks;
    this.#jumped = jumped;
    this.#lastMs = clocks.wallMs();
    this.#baseMs = this.#lastMs - clocks.monotonicMs();
  }

  nowMs(): Instant {
    const nowMs = this.#baseMs + this.#clocks.monotonicMs();
    const wallMs = this.#clocks.wallMs();
    const aheadMs = wallMs - nowMs;
    if (Math.abs(aheadMs - this.#aheadMs) <= TOLERATED_MS) return (this.#lastMs = nowMs);
    const isLeftOut = aheadMs > TOLERATED_MS;
    const jump = isLeftOut ? { fromMs: this.#lastMs, toMs: wallMs } : { fromMs: wallMs, toMs: nowMs };
    if (isLeftOut) this.#baseMs += aheadMs;
    this.#aheadMs = isLeftOut ? 0 : aheadMs;
    this.#lastMs = isLeftOut ? wallMs : nowMs;
    this.#jumped(jump);
    return this.#lastMs;
  }
}

/** Time servers shift a clock by less, and a process may be stopped for a moment between two looks. */
const TOLERATED_MS = 5_000;
