import * as vscode from "vscode";
import { parsePromptFile } from "../model/prompts/promptFile.ts";
import { promptKinds } from "../model/prompts/promptKinds.ts";
import { promptPlaceOf } from "./promptPlaces.ts";
import { faultWords } from "./promptWords.ts";

/** Tells in prompt files that are open what is wrong with them, while they are written. */
export class PromptDiagnostics implements vscode.Disposable {
  readonly #storage: vscode.Uri;
  readonly #diagnostics = vscode.languages.createDiagnosticCollection("pairwise-prompts");
  readonly #listeners: readonly vscode.Disposable[];

  constructor(storage: vscode.Uri) {
    this.#storage = storage;
    this.#listeners = [
      this.#diagnostics,
      vscode.workspace.onDidOpenTextDocument((document) => this.#look(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#look(document)),
      // VS Code keeps a document open for minutes when nobody sees it any more.
      vscode.window.tabGroups.onDidChangeTabs(() => this.#lookAtAll()),
    ];
    this.#lookAtAll();
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
  }

  #lookAtAll(): void {
    for (const document of vscode.workspace.textDocuments) this.#look(document);
  }

  /** Called at every key of every document. */
  #look(document: vscode.TextDocument): void {
    if (!document.uri.path.endsWith(".md")) return;
    const place = promptPlaceOf(this.#storage, document.uri);
    if (!place) return;
    if (!hasTab(document.uri)) return this.#diagnostics.delete(document.uri);
    const { faults } = parsePromptFile(document.getText(), promptKinds[place.name]);
    this.#diagnostics.set(
      document.uri,
      faults.map((fault) => {
        const { range } = document.lineAt(Math.min(fault.line, document.lineCount - 1));
        const diagnostic = new vscode.Diagnostic(range, faultWords(fault), vscode.DiagnosticSeverity.Error);
        diagnostic.source = "Pairwise";
        return diagnostic;
      }),
    );
  }
}

function hasTab(uri: vscode.Uri): boolean {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
}
