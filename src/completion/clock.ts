/** Time as an argument, so that tests can hold it. */
export interface Clock {
  /** Milliseconds on a clock that never goes back. */
  now(): number;
  /** Resolves after `ms`, or at once when the signal is aborted; never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/**
 * The reason for ending a sleep that nobody needs any more. Without one, an abort makes an exception with a stack, which
 * takes longer than most of what is done for a suggestion.
 */
export const NOT_NEEDED = Symbol("not needed");
