/** Makes the engine slower by a known time, to see which of the measured figures notice. */

import type { CompletionDependencies } from "../../src/completion/engine.ts";

/**
 * The processor is kept busy for `ms` at the start of every call and again before every offer. Both happen inside of the
 * engine: at the start it reads its options, and before an offer it asks whether the document is still the same.
 */
export function slowedDown(dependencies: CompletionDependencies, ms: number): CompletionDependencies {
  return {
    ...dependencies,
    options: (...about) => {
      stall(ms);
      return dependencies.options(...about);
    },
    isCurrent: (cursor) => {
      stall(ms);
      return dependencies.isCurrent?.(cursor) ?? true;
    },
  };
}

function stall(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}
