import * as vscode from "vscode";
import { languageIdOfPath } from "../context/index/extraction/languageOfPath.ts";
import type { RepositoryClient } from "../repository/client.ts";
import { clock } from "./clock.ts";
import { Gathering } from "./gathering.ts";

type ClientOf = (folder: vscode.WorkspaceFolder) => Promise<RepositoryClient> | undefined;

/** Tells the indexes of what is written in their folders and typed in the editor. */
export class IndexFeed implements vscode.Disposable {
  readonly #clientOf: ClientOf;
  readonly #listeners: readonly vscode.Disposable[];
  /** Paths that were written, until they are told; the empty one is the whole folder. By the folder's address. */
  readonly #written = new Map<string, Gathering<string>>();
  /** Documents that were typed in, until their texts are told. */
  readonly #edited = new Gathering<vscode.TextDocument>(clock, EDIT_TIMES, (documents) => this.#tellTexts(documents));
  /** Documents of which the index was told a text that is not on the disk. */
  readonly #typed = new Set<string>();

  constructor(clientOf: ClientOf) {
    this.#clientOf = clientOf;
    const watcher = vscode.workspace.createFileSystemWatcher("**/*");
    this.#listeners = [
      watcher,
      watcher.onDidCreate((uri) => this.#wrote(uri)),
      // What is written in a folder is told of by itself.
      watcher.onDidChange((uri) => {
        if (IGNORE_FILE.test(uri.path) || languageIdOfPath(uri.path) !== undefined) this.#wrote(uri);
      }),
      watcher.onDidDelete((uri) => this.#wrote(uri)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && document.uri.scheme === "file") this.#edited.add(document);
      }),
      // What was typed and is given up: the file on the disk counts again.
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (this.#typed.delete(uri.toString())) this.#wrote(uri);
      }),
    ];
  }

  dispose(): void {
    this.#edited.dispose();
    for (const written of this.#written.values()) written.dispose();
    for (const listener of this.#listeners) listener.dispose();
  }

  #wrote(uri: vscode.Uri): void {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    if (!folder || !this.#clientOf(folder)) return;
    const path = uri.path.slice(folder.uri.path.length).replace(/^\/+/, "");
    if (/(?:^|\/)\.git\//.test(path)) return;
    const written = this.#writtenIn(folder);
    const isIgnoreFile = IGNORE_FILE.test(path);
    // After a checkout, the whole folder is looked at.
    written.add(written.size < MOST_SINGLE || isIgnoreFile ? path : "");
    // What is ignored from now on is not to be shown for another moment.
    if (isIgnoreFile) written.tell();
  }

  #writtenIn(folder: vscode.WorkspaceFolder): Gathering<string> {
    const key = folder.uri.toString();
    const known = this.#written.get(key);
    if (known) return known;
    const made = new Gathering<string>(clock, WRITE_TIMES, (paths) => {
      void this.#clientOf(folder)?.then((client) => client.changed(Array.from(paths)));
    });
    this.#written.set(key, made);
    return made;
  }

  #tellTexts(documents: ReadonlySet<vscode.TextDocument>): void {
    for (const document of documents) {
      const folder = vscode.workspace.getWorkspaceFolder(document.uri);
      const client = folder && this.#clientOf(folder);
      if (!client || document.isClosed || isLong(document)) continue;
      // What was written meanwhile, or undone, is read from the disk.
      if (!document.isDirty) {
        this.#wrote(document.uri);
        continue;
      }
      this.#typed.add(document.uri.toString());
      const path = vscode.workspace.asRelativePath(document.uri, false);
      const text = document.getText();
      void client.then((each) => each.edited(path, text));
    }
  }
}

/** Asked before its text is put together. */
function isLong(document: vscode.TextDocument): boolean {
  if (document.lineCount > MOST_LINES) return true;
  return document.offsetAt(document.lineAt(document.lineCount - 1).range.end) > MOST_CHARS;
}

const WRITE_TIMES = { restMs: 300, mostMs: 1_500 };
const EDIT_TIMES = { restMs: 1_000, mostMs: 5_000 };
const MOST_SINGLE = 1_000;
const MOST_LINES = 20_000;
/** As many bytes as the index reads of a file. */
const MOST_CHARS = 1_000_000;
const IGNORE_FILE = /(?:^|\/)\.(?:git|pairwise)ignore$/;
