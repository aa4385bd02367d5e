/**
 * What the context is worth: how many of the names that are needed, and that only other files have, a prompt contains, and
 * what a model makes of it; and what the index costs. The product's own parts make the prompts.
 */

import { measureBits } from "./context/bits.ts";
import { measureIndex } from "./context/indexing.ts";
import { development, evaluated } from "./context/packages.ts";
import { measureRecall } from "./context/recall.ts";
import { type Figures, merge, noFigures, type Sizes } from "./figures.ts";

interface ContextBench {
  /** In each repository, at most. */
  readonly positions: number;
  /** Of these, those at which a model is asked: it reads for some ten seconds at each. */
  readonly scored: number;
  readonly indexedFiles: number;
}

export const contextBench: Sizes<ContextBench> = {
  full: { positions: 34, scored: 3, indexedFiles: 10_000 },
  quick: { positions: 4, scored: 0, indexedFiles: 1_000 },
};

export async function measureContext({ positions, scored, indexedFiles }: ContextBench): Promise<Figures> {
  return merge([
    await measureRecall(evaluated, positions),
    // First what costs time is timed, then a model is let loose.
    await measureIndex(indexedFiles),
    scored > 0 ? await measureBits(evaluated, positions, scored) : noFigures,
  ]);
}

/** Shares and bits on the repositories that may be looked at while something is tried. */
export async function measureDevelopment({ positions, scored }: ContextBench): Promise<Figures> {
  const recall = await measureRecall(development, positions);
  return scored > 0 ? merge([recall, await measureBits(development, positions, scored)]) : recall;
}
