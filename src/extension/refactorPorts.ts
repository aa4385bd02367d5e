/** What refactorings ask of each other. */

import type * as vscode from "vscode";
import type { Action } from "../edit/catalogue.ts";
import type { Hunk } from "../edit/hunks.ts";

/** Code that is to be changed by a model. */
export interface EditRequest {
  readonly document: vscode.TextDocument;
  /** What is to be changed; empty at a caret: the definition around it, else the file. */
  readonly range: vscode.Range;
  /** What is done, of the catalogue; without one `wish` says all. */
  readonly action?: Action | undefined;
  /** In the user's words; may be empty with an action. */
  readonly wish: string;
  /** What is wrong with it. */
  readonly problems?: readonly vscode.Diagnostic[];
}

/** Asks for a change and shows what becomes of it; the user accepts, refines or leaves it. Tells failures itself; never rejects. */
export interface Editor {
  edit(request: EditRequest): Promise<void>;
}

/** Something that a document may become, as it is shown. The document stays as it is until something of it is accepted. */
export interface EditPreview extends vscode.Disposable {
  /** Aborted when the user stops it, closes it, or rejects all. */
  readonly signal: AbortSignal;
  /** The whole text as far as it has come. */
  stream(after: string): void;
  /** May be accepted from now on, hunk by hunk. `verdict` is the guard's line. */
  offer(hunks: readonly Hunk[], verdict: string): void;
  /** There is nothing to accept, and why. `anyway`: the user may look at it all the same. */
  refuse(words: string, anyway?: () => void): void;
}

/** One for each document: another one ends the one before. */
export interface EditPreviews {
  /** @param title what is done, such as "Simplify" */
  open(document: vscode.TextDocument, title: string, refine: (wish: string) => void): Promise<EditPreview>;
}
