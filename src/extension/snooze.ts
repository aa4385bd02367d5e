import type * as vscode from "vscode";

/** What is snoozed ends by itself at `until`; without it, when the window closes. */
export interface Snoozed {
  readonly until: Date | undefined;
}

/** Suggestions that stay away for a while: in this window, or in one file of it. */
export class Snooze<Document = vscode.TextDocument> {
  readonly #now: () => Date;
  readonly #changed: () => void;
  readonly #fileOf: (document: Document) => string;
  readonly #files = new Set<string>();
  #until: Date | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** `fileOf` names the file that a document is in; a notebook's cells are in one. */
  constructor(now: () => Date, changed: () => void, fileOf: (document: Document) => string) {
    this.#now = now;
    this.#changed = changed;
    this.#fileOf = fileOf;
  }

  /** As it is for a document, or for the window where none is open. */
  at(document: Document | undefined): Snoozed | undefined {
    if (document !== undefined && this.#files.has(this.#fileOf(document))) return { until: undefined };
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
  forFile(document: Document): void {
    this.#files.add(this.#fileOf(document));
    this.#changed();
  }

  /** For the window, and for this file. */
  wake(document: Document | undefined): void {
    if (document !== undefined) this.#files.delete(this.#fileOf(document));
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
