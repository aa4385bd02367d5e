/** Runs one task at a time; a newer one ends the older. Every task settles by itself once its signal is aborted. */
export class Latest {
  #running: AbortController | undefined;

  get isRunning(): boolean {
    return this.#running?.signal.aborted === false;
  }

  /** `outer` ends the task too. */
  async run<T>(outer: AbortSignal, task: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.#running?.abort();
    const controller = new AbortController();
    this.#running = controller;
    const abort = (): void => controller.abort(outer.reason);
    if (outer.aborted) abort();
    outer.addEventListener("abort", abort, { once: true });
    try {
      return await task(controller.signal);
    } finally {
      outer.removeEventListener("abort", abort);
      if (this.#running === controller) this.#running = undefined;
    }
  }

  /** Ends the running task, if there is one. */
  stop(): void {
    this.#running?.abort();
  }
}
