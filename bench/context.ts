/**
 * What the context is worth: how many of the names that are needed, and that only other files have, a prompt contains, and
 * what a model makes of it; and what the index costs. The product's own parts make the prompts.
 */

import { measureIndex } from "./context/indexing.ts";
import { development, evaluated } from "./context/packages.ts";
import { measureRecall } from "./context/recall.ts";
import { type Figures, merge } from "./figures.ts";

export interface ContextBench {
  /** In each repository, at most. */
  readonly positions: number;
  /** Of these, as many as a model reads in good time. */
  readonly indexedFiles: number;
}

export const fullContextBench: ContextBench = { positions: 34, indexedFiles: 10_000 };
export const quickContextBench: ContextBench = { positions: 5, indexedFiles: 1_000 };

export async function measureContext({ positions, indexedFiles }: ContextBench): Promise<Figures> {
  return merge([await measureRecall(evaluated, positions), await measureIndex(indexedFiles)]);
}

/** The same shares on repositories that may be looked at while something is tried. */
export function measureDevelopment({ positions }: ContextBench): Promise<Figures> {
  return measureRecall(development, positions);
}
