import * as vscode from "vscode";

/** Somebody who looks for a place in a file passes many. */
const REST_MS = 300;
/** The caret follows a change of the text within this time; that is not a move. */
const TYPING_MS = 100;

/**
 * Tells where the caret comes to rest: in another editor, or somewhere else in the same one. Not while somebody types,
 * where each key asks for a suggestion anyway.
 */
export class CaretRest implements vscode.Disposable {
  readonly #rested: (editor: vscode.TextEditor) => Promise<void>;
  readonly #subscriptions: readonly vscode.Disposable[];
  #timer: NodeJS.Timeout | undefined;
  #changedAt = Number.NEGATIVE_INFINITY;

  /** `rested` is called in a window that has the focus, with the active editor, its selection empty. */
  constructor(rested: (editor: vscode.TextEditor) => Promise<void>) {
    this.#rested = rested;
    this.#subscriptions = [
      vscode.window.onDidChangeActiveTextEditor(() => this.#moved()),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (textEditor !== vscode.window.activeTextEditor) return;
        if (performance.now() - this.#changedAt > TYPING_MS) this.#moved();
      }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length === 0 || document !== vscode.window.activeTextEditor?.document) return;
        this.#changedAt = performance.now();
        clearTimeout(this.#timer);
      }),
    ];
    // An editor that was open before counts as opened now.
    this.#moved();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #moved(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const editor = vscode.window.activeTextEditor;
      if (editor?.selection.isEmpty && vscode.window.state.focused) void this.#rested(editor);
    }, REST_MS);
  }
}
