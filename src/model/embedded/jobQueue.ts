/**
 * Who computes next. A suggestion goes before a chat, both before a warm-up, and all before a score; among equals the
 * client that was served longest ago. A warm-up gives way at once to who waits for text; a chat lets suggestions in
 * between two of its tokens, and a score everything.
 */

export type Priority = "suggestion" | "chat" | "warm" | "score";

export interface Job<T> {
  readonly client: object;
  readonly priority: Priority;
  /** Jobs of one group may be computed in between each other: they want the same model. */
  readonly group: string;
  readonly run: (signal: AbortSignal, between: () => Promise<void> | undefined) => Promise<T>;
}

interface Entry {
  readonly job: Job<unknown>;
  readonly preempt: AbortController;
  readonly start: () => Promise<void>;
}

const order: readonly Priority[] = ["suggestion", "chat", "warm", "score"];

export class PreemptedError extends Error {}

export class JobQueue {
  #waiting: Entry[] = [];
  /** The last one computes; the others have let it in between. */
  #running: readonly Entry[] = [];
  #served = new WeakMap<object, number>();
  #turn = 0;

  get idle(): boolean {
    return this.#running.length === 0 && this.#waiting.length === 0;
  }

  /** Settles with the job. A warm-up that had to give way fails with `PreemptedError`. */
  add<T>(job: Job<T>, signal: AbortSignal): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const preempt = new AbortController();
      const start = async () => {
        signal.removeEventListener("abort", leave);
        const between = () => this.#letInBetween(entry);
        this.#running = [...this.#running, entry];
        await job.run(AbortSignal.any([signal, preempt.signal]), between).then(resolve, reject);
        this.#running = this.#running.filter((other) => other !== entry);
      };
      const entry: Entry = { job, preempt, start };
      const leave = () => {
        this.#waiting = this.#waiting.filter((other) => other !== entry);
        reject(signal.reason);
      };
      signal.addEventListener("abort", leave, { once: true });
      this.#waiting.push(entry);
      for (const running of this.#running) {
        if (running.job.priority === "warm" && isMoreUrgent(entry, running))
          running.preempt.abort(new PreemptedError());
      }
      void this.#pump();
    });
  }

  async #pump(): Promise<void> {
    while (this.#running.length === 0) {
      const next = this.#take(() => true);
      if (next === undefined) return;
      await next.start();
    }
  }

  #letInBetween(outer: Entry): Promise<void> | undefined {
    // It gives way instead, and does not stand half evaluated where the other one computes.
    if (outer.job.priority === "warm") return undefined;
    const urgent = (entry: Entry) => entry.job.group === outer.job.group && isMoreUrgent(entry, outer);
    if (!this.#waiting.some(urgent)) return undefined;
    return this.#drain(urgent);
  }

  async #drain(wanted: (entry: Entry) => boolean): Promise<void> {
    for (let next = this.#take(wanted); next !== undefined; next = this.#take(wanted)) await next.start();
  }

  #take(wanted: (entry: Entry) => boolean): Entry | undefined {
    const lastTurn = ({ job }: Entry) => this.#served.get(job.client) ?? 0;
    const [next] = this.#waiting.filter(wanted).toSorted((a, b) => rank(a) - rank(b) || lastTurn(a) - lastTurn(b));
    if (next === undefined) return undefined;
    this.#waiting = this.#waiting.filter((entry) => entry !== next);
    this.#served.set(next.job.client, ++this.#turn);
    return next;
  }
}

function rank({ job }: Entry): number {
  return order.indexOf(job.priority);
}

function isMoreUrgent(one: Entry, other: Entry): boolean {
  return rank(one) < rank(other);
}
