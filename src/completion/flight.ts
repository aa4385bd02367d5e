/** One request to the model, which several calls may wait for one after the other. */

import type { CursorSnapshot } from "../context/snapshot.ts";
import type { ModelFailure } from "../model/failure.ts";
import { ModelError, type Usage } from "../model/model.ts";
import { type Clock, NOT_NEEDED } from "./clock.ts";
import type { Place } from "./place.ts";
import type { Suggestion } from "./suggestion.ts";

export type FlightEnd =
  /** What the model wrote, ended where the suggestion is complete and cleaned for the place it was asked about. */
  | { readonly kind: "answered"; readonly suggestion: Suggestion; readonly usage: Usage }
  /** The limit has passed; `lines` are those that had arrived in full. `host` is that of a model which was ready. */
  | { readonly kind: "timed-out"; readonly lines: string; readonly host: string | undefined }
  | { readonly kind: "failed"; readonly failure: ModelFailure }
  | { readonly kind: "aborted" }
  /** A fault of the program, which nobody has a word for. */
  | { readonly kind: "broken"; readonly error: unknown };

export interface Asked {
  /** For messages. */
  readonly host: string;
  /** False while the model is being started or loaded. */
  ready(): boolean;
}

/** What the work of a flight gets, and tells. */
export interface FlightControl {
  readonly signal: AbortSignal;
  /** The text of the suggestion so far; it may start again from nothing. */
  progress(text: string): void;
  /** Does `work` between the request and its answer, while there is nothing else to do. */
  whileWaiting(work: () => void): void;
  /** Whom it asks, as soon as that is known. */
  asks(asked: Asked): void;
  /** The answer is complete; what the work still does is tidying up. */
  answered(suggestion: Suggestion, usage: Usage): void;
}

export interface FlightOrigin {
  readonly id: string;
  /** What the model is asked about. */
  readonly place: Place;
  /** The caret there, as the filters see it. */
  readonly near: CursorSnapshot;
}

export interface FlightLimits {
  /** From the start, in milliseconds. */
  readonly timeLimitMs: number;
  /** How long it goes on with nobody waiting. */
  readonly lingerMs: number;
  /** What is told as the limit of a model that has failed by it; `undefined` where it has not failed, as less was given. */
  readonly toldMs: number | undefined;
}

export class Flight {
  readonly origin: FlightOrigin;
  /** Always settles, within the time limit, whatever the model does. */
  readonly ended: Promise<FlightEnd>;
  readonly #resolve: (end: FlightEnd) => void;
  readonly #clock: Clock;
  readonly #limits: FlightLimits;
  readonly #work = new AbortController();
  readonly #timers = new AbortController();
  #over = false;
  #text = "";
  #asked: Asked | undefined;
  #waiting = 0;
  #linger: AbortController | undefined;
  readonly #watchers = new Set<() => void>();

  constructor(
    origin: FlightOrigin,
    clock: Clock,
    limits: FlightLimits,
    work: (control: FlightControl) => Promise<void>,
  ) {
    this.origin = origin;
    this.#clock = clock;
    this.#limits = limits;
    ({ promise: this.ended, resolve: this.#resolve } = Promise.withResolvers<FlightEnd>());
    void this.#watchTime();
    void this.#run(work);
  }

  /** The text so far; empty before the first has arrived. */
  get text(): string {
    return this.#text;
  }

  get over(): boolean {
    return this.#over;
  }

  /** Stops the model. */
  abort(): void {
    this.#end({ kind: "aborted" });
  }

  /**
   * Waits for the end, or until `signal` is aborted, or until the text so far fails `agrees` or has not begun within
   * `silentMs`. When nobody waits any more the model goes on for a moment: the next keystroke may well ask for the same.
   */
  async wait(
    signal: AbortSignal,
    agrees: (text: string) => boolean,
    silentMs?: number,
  ): Promise<FlightEnd | "left" | "refuted"> {
    this.#waiting += 1;
    this.keep();
    const { promise: left, resolve: leave } = Promise.withResolvers<"left" | "refuted">();
    const onAbort = (): void => leave("left");
    const onProgress = (): void => {
      if (!agrees(this.#text)) leave("refuted");
    };
    signal.addEventListener("abort", onAbort, { once: true });
    this.#watchers.add(onProgress);
    if (signal.aborted) onAbort();
    const silence = new AbortController();
    const watchSilence = async (ms: number): Promise<void> => {
      await this.#clock.sleep(ms, silence.signal);
      if (!silence.signal.aborted && this.#text === "") leave("refuted");
    };
    if (silentMs !== undefined && this.#text === "") void watchSilence(silentMs);
    try {
      return await Promise.race([this.ended, left]);
    } finally {
      silence.abort(NOT_NEEDED);
      signal.removeEventListener("abort", onAbort);
      this.#watchers.delete(onProgress);
      this.#waiting -= 1;
      if (this.#waiting === 0) void this.goOnAlone(this.#limits.lingerMs);
    }
  }

  /** Somebody waits again. */
  keep(): void {
    this.#linger?.abort(NOT_NEEDED);
  }

  /** Goes on for so long with nobody waiting; resolves when somebody does, or when it is over. */
  async goOnAlone(ms: number): Promise<void> {
    if (this.#over) return;
    this.keep();
    const linger = new AbortController();
    this.#linger = linger;
    await this.#clock.sleep(ms, AbortSignal.any([linger.signal, this.#timers.signal]));
    if (!linger.signal.aborted) this.abort();
  }

  async #watchTime(): Promise<void> {
    await this.#clock.sleep(this.#limits.timeLimitMs, this.#timers.signal);
    const lines = this.#text.slice(0, Math.max(0, this.#text.lastIndexOf("\n")));
    // Who has written something is ready, whatever else it may say.
    const ready = this.#text !== "" || this.#asked?.ready() === true;
    const host = ready ? this.#asked?.host : undefined;
    const { toldMs } = this.#limits;
    const hasFailed = lines === "" && host !== undefined && toldMs !== undefined;
    // Whoever counts the model's failures is told that this abort is one.
    const reason = hasFailed ? new ModelError({ kind: "timed-out", host, limitMs: toldMs }) : undefined;
    this.#end({ kind: "timed-out", lines, host }, true, reason);
  }

  async #whileWaiting(work: () => void): Promise<void> {
    await this.#clock.sleep(SENDING_MS, this.#timers.signal);
    if (this.#over) return;
    try {
      work();
    } catch {
      // Whoever needs it meets the fault again, and it is told then.
    }
  }

  async #run(work: (control: FlightControl) => Promise<void>): Promise<void> {
    try {
      await work({
        signal: this.#work.signal,
        progress: (text) => {
          this.#text = text;
          for (const watcher of this.#watchers) watcher();
        },
        whileWaiting: (work) => void this.#whileWaiting(work),
        asks: (asked) => {
          this.#asked = asked;
        },
        answered: (suggestion, usage) => this.#end({ kind: "answered", suggestion, usage }, false),
      });
      this.abort();
    } catch (error) {
      if (this.#work.signal.aborted) this.abort();
      else if (error instanceof ModelError) this.#end({ kind: "failed", failure: error.failure });
      else this.#end({ kind: "broken", error });
    }
  }

  /** The first end counts. */
  #end(end: FlightEnd, stopWork = true, reason?: ModelError): void {
    if (this.#over) return;
    this.#over = true;
    this.#resolve(end);
    this.#timers.abort(NOT_NEEDED);
    if (stopWork) this.#work.abort(reason);
  }
}

/** By then a request is on its way, and no model has answered. */
const SENDING_MS = 5;
