import * as vscode from "vscode";

/** What is going to be sent, as JSON that nobody can edit: it is what is sent, whatever is done to the text. */
export class ReportPreview implements vscode.Disposable {
  readonly #registration: vscode.Disposable;
  #shown = 0;
  #text = "";

  constructor() {
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      // Another report has been made since, or the window was started anew.
      provideTextDocumentContent: ({ query }) =>
        query === String(this.#shown) ? this.#text : vscode.l10n.t("No longer here. Run the command again."),
    });
  }

  async show(text: string): Promise<void> {
    this.#text = text;
    this.#shown += 1;
    // An address of its own: a document that is open would have its old text for a moment.
    const path = `/${vscode.l10n.t("What would be sent")}.json`;
    const uri = vscode.Uri.from({ scheme: SCHEME, path, query: String(this.#shown) });
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

const SCHEME = "pairwise-report";
