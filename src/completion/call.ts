/** One call: what is asked, when, and how long it may take. */

import type { CursorSnapshot } from "../context/snapshot.ts";
import type { CompletionOptions } from "./options.ts";
import type { Trigger } from "./suggestion.ts";

export interface Call {
  /** As asked. */
  readonly asked: CursorSnapshot;
  /** The caret as it would be with the suggest widget's selected item accepted; without one it is `asked`. */
  readonly cursor: CursorSnapshot;
  readonly trigger: Trigger;
  readonly startedAt: number;
  readonly options: CompletionOptions;
  readonly signal: AbortSignal;
}
