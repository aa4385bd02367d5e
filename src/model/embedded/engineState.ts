import type { ModelFailure } from "../failure.ts";

/**
 * The model is in memory in the state `ready` alone. It is on its way, or soon will be, while the state is
 * `starting` or `loading`: an abort of the request that began it does not end it.
 */
export type EngineState =
  /** Nothing was asked of it yet, or its process has ended in good order. */
  | { readonly kind: "idle" }
  | { readonly kind: "starting" }
  /** `share` goes from 0 to 1. */
  | { readonly kind: "loading"; readonly share: number }
  | { readonly kind: "ready" }
  /** The process runs and the model is not in memory; the next request loads it. */
  | { readonly kind: "unloaded" }
  /** The next request tries again, after the wait where the failure has one or the model could not be loaded. */
  | { readonly kind: "failed"; readonly failure: ModelFailure };
