/** All runs that have not ended for good. */

import type { Instant } from "../editorEvents.ts";
import type { EndReason, Fact } from "../records.ts";
import { Run, type RunStart } from "./run.ts";

interface Needs {
  readonly record: (fact: Fact) => void;
  /** Of a run. */
  readonly newId: () => string;
}

export class Runs {
  readonly #needs: Needs;
  /** The one that was shown last at the end. */
  readonly #runs = new Set<Run>();
  /** The one that is shown in a document, or was there last. */
  readonly #inDocument = new Map<string, Run>();
  /** The last ones that ended otherwise than by an accept: its command may still come. */
  #ended: readonly Run[] = [];
  /** The last ones that were accepted. */
  #accepted: readonly Run[] = [];

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  get nextDueMs(): Instant | undefined {
    const due = Array.from(this.#runs, (run) => run.nextDueMs);
    return due.length > 0 ? Math.min(...due) : undefined;
  }

  in(uri: string): Run | undefined {
    return this.#inDocument.get(uri);
  }

  of(id: string): Run | undefined {
    for (const run of this.#runs) if (run.has(id)) return run;
    return undefined;
  }

  /** @param ids of what there is to choose from: if one of them was accepted just now, it is back because that was undone. */
  start(start: Omit<RunStart, "run">, ids: readonly string[]): Run {
    const again = this.#accepted.findLast((run) => ids.some((id) => run.has(id)));
    return new Run({ run: this.#needs.newId(), ...start }, this.#needs.record, again?.start.run);
  }

  /** For the command of a suggestion whose run is over: it was there after all, for another time. `undefined` if it was accepted. */
  startAgain(id: string, atMs: Instant): Run | undefined {
    const ended = this.#ended.findLast((run) => run.has(id));
    if (!ended?.lastPlace) return undefined;
    const run = this.start({ ...ended.start, atMs }, []);
    run.offerAll(ended);
    run.contaminated = ended.contaminated;
    run.showAt(ended.lastPlace, atMs);
    this.show(run);
    return run;
  }

  show(run: Run): void {
    this.#runs.delete(run);
    this.#runs.add(run);
    this.#inDocument.set(run.start.uri, run);
    for (const oldest of [...this.#runs].slice(0, -MOST_RUNS)) this.end(oldest, "superseded", run.start.atMs);
  }

  tick(nowMs: Instant): void {
    for (const run of this.#runs) if (run.tick(nowMs)) this.#forget(run);
  }

  rest(run: Run | undefined, reason: EndReason, atMs: Instant): void {
    if (!run?.place) return;
    run.settleComposition();
    if (run.isTypedThrough) this.end(run, "typed-through", atMs);
    else run.rest(reason, atMs);
  }

  /** Those that can't be seen: in an editor that is not in front, or in a window without the focus. VS Code hides them at once. */
  restUnseen(front: string | undefined, atMs: Instant): void {
    for (const run of this.#runs) if (run.start.uri !== front) this.rest(run, "blurred", atMs);
  }

  end(run: Run | undefined, reason: EndReason, atMs: Instant): void {
    if (!run) return;
    run.settleComposition();
    run.end(reason, atMs);
    this.#forget(run);
    if (reason === "accepted") this.#ended = this.#ended.filter((other) => [...run.ids].every((id) => !other.has(id)));
  }

  endAll(uri: string | undefined, reason: EndReason, atMs: Instant): void {
    for (const run of this.#runs) if (uri === undefined || run.start.uri === uri) this.end(run, reason, atMs);
  }

  #forget(run: Run): void {
    this.#runs.delete(run);
    if (this.#inDocument.get(run.start.uri) === run) this.#inDocument.delete(run.start.uri);
    if (run.isAccepted) this.#accepted = [...this.#accepted.slice(1 - MOST_ENDED), run];
    else this.#ended = [...this.#ended.slice(1 - MOST_ENDED), run];
  }
}

/** Those that rest. Somebody who types fast leaves some behind each minute. */
const MOST_RUNS = 64;
const MOST_ENDED = 16;
