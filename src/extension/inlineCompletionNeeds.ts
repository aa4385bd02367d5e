/** What `InlineCompletions` needs of others, and tells them. */

import type * as vscode from "vscode";
import type { Offered, Outcome, Trigger } from "../completion/suggestion.ts";
import type { CursorSnapshot } from "../context/snapshot.ts";
import type { Repeated, SingleDraw } from "../productivity/editorEvents.ts";
import type { HeldBack } from "./drawnSuggestions.ts";

/** What becomes of requests, for those who count and show it. */
export interface CompletionListener {
  started(): void;
  /** Called once for each `started`. What is held back is not shown. */
  ended(outcome: Outcome, isHeldBack: boolean): void;
}

/** What keeps suggestions from coming by themselves for a while. */
export interface Moment {
  isSnoozed(document: vscode.TextDocument): boolean;
  /** An input method is in the middle of a character there. */
  isComposing(document: vscode.TextDocument, position: vscode.Position): boolean;
}

/** Which files nothing is shown of. */
export interface Ignored {
  /** `undefined` until it was asked for. */
  isKnownIgnored(file: { readonly uri: vscode.Uri }): boolean | undefined;
  look(file: { readonly uri: vscode.Uri }): Promise<boolean>;
}

/** Learns where VS Code asks for suggestions. */
export interface Asking {
  asked(document: vscode.TextDocument): void;
  /** Told to ask at its caret, it did not. */
  notAsked(): void;
}

/** Learns what is shown, at each key that is typed along with it. */
export interface Showing {
  show(
    document: vscode.TextDocument,
    position: vscode.Position,
    cursor: CursorSnapshot,
    suggestions: readonly Offered[],
  ): void;
}

/** What has been answered. */
export interface Answered {
  readonly document: vscode.TextDocument;
  /** As `asked` has numbered it. */
  readonly ask: number;
  /** Of the caret that was asked about. */
  readonly offset: number;
  /** The editor does not want it any more. */
  readonly isCancelled: boolean;
  /** It is not given to the editor, since an experiment wants to do without: in this half-hour, or of this one alone. */
  readonly heldBack: HeldBack | undefined;
  /** Where it was drawn just now. */
  readonly draw: SingleDraw | undefined;
}

/** Counts what is asked and given. */
export interface Counted {
  /** @param repeats where it is asked once more for the same, what there was before */
  asked(document: vscode.TextDocument, offset: number, trigger: Trigger, repeats?: Repeated): number;
  answered(ask: Answered, outcome: Outcome): void;
  withheld(document: vscode.TextDocument, position: vscode.Position): void;
}
