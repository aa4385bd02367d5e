/**
 * How many threads to compute with. llama.cpp's threads wait for each other in a loop, so one thread too many
 * costs not a little but nearly everything, and the best count depends on what else the machine does.
 * So the count is measured: at load, and again by every step.
 */

export type Phase = "prompt" | "generation";

/** An estimate that is not used comes back to its best with this time constant: then it is tried again. */
const FORGET_MS = 20_000;
const NEWEST_SHARE = 0.3;
/** One step that was held up counts as so many times the best, not more: it may stay the only one. */
const WORST_OF_BEST = 4;
/** A candidate that takes so many times as long as another is not measured any further, ... */
const HOPELESS = 3;
/** ... is taken to be so many times slower, and at its best so many times the other's time. */
const HOPELESS_NOW = 3;
const HOPELESS_BEST = 0.6;

/**
 * Counts worth trying, from the fewest: the one that is `wanted`; where that is 0, half of the cores, the physical ones,
 * all. Never more than there are: 256 on two cores write nothing within minutes.
 */
export function threadCandidates(wanted: number, available: number, mathCores: number): readonly number[] {
  if (wanted > 0) return [Math.min(wanted, available)];
  const whole = (count: number) => Math.min(available, Math.max(1, Math.floor(count)));
  return [...new Set([whole(Math.ceil(available / 2)), whole(mathCores), whole(available)])];
}

interface Estimate {
  /** Milliseconds per token, when last measured. */
  ms: number;
  best: number;
  atMs: number;
}

/** Chooses the count for each step of each phase: always the one that was fastest lately. */
export class ThreadChooser {
  readonly candidates: readonly number[];
  readonly #estimates = { prompt: new Map<number, Estimate>(), generation: new Map<number, Estimate>() };

  constructor(candidates: readonly number[]) {
    this.candidates = candidates;
  }

  /** The count to use now. One that was never measured is not chosen, except the first. */
  choose(phase: Phase, nowMs: number): number {
    const [best] = this.#ranked(phase, nowMs);
    return best?.count ?? this.candidates[0] ?? 1;
  }

  /** What a step of `tokens` took. */
  record(phase: Phase, count: number, tokens: number, ms: number, nowMs: number): void {
    const perToken = ms / tokens;
    const known = this.#estimates[phase].get(count);
    if (known === undefined) this.#estimates[phase].set(count, { ms: perToken, best: perToken, atMs: nowMs });
    else {
      known.best = Math.min(known.best, perToken);
      known.ms += (Math.min(perToken, known.best * WORST_OF_BEST) - known.ms) * NEWEST_SHARE;
      known.atMs = nowMs;
    }
  }

  /** Milliseconds per token of the count that would be chosen; `undefined` before anything was measured. */
  msPerToken(phase: Phase, nowMs: number): number | undefined {
    return this.#ranked(phase, nowMs)[0]?.ms;
  }

  /** Whether a step that took so long is due to something else that computes, so that another try only costs time. */
  isHopeless(phase: Phase, perTokenMs: number, nowMs: number): boolean {
    return perTokenMs > HOPELESS * (this.msPerToken(phase, nowMs) ?? Number.POSITIVE_INFINITY);
  }

  /** Leaves a count alone for a while. */
  giveUp(count: number, nowMs: number): void {
    for (const phase of ["prompt", "generation"] as const) {
      this.#estimates[phase].delete(count);
      const fastest = this.msPerToken(phase, nowMs);
      if (fastest === undefined) continue;
      const estimate = { ms: fastest * HOPELESS_NOW, best: fastest * HOPELESS_BEST, atMs: nowMs };
      this.#estimates[phase].set(count, estimate);
    }
  }

  #ranked(phase: Phase, nowMs: number): readonly { readonly count: number; readonly ms: number }[] {
    return [...this.#estimates[phase]]
      .map(([count, { ms, best, atMs }]) => ({ count, ms: best + (ms - best) * Math.exp((atMs - nowMs) / FORGET_MS) }))
      .toSorted((a, b) => a.ms - b.ms);
  }
}
