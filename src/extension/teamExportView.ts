import * as vscode from "vscode";

/** What somebody would hand in for a team's report, as a text that nobody can edit. */
export class TeamExportView implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration: vscode.Disposable;
  #text: string | undefined;

  constructor() {
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: this.#changed.event,
      // After a restart of the window there is a document and no text any more.
      provideTextDocumentContent: () => this.#text ?? vscode.l10n.t("No longer here. Run the command again."),
    });
  }

  async show(text: string): Promise<void> {
    this.#text = text;
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${vscode.l10n.t("What You Would Hand In")}.jsonl` });
    this.#changed.fire(uri);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}

const SCHEME = "pairwise-team-blocks";
