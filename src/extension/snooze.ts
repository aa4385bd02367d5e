/** What is snoozed ends by itself at `until`; without it, when the window closes. */
export interface Snoozed {
  readonly until: Date | undefined;
}

/** Suggestions that stay away for a while: in this window, or in one file of it. */
export class Snooze {
  readonly #now: () => Date;
  readonly #changed: () => void;
  readonly #files = new Set<string>();
  #until: Date | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(now: () => Date, changed: () => void) {
    this.#now = now;
    this.#changed = changed;
  }

  /** As it is for a document's address, or for the window where none is open. */
  at(uri: string | undefined): Snoozed | undefined {
    if (uri !== undefined && this.#files.has(uri)) return { until: undefined };
    // The timer is late where the machine has slept meanwhile.
    return this.#until !== undefined && this.#until > this.#now() ? { until: this.#until } : undefined;
  }

  forMinutes(minutes: number): void {
    clearTimeout(this.#timer);
    const ms = minutes * 60_000;
    this.#until = new Date(this.#now().getTime() + ms);
    this.#timer = setTimeout(() => this.#wakeWindow(), ms);
    this.#changed();
  }

  /** Until the window closes. */
  forFile(uri: string): void {
    this.#files.add(uri);
    this.#changed();
  }

  /** For the window, and for this file. */
  wake(uri: string | undefined): void {
    if (uri !== undefined) this.#files.delete(uri);
    this.#wakeWindow();
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #wakeWindow(): void {
    clearTimeout(this.#timer);
    this.#until = undefined;
    this.#changed();
  }
}
