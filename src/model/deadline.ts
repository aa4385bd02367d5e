/** A limit for the next step of something that may fall silent, and the caller's abort, in one race. */
export interface Deadline {
  /** Settles with the step, or rejects with the abort's reason or `TimeUp`, whichever comes first. */
  race<T>(step: Promise<T>): Promise<T>;
  /** From now on. */
  restart(limitMs: number): void;
  /** Milliseconds until the limit. */
  left(): number;
}

export class TimeUp extends Error {}

export function createDeadline(limitMs: number, signal: AbortSignal, now: () => number): Deadline {
  let end = now() + limitMs;
  return {
    async race(step) {
      // Whichever loses must not become an unhandled rejection.
      step.catch(() => {});
      signal.throwIfAborted();
      const lost = Promise.withResolvers<never>();
      const onAbort = () => lost.reject(signal.reason);
      const timer = setTimeout(() => lost.reject(new TimeUp()), Math.max(0, end - now()));
      signal.addEventListener("abort", onAbort, { once: true });
      try {
        return await Promise.race([step, lost.promise]);
      } finally {
        clearTimeout(timer);
        signal.removeEventListener("abort", onAbort);
      }
    },
    restart(nextLimitMs) {
      end = now() + nextLimitMs;
    },
    left: () => end - now(),
  };
}
