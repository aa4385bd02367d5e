/** Time and processor time of one call, for measuring. */

/** Nanoseconds on the machine's monotonic clock, which all its processes share, as decimal digits: JSON has no such numbers. */
type Nanoseconds = string;

export interface CallTimes {
  /** The call of the engine. */
  readonly askedAtNs: Nanoseconds;
  readonly settledAtNs: Nanoseconds;
  /** From the call until the model was asked, or the request was given to `fetch`; absent where neither happened. */
  readonly toRequestMs?: number;
  /** Of this process, with the edit: until then, and until the call had settled. In microseconds. */
  readonly cpuToRequestUs?: number;
  readonly cpuUs: number;
}

export class CallMeter {
  readonly #cpuAtStart = cpuUs();
  #askedAt = 0n;
  #requested: { readonly at: bigint; readonly cpu: number; readonly sent: boolean } | undefined;

  asked(): void {
    this.#askedAt = process.hrtime.bigint();
  }

  /** `sent`: to a server. The first time of each counts, and a request that is sent is made when it is sent. */
  requested(sent: boolean): void {
    if (this.#requested?.sent === true || (this.#requested && !sent)) return;
    this.#requested = { at: process.hrtime.bigint(), cpu: cpuUs(), sent };
  }

  settled(): CallTimes {
    const settledAt = process.hrtime.bigint();
    const requested = this.#requested;
    return {
      askedAtNs: String(this.#askedAt),
      settledAtNs: String(settledAt),
      ...(requested && {
        toRequestMs: Number(requested.at - this.#askedAt) / 1e6,
        cpuToRequestUs: requested.cpu - this.#cpuAtStart,
      }),
      cpuUs: cpuUs() - this.#cpuAtStart,
    };
  }
}

function cpuUs(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}
