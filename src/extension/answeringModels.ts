/** Which model each of the last suggestions came from: where one fails another may have answered. */

/** The engine's cache and what is under way have fewer. */
const MOST_REMEMBERED = 200;

export class AnsweringModels {
  /** By the suggestions' ids, the oldest first. */
  readonly #references = new Map<string, string>();

  /** It is asked for that suggestion now; the last one that is has answered. */
  asked(id: string, reference: string): void {
    this.#references.delete(id);
    this.#references.set(id, reference);
    for (const [oldest] of this.#references) {
      if (this.#references.size <= MOST_REMEMBERED) return;
      this.#references.delete(oldest);
    }
  }

  /** As the settings name it; `undefined` where it is not known any more. */
  of(id: string): string | undefined {
    return this.#references.get(id);
  }
}
