/** What the language's grammar says about a caret. */

import type { CursorSnapshot } from "./snapshot.ts";

export type Scope = "code" | "comment" | "string";

export interface CaretSyntax {
  readonly scope: Scope;
  /** `block` where whole statements may be missing, `line` where an expression goes on. */
  readonly shape: "line" | "block";
  /**
   * Where in `answer`, written at the caret, what belongs there is complete: the offset after the block or the
   * statement; `undefined` while it is not, or where the grammar can't tell. A longer answer gives the same offset.
   */
  completeAt(answer: string): number | undefined;
}

export interface SyntaxSource {
  /** Without waiting. `undefined` for a language without a grammar, and while its grammar is being loaded. */
  at(cursor: CursorSnapshot): CaretSyntax | undefined;
}
