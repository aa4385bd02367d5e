/** The stream of a model that stands around another one. */

import { type ModelStream, unknownUsage } from "./model.ts";

/**
 * Iterates as `iterate` does, and tells what the inner stream tells. `inner` gives it; `undefined` as long as there is
 * none.
 */
export function wrappedStream(
  inner: () => ModelStream | undefined,
  iterate: () => AsyncGenerator<string, void, undefined>,
): ModelStream {
  return {
    get usage() {
      return inner()?.usage ?? unknownUsage;
    },
    get toolCalls() {
      return inner()?.toolCalls ?? [];
    },
    get endedBy() {
      return inner()?.endedBy;
    },
    get waits() {
      return inner()?.waits;
    },
    get refusesTools() {
      return inner()?.refusesTools ?? false;
    },
    [Symbol.asyncIterator]: iterate,
  };
}
