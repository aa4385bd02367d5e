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
   * It is known at a line's end at the earliest, and where `else` or the like could follow, at the next token.
   */
  completeAt(answer: string): number | undefined;
}

export interface SyntaxSource {
  /** Without waiting. `undefined` for a language without a grammar, and while its grammar is being loaded. */
  at(cursor: CursorSnapshot): CaretSyntax | undefined;
  /** Loads the language's grammar; false where there is none, or it can't be loaded. Never rejects. */
  ready(languageId: string): Promise<boolean>;
}
