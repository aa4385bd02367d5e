/** A new document that is shown with the first text that comes, and grows with what follows. */

import * as vscode from "vscode";
import { growthOf } from "../refactor/growingText.ts";
import { applyOwnEdit, asOwnWrite } from "./ownWrites.ts";

export class StreamedDocument {
  readonly #languageId: string;
  #document: vscode.TextDocument | undefined;
  /** What it was made to be; other text in it is the user's. */
  #written = "";
  #coming = "";
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<unknown> = Promise.resolve();
  #isStopped = false;

  constructor(languageId: string) {
    this.#languageId = languageId;
  }

  /** It was shown, and the user has closed it. */
  get isClosed(): boolean {
    return this.#document?.isClosed ?? false;
  }

  /** As far as it has come, also what is not shown yet. */
  get coming(): string {
    return this.#coming;
  }

  /** @param text all of it, so far */
  stream(text: string): void {
    if (this.#isStopped) return;
    this.#coming = text;
    this.#timer ??= setTimeout(() => {
      // What fails is tried again with what comes next, or at last by `finish`.
      this.#writing = this.#writing.then(() => this.#put(this.#coming, false)).catch(() => undefined);
      this.#timer = undefined;
    }, SHOWN_EVERY_MS);
  }

  /** As one step to undo, with what was streamed. */
  async finish(text: string): Promise<void> {
    await this.stop();
    // The user may write in it at the same moment.
    for (let tries = 0; tries < MOST_TRIES && !(await this.#put(text, true)); tries += 1);
  }

  /** Nothing is written any more but by `finish`. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#writing;
  }

  /** Whether it is there now. What the user has written stays. */
  async #put(text: string, isLast: boolean): Promise<boolean> {
    const { window, workspace } = vscode;
    if (this.#document === undefined) {
      this.#document = await workspace.openTextDocument({ language: this.#languageId, content: text });
      this.#written = text;
      await window.showTextDocument(this.#document);
      return true;
    }
    const document = this.#document;
    const now = document.getText().replaceAll("\r\n", "\n");
    const growth = document.isClosed ? undefined : growthOf(now, this.#written, text);
    if (!growth) return true;
    const { added } = growth;
    const end = document.lineAt(document.lineCount - 1).range.end;
    const range = new vscode.Range(positionIn(now, growth.from), end);
    const editor = window.visibleTextEditors.find((each) => each.document === document);
    let isDone = false;
    if (editor) {
      const stops = { undoStopBefore: false, undoStopAfter: isLast };
      // It rejects where the editor has gone meanwhile.
      isDone = await asOwnWrite([document.uri], () => editor.edit((edit) => edit.replace(range, added), stops)).catch(
        () => false,
      );
    } else if (isLast) {
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, range, added);
      isDone = await applyOwnEdit(edit);
    }
    if (isDone) this.#written = text;
    return isDone;
  }
}

function positionIn(text: string, offset: number): vscode.Position {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  return new vscode.Position(before.split("\n").length - 1, offset - lineStart);
}

const SHOWN_EVERY_MS = 100;
const MOST_TRIES = 3;
