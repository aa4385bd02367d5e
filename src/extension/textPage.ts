import * as vscode from "vscode";

/** One text that nobody can edit, whose lines wrap. */
export class TextPage implements vscode.Disposable {
  readonly #scheme: string;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration: vscode.Disposable;
  #text: string | undefined;

  /** @param scheme of its address, which nothing else has */
  constructor(scheme: string) {
    this.#scheme = scheme;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: this.#changed.event,
      // After a restart of the window there is a document and no text any more.
      provideTextDocumentContent: () => this.#text ?? vscode.l10n.t("No longer here. Run the command again."),
    });
  }

  /** @param title of its tab */
  async show(title: string, text: string): Promise<void> {
    this.#text = text;
    const uri = vscode.Uri.from({ scheme: this.#scheme, path: `/${title}.txt` });
    this.#changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    const inLanguage = await vscode.languages.setTextDocumentLanguage(document, LANGUAGE);
    const editor = await vscode.window.showTextDocument(inLanguage);
    editor.revealRange(new vscode.Range(0, 0, 0, 0), vscode.TextEditorRevealType.AtTop);
  }

  async close(): Promise<void> {
    const { tabGroups } = vscode.window;
    const own = tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ input }) => input instanceof vscode.TabInputText && input.uri.scheme === this.#scheme);
    if (own.length > 0) await tabGroups.close(own);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}

/** See package.json: its lines wrap. */
const LANGUAGE = "pairwise-text";
