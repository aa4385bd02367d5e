import * as vscode from "vscode";
import { setting } from "./settings.ts";
import { pricing, type Spending } from "./spending.ts";
import { spendingPage } from "./spendingWords.ts";

/** A page that nobody can edit, as VS Code shows Markdown; its text where that is switched off. */
export class SpendingView implements vscode.Disposable {
  readonly #spending: Spending;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration: vscode.Disposable;

  constructor(spending: Spending) {
    this.#spending = spending;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: async () => {
        const limits = { soft: setting("cost.softLimit"), hard: setting("cost.hardLimit") };
        return spendingPage(await this.#spending.days(), pricing(), limits);
      },
    });
  }

  async show(): Promise<void> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${vscode.l10n.t("Spending")}.md` });
    // It may be open with what was so before.
    this.#changed.fire(uri);
    try {
      await vscode.commands.executeCommand("markdown.showPreview", uri);
    } catch {
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    }
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}

const SCHEME = "pairwise-spending";
