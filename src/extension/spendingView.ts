import * as vscode from "vscode";
import { setting } from "./settings.ts";
import { pricing, type Spending } from "./spending.ts";
import { spendingPage } from "./spendingWords.ts";

/** A page that nobody can edit, as VS Code shows Markdown; its text where that is switched off. */
export class SpendingView implements vscode.Disposable {
  readonly #spending: Spending;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #listeners: readonly vscode.Disposable[];

  constructor(spending: Spending) {
    this.#spending = spending;
    this.#listeners = [
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
        onDidChange: this.#changed.event,
        provideTextDocumentContent: async () => {
          const limits = { soft: setting("cost.softLimit"), hard: setting("cost.hardLimit") };
          return spendingPage(await this.#spending.days(), pricing(), limits);
        },
      }),
      // A price that was entered is seen at once.
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("pairwise.cost")) this.#changed.fire(page());
      }),
    ];
  }

  async show(): Promise<void> {
    const uri = page();
    // It may be open with what was so before.
    this.#changed.fire(uri);
    try {
      await vscode.commands.executeCommand("markdown.showPreview", uri);
    } catch {
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    }
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
  }
}

function page(): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `/${vscode.l10n.t("Spending")}.md` });
}

const SCHEME = "pairwise-spending";
