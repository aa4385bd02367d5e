import * as vscode from "vscode";

/**
 * Tells of an edit at the caret before VS Code asks for a suggestion there, which it does some 50 ms later. Not while a word
 * goes on: what is of use there was so at its start.
 */
export class CaretEdits implements vscode.Disposable {
  readonly #subscriptions: readonly vscode.Disposable[];
  #changed: vscode.TextDocument | undefined;

  /** `edited` is called with the active editor, its selection empty. */
  constructor(edited: (editor: vscode.TextEditor) => void) {
    this.#subscriptions = [
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#changed = document;
      }),
      // The caret goes to its new place after the text has changed.
      vscode.window.onDidChangeTextEditorSelection(({ textEditor: editor }) => {
        if (editor.document !== this.#changed || editor !== vscode.window.activeTextEditor) return;
        this.#changed = undefined;
        if (editor.selection.isEmpty && !isInWord(editor)) edited(editor);
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

function isInWord({ document, selection: { active } }: vscode.TextEditor): boolean {
  const before = document.getText(
    new vscode.Range(active.line, Math.max(0, active.character - 4), active.line, active.character),
  );
  return /[\p{L}\p{N}_$]{2}$/u.test(before);
}
