/** Does the page's longer work in slices, so that keys, scrolling and drawing never wait for it. */

/** One short piece of work, and whether there is more of it: in this frame, in a later one, or none. */
export type Step = () => "more" | "later" | "done";

/** Of the 16 ms of a frame, half is the browser's for layout and painting. */
const SLICE_MS = 8;
/** What nobody waits for takes less. */
const IDLE_SLICE_MS = 4;

export class Work {
  readonly #now = new Set<Step>();
  readonly #idle = new Set<Step>();
  #frame: number | undefined;

  /** What is there already goes on as it was. */
  add(step: Step, urgency: "now" | "idle"): void {
    (urgency === "now" ? this.#now : this.#idle).add(step);
    this.#ask();
  }

  remove(step: Step): void {
    this.#now.delete(step);
    this.#idle.delete(step);
  }

  readonly #run = (): void => {
    this.#frame = undefined;
    const start = performance.now();
    const isLate = (limit: number): boolean => performance.now() - start >= limit;
    this.#do(this.#now, () => isLate(SLICE_MS));
    this.#do(this.#idle, () => isLate(IDLE_SLICE_MS));
    if (this.#now.size + this.#idle.size > 0) this.#ask();
  };

  #ask(): void {
    if (this.#frame === undefined) this.#frame = requestAnimationFrame(this.#run);
  }

  #do(steps: Set<Step>, isLate: () => boolean): void {
    for (const step of steps) {
      for (let state = "more"; state === "more";) {
        if (isLate()) return;
        state = step();
        if (state === "done") steps.delete(step);
      }
    }
  }
}
