/** Of each suggestion that comes by itself, once: whether it is shown, as an experiment draws it. */

import type { SingleDraw } from "../productivity/editorEvents.ts";

export type HeldBack = "half-hour" | "singly";

/** What becomes of a suggestion that is there. */
export interface Decided {
  readonly heldBack: HeldBack | undefined;
  /** Where it was drawn just now. */
  readonly draw: SingleDraw | undefined;
}

export const SHOWN: Decided = { heldBack: undefined, draw: undefined };

interface Drawing {
  readonly drawsSingly: boolean;
  draw(): SingleDraw | undefined;
}

/**
 * A suggestion keeps its id while it is typed along with and when it comes again from a cache, so what was drawn of it holds as long
 * as it comes back. What was seen once, whenever that was and by whatever means, is not drawn any more, and never held back singly.
 */
export class DrawnSuggestions {
  readonly #drawing: Drawing;
  /** By id, the last one at the end. */
  readonly #isShown = new Map<string, boolean>();

  constructor(drawing: Drawing) {
    this.#drawing = drawing;
  }

  /** @param mayDraw false: it is shown, if nothing was drawn of it, and may be drawn another time */
  decide(ids: readonly string[], mayDraw: boolean): Decided {
    // Paused or stopped, all suggestions come again.
    if (!this.#drawing.drawsSingly) return SHOWN;
    const known = ids.map((id) => this.#isShown.get(id)).find((isShown) => isShown !== undefined);
    const draw = known === undefined && mayDraw ? this.#drawing.draw() : undefined;
    const isShown = known ?? draw?.isShown;
    if (isShown === undefined) return SHOWN;
    this.#remember(ids, isShown);
    return { heldBack: isShown ? undefined : "singly", draw };
  }

  /**
   * It was given to the editor, whatever was drawn. Also in half-hours in which nothing is drawn: it may come back in a later one. The
   * experiment is not asked, since that would draw the half-hour's part.
   */
  seen(ids: readonly string[]): void {
    this.#remember(ids, true);
  }

  #remember(ids: readonly string[], isShown: boolean): void {
    for (const id of ids) {
      this.#isShown.delete(id);
      this.#isShown.set(id, isShown);
    }
    while (this.#isShown.size > MOST_REMEMBERED) {
      const [oldest] = this.#isShown.keys();
      if (oldest !== undefined) this.#isShown.delete(oldest);
    }
  }
}

/** As many as the engine's caches can bring back, and more. */
const MOST_REMEMBERED = 500;
