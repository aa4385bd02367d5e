/** Lets text through up to the first stop string, in whatever pieces both come. */
export class StopFilter {
  readonly #stops: readonly string[];
  /** What may be the start of a stop string and is therefore not let through yet. */
  #held = "";
  #stopped = false;

  constructor(stops: readonly string[]) {
    this.#stops = stops.filter((stop) => stop !== "");
  }

  /** A stop string has come. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** The text that can be shown now. */
  push(text: string): string {
    if (this.#stopped) return "";
    const pending = this.#held + text;
    const at = this.#stops.map((stop) => pending.indexOf(stop)).filter((index) => index >= 0);
    if (at.length > 0) {
      this.#stopped = true;
      this.#held = "";
      return pending.slice(0, Math.min(...at));
    }
    const holdFrom = pending.length - this.#heldLength(pending);
    this.#held = pending.slice(holdFrom);
    return pending.slice(0, holdFrom);
  }

  /** The answer is over: what was held back was no stop string. */
  end(): string {
    const rest = this.#held;
    this.#held = "";
    return rest;
  }

  /** Length of the longest end of `text` with which a stop string starts. */
  #heldLength(text: string): number {
    const longest = Math.max(0, ...this.#stops.map((stop) => stop.length - 1));
    for (let length = Math.min(longest, text.length); length > 0; length--) {
      const end = text.slice(-length);
      if (this.#stops.some((stop) => stop.startsWith(end))) return length;
    }
    return 0;
  }
}
