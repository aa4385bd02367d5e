import * as vscode from "vscode";
import type { CompletionEngine } from "../completion/engine.ts";
import { nextLine, nextWord } from "../completion/nextPart.ts";
import type { Offered } from "../completion/suggestion.ts";
import { internalCommands } from "./contributions.ts";
import { cursorSnapshot } from "./convert.ts";

/** Counts what is taken. */
export interface Counted {
  taking(document: vscode.TextDocument, caret: vscode.Position, part: Part, text: string, offered: Offered): void;
  notTaken(document: vscode.TextDocument, id: string): void;
}

export type Part = "word" | "line";

/** VS Code's own commands, for what the engine did not suggest or what a plain insertion does not make. */
const editorsOwn: Readonly<Record<Part, string>> = {
  word: "editor.action.inlineSuggest.acceptNextWord",
  line: "editor.action.inlineSuggest.acceptNextLine",
};

/** Takes a part of what is suggested, one key at a time: each needs to see what the one before has left. */
export class PartialAccept {
  readonly #engine: Pick<CompletionEngine, "shownAt">;
  readonly #isAlone: (languageId: string) => boolean;
  readonly #counted: Counted;
  #last: Promise<void> = Promise.resolve();

  /** Where `isAlone` is false, what is seen may be another extension's. */
  constructor(engine: Pick<CompletionEngine, "shownAt">, isAlone: (languageId: string) => boolean, counted: Counted) {
    this.#engine = engine;
    this.#isAlone = isAlone;
    this.#counted = counted;
  }

  take(part: Part): Promise<void> {
    const taken = this.#last.then(() => this.#take(part));
    this.#last = taken.catch(() => {});
    return taken;
  }

  async #take(part: Part): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const offered = editor && this.#shownIn(editor);
    if (!editor || !offered) {
      await vscode.commands.executeCommand(editorsOwn[part]);
      return;
    }
    const { insertText, id } = offered;
    const text = part === "word" ? nextWord(insertText, editor.document.languageId) : nextLine(insertText);
    const caret = editor.selection.active;
    this.#counted.taking(editor.document, caret, part, text, offered);
    let done = false;
    try {
      done = await editor.edit((edit) => edit.insert(caret, text), { undoStopBefore: true, undoStopAfter: true });
    } finally {
      if (!done) this.#counted.notTaken(editor.document, id);
    }
    // The user has typed meanwhile: what was to be taken is not what is shown any more.
    if (!done) return;
    editor.revealRange(editor.selection);
    if (text === insertText) await vscode.commands.executeCommand(internalCommands.accepted, id);
  }

  /** `undefined` where a plain insertion at one caret is not what the suggestion means. */
  #shownIn({ document, selections }: vscode.TextEditor): Offered | undefined {
    const [only, ...others] = selections;
    if (!only?.isEmpty || others.length > 0 || !this.#isAlone(document.languageId)) return undefined;
    const offered = this.#engine.shownAt(cursorSnapshot(document, only.active, undefined));
    return offered?.replaceBefore === 0 && offered.replaceAfter === 0 ? offered : undefined;
  }
}
