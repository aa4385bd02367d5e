/** How a model has done lately, and whether it is worth asking it now: a circuit breaker with its figures. */

import { LONGEST_TOLD_WAIT_MS } from "./backOff.ts";
import type { ModelFailure } from "./failure.ts";
import { type Model, ModelError, type ModelRequest, type ModelStream } from "./model.ts";
import { wrappedStream } from "./wrappedStream.ts";

export interface HealthFigures {
  /** Requests that were answered or failed, of the last 50; those that were aborted tell nothing, unless the model was too late. */
  readonly requests: number;
  readonly failed: number;
  /** From the call to the first text, in milliseconds; `undefined` where no answer had any. */
  readonly firstTextMs: { readonly p50: number; readonly p95: number } | undefined;
}

export class Health {
  readonly #now: () => number;
  #outcomes: readonly Outcome[] = [];
  #failuresInRow = 0;
  #opened: { readonly failure: ModelFailure; readonly since: number; readonly ms: number } | undefined;
  #opens = 0;
  #last: ModelFailure | undefined;

  /** `now`: milliseconds of a clock. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** What to fail with instead of asking; `undefined` where the model may be asked. */
  get failure(): ModelFailure | undefined {
    const at = this.#now();
    // A clock that was set back must not make the wait longer than it was.
    if (!this.#opened) return undefined;
    const { failure, since, ms } = this.#opened;
    if (at >= since + ms || at < since) return undefined;
    if (failure.kind !== "rate-limited") return failure;
    return { ...failure, retryAfterMs: since + (failure.retryAfterMs ?? ms) - at };
  }

  /** What it failed with last, until it answers; also where it may be asked again. */
  get lastFailure(): ModelFailure | undefined {
    return this.failure ?? (this.#last && withoutWait(this.#last));
  }

  get figures(): HealthFigures {
    const times = this.#outcomes.flatMap(({ firstTextMs }) => firstTextMs ?? []).toSorted((a, b) => a - b);
    const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
    return {
      requests: this.#outcomes.length,
      failed: this.#outcomes.filter(({ failed }) => failed).length,
      firstTextMs: times.length === 0 ? undefined : { p50: at(0.5), p95: at(0.95) },
    };
  }

  /** `firstTextMs` is `undefined` where the answer was empty. */
  answered(firstTextMs: number | undefined): void {
    this.#note({ failed: false, firstTextMs });
    this.forget();
    this.#opens = 0;
    this.#failuresInRow = 0;
  }

  failed(failure: ModelFailure): void {
    this.#last = failure;
    const after = failuresBeforeAWait(failure);
    if (after === undefined) return;
    this.#note({ failed: true, firstTextMs: undefined });
    this.#failuresInRow += 1;
    if (this.#failuresInRow < after) return;
    const ms = waitTold(failure) ?? Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#opens);
    this.#opens += 1;
    this.#opened = { failure, since: this.#now(), ms };
  }

  /**
   * It may be asked at once, since somebody wants to know. If it fails again, the wait goes on to grow. A limit of the
   * user's own is known to be still there.
   */
  retry(): void {
    if (this.failure?.kind !== "spending-limit") this.#opened = undefined;
  }

  /** What was known counts no more: something has changed. */
  forget(): void {
    this.#opened = undefined;
    this.#last = undefined;
  }

  #note(outcome: Outcome): void {
    this.#outcomes = [...this.#outcomes, outcome].slice(-OUTCOMES_KEPT);
  }
}

interface Outcome {
  readonly failed: boolean;
  readonly firstTextMs: number | undefined;
}

/** Tells `health` what becomes of each request, and asks for none while it says no. */
export function watchedModel(model: Model, health: Health, now: () => number): Model {
  return {
    get name() {
      return model.name;
    },
    get score() {
      return model.score?.bind(model);
    },
    stream(request: ModelRequest, signal: AbortSignal) {
      const inner = model.stream(request, signal);
      return wrappedStream(
        () => inner,
        () => watched(inner, health, now, signal),
      );
    },
  };
}

async function* watched(
  stream: ModelStream,
  health: Health,
  now: () => number,
  signal: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  const { failure } = health;
  if (failure && !signal.aborted) throw new ModelError(failure);
  const startedAt = now();
  let firstTextMs: number | undefined;
  let isAnswered = false;
  try {
    for await (const text of stream) {
      firstTextMs ??= now() - startedAt;
      // A reader that has enough leaves here.
      isAnswered = true;
      yield text;
      isAnswered = false;
    }
    isAnswered = true;
  } catch (error) {
    isAnswered = false;
    // An abort tells nothing, unless it was made because the model was too late (see `Flight`).
    const told: unknown = signal.aborted ? signal.reason : error;
    if (told instanceof ModelError) health.failed(told.failure);
    throw error;
  } finally {
    if (isAnswered) health.answered(firstTextMs);
  }
}

/**
 * After how many failures in a row a model is left alone for a while; `undefined` where a failure is the request's own
 * and says nothing of the next one.
 */
function failuresBeforeAWait(failure: ModelFailure): number | undefined {
  switch (failure.kind) {
    case "request-refused":
    case "prompt-too-long":
    case "pictures-unseen":
    case "chat-untaught":
      return undefined;
    case "model-loading":
      // It will be there soon, and whoever asks is told at once.
      return undefined;
    case "engine-stopped":
      // The next request starts it again, unless it says otherwise.
      return failure.retryInMs === undefined ? 3 : 1;
    case "server-error":
    case "timed-out":
    case "interrupted":
    case "editor-model-failed":
    case "bad-response":
    // Some refuse a person so, others a prompt.
    case "access-refused":
      return 3;
    default:
      // The next request would meet the same.
      return 1;
  }
}

function waitTold(failure: ModelFailure): number | undefined {
  // It is the user's own: whoever raises it is heard of (`forget`).
  if (failure.kind === "spending-limit") return failure.retryInMs;
  const told = failure.kind === "rate-limited" ? failure.retryAfterMs : undefined;
  const wait = failure.kind === "engine-stopped" ? failure.retryInMs : told;
  return wait === undefined ? undefined : Math.min(wait, LONGEST_TOLD_WAIT_MS);
}

/** A wait that has passed is told no more. */
function withoutWait(failure: ModelFailure): ModelFailure {
  if (failure.kind === "rate-limited") return { ...failure, retryAfterMs: undefined };
  return failure.kind === "engine-stopped" ? { kind: failure.kind, detail: failure.detail } : failure;
}

const OUTCOMES_KEPT = 50;
/** Doubled each time that the model is found as before: 2 s, 4 s, 8 s … */
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;
