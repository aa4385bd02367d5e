/**
 * What a simulated user has really done, counted from their own actions and by none of the product's code: the truth that the chain
 * is held against.
 */

interface Sums {
  /** Typed and accepted characters of the half-hour that nobody has deleted within ten minutes. */
  netChars: number;
  /** With pauses of up to 120 s. */
  activeMs: number;
}

const SLOT_MS = 1_800_000;
const WASHOUT_MS = 300_000;
const SURVIVAL_MS = 600_000;
const CAP_MS = 120_000;

/** One document of them: who wrote each character when, as the time alone. */
export class TrueBooks {
  /** Without the first five minutes of each half-hour, as an experiment has it; by where it begins. */
  readonly counted = new Map<number, Sums>();
  /** With them: what the user's own pace is made of. */
  readonly whole = new Map<number, Sums>();
  #lastMs: number | undefined;

  /** Something was done, which is not necessarily writing. */
  worked(atMs: number): void {
    const fromMs = this.#lastMs;
    this.#lastMs = atMs;
    if (fromMs === undefined) return;
    this.#charge(fromMs, Math.min(atMs, fromMs + CAP_MS));
  }

  /** The window is not in front any more: up to now it was. */
  left(atMs: number): void {
    this.worked(atMs);
    this.#lastMs = undefined;
  }

  wrote(atMs: number, chars: number): void {
    sumsAt(this.whole, atMs).netChars += chars;
    if (atMs % SLOT_MS >= WASHOUT_MS) sumsAt(this.counted, atMs).netChars += chars;
  }

  /** Characters that were written at these times. */
  deleted(atMs: number, writtenMs: readonly number[]): void {
    for (const fromMs of writtenMs) if (atMs - fromMs < SURVIVAL_MS) this.wrote(fromMs, -1);
  }

  #charge(fromMs: number, toMs: number): void {
    for (let atMs = fromMs; atMs < toMs;) {
      const slotMs = slotAt(atMs);
      const washedMs = slotMs + WASHOUT_MS;
      const isCounted = atMs >= washedMs;
      const endMs = Math.min(toMs, isCounted ? slotMs + SLOT_MS : washedMs);
      sumsAt(this.whole, atMs).activeMs += endMs - atMs;
      if (isCounted) sumsAt(this.counted, atMs).activeMs += endMs - atMs;
      atMs = endMs;
    }
  }
}

const slotAt = (atMs: number): number => Math.floor(atMs / SLOT_MS) * SLOT_MS;

function sumsAt(slots: Map<number, Sums>, atMs: number): Sums {
  const slotMs = slotAt(atMs);
  const known = slots.get(slotMs);
  if (known) return known;
  const sums = { netChars: 0, activeMs: 0 };
  slots.set(slotMs, sums);
  return sums;
}
