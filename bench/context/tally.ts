/** Counts what was found, and makes shares of it. */

import type { Figures } from "../figures.ts";

interface Count {
  found: number;
  of: number;
}

export class Tally {
  readonly #counts = new Map<string, Count>();
  #longest = 0;

  /** `found` of `of` things that were looked for, for the share `key`. */
  add(key: string, found: number, of: number): void {
    const count = this.#counts.get(key) ?? { found: 0, of: 0 };
    this.#counts.set(key, { found: count.found + found, of: count.of + of });
  }

  /** Of a prompt, in characters. */
  length(chars: number): void {
    this.#longest = Math.max(this.#longest, chars);
  }

  /** `undefined` where nothing was looked for. */
  share(key: string): number | undefined {
    const count = this.#counts.get(key);
    return count && count.of > 0 ? count.found / count.of : undefined;
  }

  /** All shares, and of how many places and prompts they are. */
  figures(): Figures {
    const figures: Record<string, number> = {};
    for (const key of this.#counts.keys()) {
      const share = this.share(key);
      if (share !== undefined) figures[key] = share;
    }
    const places = this.#counts.get("context.recall.none")?.of ?? 0;
    return {
      figures: { ...figures, "context.positions": places, "context.promptChars.max": this.#longest },
      runs: {},
      missing: {},
    };
  }

  /** For people: the share with its standard error, as if each thing were a draw of its own. */
  told(key: string): string {
    const share = this.share(key);
    if (share === undefined) return "none";
    const of = this.#counts.get(key)?.of ?? 1;
    return `${share.toFixed(3)} ± ${Math.sqrt((share * (1 - share)) / of).toFixed(3)} (${of})`;
  }
}
