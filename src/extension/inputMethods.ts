import * as vscode from "vscode";
import { CompositionDetector } from "../completion/composition.ts";
import { clock } from "./clock.ts";

/** A change in more places was not typed. */
const MOST_CARETS = 100;

/** Knows when an input method is in the middle of a character, in whatever document. */
export class InputMethods implements vscode.Disposable {
  readonly #detector = new CompositionDetector();
  readonly #listening = vscode.workspace.onDidChangeTextDocument((event) => this.#heed(event));

  isComposing(document: vscode.TextDocument, position: vscode.Position): boolean {
    return this.#detector.isComposing(document.uri.toString(), document.offsetAt(position));
  }

  dispose(): void {
    this.#listening.dispose();
  }

  #heed({ document, contentChanges, reason }: vscode.TextDocumentChangeEvent): void {
    // Output and logs grow by themselves.
    if (contentChanges.length === 0 || document.uri.scheme === "output") return;
    // With several carets all compose the same; the offsets of the first one are not moved by the others.
    const change = contentChanges.length > MOST_CARETS ? undefined : contentChanges.reduce(first);
    if (change === undefined || reason !== undefined) {
      this.#detector.reset();
      return;
    }
    const { rangeOffset: offset, rangeLength: replacedLength, text } = change;
    this.#detector.changed({ uri: document.uri.toString(), offset, replacedLength, text }, clock.now());
  }
}

function first(
  one: vscode.TextDocumentContentChangeEvent,
  other: vscode.TextDocumentContentChangeEvent,
): vscode.TextDocumentContentChangeEvent {
  return other.rangeOffset < one.rangeOffset ? other : one;
}
