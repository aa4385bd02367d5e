/** The errors that languages report in the files that are seen: by hashes, so that none of their text is kept. */

import * as vscode from "vscode";
import { isCounted } from "./editorEventFeed.ts";

export interface ErrorsIn {
  readonly uri: string;
  readonly languageId: string;
  /** One for each error: the same for the same complaint, wherever it is. */
  readonly fingerprints: readonly string[];
}

/** Looks when nothing has changed for a moment; at a key it does nothing but wait longer. */
export class ErrorDiagnostics implements vscode.Disposable {
  readonly #hmac: (text: string) => string;
  readonly #told: (errors: ErrorsIn) => void;
  readonly #listeners: readonly vscode.Disposable[];
  readonly #changed = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(hmac: (text: string) => string, told: (errors: ErrorsIn) => void) {
    this.#hmac = hmac;
    this.#told = told;
    this.#listeners = [
      vscode.languages.onDidChangeDiagnostics(({ uris }) => this.#lookSoon(uris)),
      vscode.window.onDidChangeVisibleTextEditors((editors) =>
        this.#lookSoon(editors.map(({ document }) => document.uri)),
      ),
    ];
    this.#lookSoon(vscode.window.visibleTextEditors.map(({ document }) => document.uri));
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const listener of this.#listeners) listener.dispose();
  }

  #lookSoon(uris: readonly vscode.Uri[]): void {
    // A project that is checked as a whole has thousands of files; those that are seen are few.
    const visible = new Set(vscode.window.visibleTextEditors.map(({ document }) => document.uri.toString()));
    for (const uri of uris.slice(0, MOST_FILES)) if (visible.has(uri.toString())) this.#changed.add(uri.toString());
    if (this.#changed.size === 0) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), SETTLED_MS);
  }

  #look(): void {
    const changed = new Set(this.#changed);
    this.#changed.clear();
    for (const { document } of vscode.window.visibleTextEditors) {
      const uri = document.uri.toString();
      if (!changed.delete(uri) || !isCounted(document)) continue;
      const errors = vscode.languages
        .getDiagnostics(document.uri)
        .filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error)
        .slice(0, MOST_ERRORS);
      this.#told({
        uri,
        languageId: document.languageId,
        fingerprints: errors.map((error) => this.#hmac(fingerprintOf(error))),
      });
    }
  }
}

/** Without its place: an error moves with every line above it. */
function fingerprintOf({ source, code, message }: vscode.Diagnostic): string {
  return JSON.stringify([source, typeof code === "object" ? code.value : code, message]);
}

const SETTLED_MS = 1_000;
const MOST_FILES = 10_000;
const MOST_ERRORS = 200;
