import * as vscode from "vscode";
import type { RepositoryClient } from "../repository/client.ts";

type ClientOf = (folder: vscode.WorkspaceFolder) => Promise<RepositoryClient> | undefined;

/** Tells the indexes of what is written in their folders and typed in the editor. */
export class IndexFeed implements vscode.Disposable {
  readonly #clientOf: ClientOf;
  readonly #listeners: readonly vscode.Disposable[];
  /** Paths that were written, until they are told. */
  readonly #written = new Map<vscode.WorkspaceFolder, Set<string>>();
  /** Documents of which the index was told a text that is not on the disk. */
  readonly #typed = new Set<string>();
  #telling: NodeJS.Timeout | undefined;
  #editing: NodeJS.Timeout | undefined;

  constructor(clientOf: ClientOf) {
    this.#clientOf = clientOf;
    const watcher = vscode.workspace.createFileSystemWatcher("**/*");
    this.#listeners = [
      watcher,
      watcher.onDidCreate((uri) => this.#wrote(uri)),
      watcher.onDidChange((uri) => this.#wrote(uri)),
      watcher.onDidDelete((uri) => this.#wrote(uri)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && document.uri.scheme === "file") this.#edit(document);
      }),
      // What was typed and is given up: the file on the disk counts again.
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (this.#typed.delete(uri.toString())) this.#wrote(uri);
      }),
    ];
  }

  dispose(): void {
    clearTimeout(this.#telling);
    clearTimeout(this.#editing);
    for (const listener of this.#listeners) listener.dispose();
  }

  #wrote(uri: vscode.Uri): void {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    if (!folder || !this.#clientOf(folder)) return;
    const path = uri.path.slice(folder.uri.path.length).replace(/^\/+/, "");
    if (/(?:^|\/)\.git\//.test(path)) return;
    this.#written.set(folder, (this.#written.get(folder) ?? new Set()).add(path));
    clearTimeout(this.#telling);
    // What is ignored from now on is not to be shown for another moment.
    if (IGNORE_FILE.test(path)) void this.#tellWritten();
    else this.#telling = setTimeout(() => void this.#tellWritten(), SETTLE_MS);
  }

  async #tellWritten(): Promise<void> {
    const written = Array.from(this.#written);
    this.#written.clear();
    for (const [folder, paths] of written) {
      const client = await this.#clientOf(folder);
      // A checkout, or another rule of what is passed over: the whole folder is looked at again.
      const isMuch = paths.size > MOST_SINGLE || Array.from(paths).some((path) => IGNORE_FILE.test(path));
      if (isMuch) client?.update(false);
      else void client?.changed(Array.from(paths));
    }
  }

  /** The text of the document that is written in, when the keys have come to rest. */
  #edit(document: vscode.TextDocument): void {
    clearTimeout(this.#editing);
    this.#editing = setTimeout(() => {
      const folder = vscode.workspace.getWorkspaceFolder(document.uri);
      const client = folder && this.#clientOf(folder);
      if (!client || document.isClosed || document.lineCount > MOST_LINES) return;
      // What was written meanwhile, or undone, is read from the disk.
      if (!document.isDirty) return this.#wrote(document.uri);
      this.#typed.add(document.uri.toString());
      const path = vscode.workspace.asRelativePath(document.uri, false);
      const text = document.getText();
      return void client.then((each) => each.edited(path, text));
    }, EDIT_MS);
  }
}

const SETTLE_MS = 300;
const EDIT_MS = 1_000;
const MOST_SINGLE = 200;
const MOST_LINES = 20_000;
const IGNORE_FILE = /(?:^|\/)\.(?:git|pairwise)ignore$/;
