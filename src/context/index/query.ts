/** The question to the index, and who answers it. */

import type { Piece } from "../pieces.ts";

export interface CaretQuery {
  /** As in `CursorSnapshot`. */
  readonly path: string;
  readonly languageId: string;
  /** Text that ends at the caret: all that the snapshot has, at most 16,000 characters. */
  readonly before: string;
  /** Text that starts at the caret, at most 8,000 characters. */
  readonly after: string;
  /** What the model sees of the file anyway: the last so many characters of `before`, and the first so many of `after`. */
  readonly shown: { readonly before: number; readonly after: number };
  /** Paths of files that were edited or looked at of late, the last one first. */
  readonly recent: readonly string[];
  /** Ids of pieces that are shown: as long as they are what they were, they are in the answer, too. */
  readonly keep: readonly string[];
  /** The pieces of the answer are together at most so long, in UTF-16 code units. */
  readonly mostChars: number;
}

/** Pure and synchronous; in the product it lives in the index's thread. */
export interface QueryIndex {
  /** The best pieces, the most valuable first, then those to keep: sources `outline`, `definitions`, `imports` and `map`. */
  query(query: CaretQuery): readonly Piece[];
}
