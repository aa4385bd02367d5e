/** Whether the files of open documents are still there: VS Code keeps a document open whose file git or a terminal has taken away. */

import * as vscode from "vscode";
import type { FileState } from "../productivity/survival/looking.ts";

export class FileStates {
  readonly #nowMs: () => number;
  readonly #known: (uri: string) => void;
  /** Those that were asked for last. */
  readonly #asked = new Map<string, { state: FileState; atMs: number }>();

  /** @param known is told of each address for which the answer was `asking` */
  constructor(nowMs: () => number, known: (uri: string) => void) {
    this.#nowMs = nowMs;
    this.#known = known;
  }

  of(uri: string): FileState {
    const asked = this.#asked.get(uri);
    if (asked && (asked.state === "asking" || this.#nowMs() - asked.atMs < FRESH_MS)) return asked.state;
    const address = vscode.Uri.parse(uri);
    // A document that never was a file, or a cell of one.
    if (vscode.workspace.fs.isWritableFileSystem(address.scheme) === undefined) return "there";
    void this.#ask(uri, address);
    return "asking";
  }

  async #ask(uri: string, address: vscode.Uri): Promise<void> {
    const asked: { state: FileState; atMs: number } = { state: "asking", atMs: 0 };
    this.#asked.delete(uri);
    this.#asked.set(uri, asked);
    if (this.#asked.size > MOST_KEPT) this.#asked.delete(this.#asked.keys().next().value ?? "");
    asked.state = await stateOf(address);
    asked.atMs = this.#nowMs();
    this.#known(uri);
  }
}

/** A file system that does not answer, or not with yes or no, takes no file away. */
async function stateOf(address: vscode.Uri): Promise<FileState> {
  let timer: NodeJS.Timeout | undefined;
  const outOfTime = new Promise<FileState>((resolve) => {
    timer = setTimeout(() => resolve("there"), LONGEST_MS);
  });
  const answer = Promise.resolve(vscode.workspace.fs.stat(address)).then(
    (): FileState => "there",
    (error: unknown): FileState =>
      error instanceof vscode.FileSystemError && error.code === "FileNotFound" ? "gone" : "there",
  );
  try {
    return await Promise.race([answer, outOfTime]);
  } finally {
    clearTimeout(timer);
  }
}

/** The checks of one moment are one question. */
const FRESH_MS = 2_000;
const LONGEST_MS = 5_000;
const MOST_KEPT = 500;
