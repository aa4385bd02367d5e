/** What is searched in threads that are not open, so that each letter of a query does not read all files anew. */

import type { Thread } from "./conversation.ts";
import { searchedText } from "./threadSummary.ts";

const MOST_CHARS = 16_000_000;

export class SearchedTexts {
  readonly #known = new Map<string, { readonly of: string; readonly text: string }>();

  /** @param of which state of the thread it is; another one is read anew */
  async get(id: string, of: string, read: () => Promise<Thread | undefined>): Promise<string> {
    const known = this.#known.get(id);
    if (known?.of === of) return known.text;
    const thread = await read();
    const text = thread ? searchedText(thread) : "";
    this.#known.set(id, { of, text });
    let chars = 0;
    for (const [id, { text }] of this.#known) if ((chars += text.length) > MOST_CHARS) this.#known.delete(id);
    return text;
  }

  delete(id: string): void {
    this.#known.delete(id);
  }
}
