/** Facts become records: with the window's session, and hashes in place of addresses. */

import * as vscode from "vscode";
import type { Fact, LedgerRecord } from "../productivity/records.ts";

export class Stamping implements vscode.Disposable {
  readonly #session: string;
  readonly #hmac: (address: string) => string;
  /** Of documents. Looking for a folder is dear at every key. */
  #folders = new Map<string, string>();
  readonly #listener: vscode.Disposable;

  constructor(session: string, hmac: (address: string) => string) {
    this.#session = session;
    this.#hmac = hmac;
    this.#listener = vscode.workspace.onDidChangeWorkspaceFolders(() => {
      this.#folders = new Map();
    });
  }

  stamped(fact: Fact): LedgerRecord {
    const session = this.#session;
    if ("uri" in fact) {
      const { uri, ...rest } = fact;
      return { ...rest, session, file: this.#hmac(uri), project: this.projectOf(uri) };
    }
    return { ...fact, session };
  }

  dispose(): void {
    this.#listener.dispose();
  }

  /** As records have it: of the folder that an address is in; empty outside of one. */
  projectOf(uri: string): string {
    let folder = this.#folders.get(uri);
    if (folder === undefined) {
      folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(uri))?.uri.toString() ?? "";
      if (this.#folders.size >= MOST_REMEMBERED) this.#folders.delete(this.#folders.keys().next().value ?? "");
      this.#folders.set(uri, folder);
    }
    return folder && this.#hmac(folder);
  }
}

const MOST_REMEMBERED = 500;
