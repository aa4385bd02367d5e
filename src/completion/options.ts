/** What an engine is given: the model, time, and the user's settings. */

import type { CursorSnapshot } from "../context/snapshot.ts";
import type { SyntaxSource } from "../context/caretSyntax.ts";
import type { Clock } from "./clock.ts";
import type { CompletionEvent } from "./events.ts";
import type { CompletionBackend } from "./request.ts";
import type { Asked } from "./requestMemory.ts";
import type { PieceSource } from "./surroundingPieces.ts";
import type { DelayOptions } from "./trigger.ts";

export interface CompletionOptions {
  /** Every call settles within it. In milliseconds. */
  readonly timeLimitMs: number;
  /** Of one suggestion, not counting blank ones. */
  readonly maxLines: number;
  /** The pause in typing before the model is asked. A manual trigger does not wait. */
  readonly delay: DelayOptions;
  /**
   * How long a request goes on after its call was cancelled. An editor cancels at each keystroke and asks again a moment
   * later, VS Code after 50 ms and more: the request is then still there to be joined.
   */
  readonly lingerMs: number;
  /** Suggestions come after a pause of a second only. */
  readonly quiet: boolean;
  /** Where suggestions come by themselves. Asked for by hand they come everywhere. */
  readonly scopes: { readonly comments: boolean; readonly strings: boolean };
  /** How many suggestions somebody gets to choose from who asks by hand. At least 1. */
  readonly alternatives: number;
  /** Whether the model is asked ahead, about the place after an accepted suggestion: one that runs on this machine, or any. */
  readonly speculate: "local" | "always" | "never";
  /** How much of other files is shown to the model beside the caret's own, in estimated tokens. 0 is nothing. */
  readonly mostPieceTokens: number;
}

export const defaultCompletionOptions: CompletionOptions = {
  timeLimitMs: 5_000,
  maxLines: 8,
  delay: { rate: 1, minMs: 0, maxMs: 300 },
  lingerMs: 250,
  quiet: false,
  scopes: { comments: true, strings: true },
  alternatives: 3,
  speculate: "local",
  mostPieceTokens: 3_500,
};

export interface CompletionDependencies {
  /** May take its time, such as for loading a model, and may reject with `ModelError`. */
  readonly backend: () => Promise<CompletionBackend> | CompletionBackend;
  /**
   * Who is asked at once what `failed` has failed at before it wrote anything, if anybody is; each is asked once at most.
   */
  readonly instead?: (failed: CompletionBackend) => Promise<CompletionBackend | undefined>;
  readonly clock: Clock;
  /** As they apply to the caret's document, read at each call. What they leave out is as in `defaultCompletionOptions`. */
  readonly options: (cursor: CursorSnapshot) => Partial<CompletionOptions>;
  /** False when the document or the caret is no longer as in the snapshot. Asked just before an offer. */
  readonly isCurrent?: (cursor: CursorSnapshot) => boolean;
  /** What the language says about a caret, where there is a grammar for it. */
  readonly syntax?: SyntaxSource;
  /** What may be shown of other files. */
  readonly pieces?: PieceSource;
  /** Hears what goes into each request, by the id of the suggestion that may come of it; the last time counts. */
  readonly onAsked?: (id: string, asked: Asked) => void;
  readonly onEvent?: (event: CompletionEvent) => void;
}
