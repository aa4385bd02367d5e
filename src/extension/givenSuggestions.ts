/** Which suggestions an experiment holds back, and which have been given already and go on. */

import type { Origin } from "../completion/suggestion.ts";
import type { SingleDraw } from "../productivity/editorEvents.ts";
import { type Decided, DrawnSuggestions, SHOWN } from "./drawnSuggestions.ts";

/** An experiment that goes on without suggestions in some half-hours. */
export interface Experiment {
  /** Nothing that comes by itself is shown now. */
  holdsBack(): boolean;
  /** The half-hour of now. */
  readonly slotMs: number;
  /** Single suggestions are drawn now. */
  readonly drawsSingly: boolean;
  /** Whether one that comes for the first time is shown; undefined where they are not drawn now. */
  draw(): SingleDraw | undefined;
}

export interface Coming {
  readonly ids: readonly string[];
  readonly origin: Origin;
  readonly isByHand: boolean;
  /** What is not counted is not drawn, and what the editor does not want any more has not come yet. */
  readonly mayDraw: boolean;
}

/**
 * What was asked for by hand is shown in any half-hour, and what was really given stays: as long as it is typed along with, and within
 * its half-hour. What comes again from a cache in a later one is held back there as anything else is.
 */
export class GivenSuggestions {
  readonly #experiment: Experiment;
  readonly #drawn: DrawnSuggestions;
  /** What was given to the editor last, and in which half-hour it was for the first time. */
  #given: { readonly ids: readonly string[]; readonly slotMs: number } | undefined;
  #heldBack: readonly string[] = [];

  constructor(experiment: Experiment) {
    this.#experiment = experiment;
    this.#drawn = new DrawnSuggestions(experiment);
  }

  decide(coming: Coming): Decided {
    const { ids, isByHand, mayDraw } = coming;
    const decided = isByHand || this.#goesOn(coming) ? SHOWN : this.#byExperiment(ids, mayDraw);
    const isHeldBack = decided.heldBack !== undefined;
    if (isHeldBack) this.#given = undefined;
    this.#heldBack = isHeldBack ? ids : [];
    return decided;
  }

  /** The editor has got it: not what it did not want any more when it came. */
  returned({ ids }: Pick<Coming, "ids">): void {
    this.#drawn.seen(ids);
    const known = this.#isGiven(ids) ? this.#given : undefined;
    this.#given = { ids, slotMs: known?.slotMs ?? this.#experiment.slotMs };
  }

  isHeldBack(id: string): boolean {
    return this.#heldBack.includes(id);
  }

  #goesOn({ ids, origin }: Coming): boolean {
    if (!this.#isGiven(ids)) return false;
    return origin === "typed-through" || this.#given?.slotMs === this.#experiment.slotMs;
  }

  #isGiven(ids: readonly string[]): boolean {
    return ids.some((id) => this.#given?.ids.includes(id));
  }

  #byExperiment(ids: readonly string[], mayDraw: boolean): Decided {
    if (this.#experiment.holdsBack()) return { heldBack: "half-hour", draw: undefined };
    return this.#drawn.decide(ids, mayDraw);
  }
}
