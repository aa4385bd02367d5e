/** The suggestion that an editor shows, from one key to the next. */

import type { Offered, Outcome } from "../../src/completion/suggestion.ts";
import { unixNewlines } from "../../src/text/lines.ts";
import type { TextChange } from "./editorDocument.ts";

export interface Shown {
  readonly id: string;
  /** What is still to be typed of it, at the caret. */
  readonly insertText: string;
  readonly replaceBefore: number;
  readonly replaceAfter: number;
}

export class GhostText {
  #uri = "";
  #shown: Shown | undefined;

  shownIn(uri: string): Shown | undefined {
    return uri === this.#uri ? this.#shown : undefined;
  }

  /** An answer takes the place of what was shown, also where it has nothing to show; one that was given up does not. */
  answered(outcome: Outcome, uri: string): void {
    if (outcome.kind === "cancelled") return;
    this.#uri = uri;
    const [first]: readonly (Offered | undefined)[] = outcome.kind === "offered" ? outcome.suggestions : [];
    this.#shown = first;
  }

  hide(): void {
    this.#shown = undefined;
  }

  /** True where the changes, which leave the caret at `caret`, type what is shown; else it goes away. */
  follows(uri: string, changes: readonly TextChange[], from: number, caret: number): boolean {
    const shown = this.shownIn(uri);
    const [change, another] = changes;
    this.#shown = undefined;
    if (!shown || !change || another || change.offset !== from || change.length > 1 || shown.replaceBefore > 0)
      return false;
    const typed = unixNewlines(change.text.slice(0, caret - change.offset));
    if (typed === "" || !shown.insertText.startsWith(typed)) return false;
    const insertText = shown.insertText.slice(typed.length);
    // Where the editor has closed a bracket, too, only the next answer knows what that leaves to be inserted.
    const isWhole = change.offset + change.text.length === caret;
    const replaceAfter = Math.max(0, shown.replaceAfter - change.length);
    if (isWhole && insertText !== "") this.#shown = { ...shown, insertText, replaceAfter };
    return true;
  }
}
