/** Starts of texts, in whole lines, in which nothing was found. While somebody types, a text begins like the one before. */

export class CleanStarts {
  /** The one that was used last comes last. */
  #starts: readonly string[] = [];

  /** How much of the start of `text` is known to be clean; it ends where a line does. */
  lengthIn(text: string): number {
    let longest = 0;
    for (const start of this.#starts) {
      const common = commonLength(start, text);
      if (common > longest) longest = Math.max(longest, start.lastIndexOf("\n", common - 1) + 1);
    }
    return longest;
  }

  /** The first `length` characters of `text` are clean. What begins like it for the most part makes room for it. */
  put(text: string, length: number): void {
    if (length < LEAST_CHARS) return;
    const isAlike = (start: string): boolean => commonLength(start, text) > start.length / 2;
    this.#starts = [...this.#starts.filter((start) => !isAlike(start)).slice(1 - MOST_STARTS), text.slice(0, length)];
  }

  clear(): void {
    this.#starts = [];
  }
}

/** By halves: comparing stretches of text is much faster than comparing their characters one by one. */
function commonLength(one: string, other: string): number {
  let same = 0;
  let most = Math.min(one.length, other.length);
  while (same < most) {
    const middle = Math.ceil((same + most) / 2);
    if (one.startsWith(other.slice(same, middle), same)) same = middle;
    else most = middle - 1;
  }
  return same;
}

/** A prompt has some texts: the two sides of the caret together, the one before it, that of other files. */
const MOST_STARTS = 4;
/** Less is looked through as fast, and would take the place of what is not. */
const LEAST_CHARS = 500;
