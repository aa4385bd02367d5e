/** While a caret rests or somebody types: the model reads what will be asked about before it is. */

import * as vscode from "vscode";
import type { CompletionEngine } from "../completion/engine.ts";
import { comesByItself } from "./byItself.ts";
import { CaretEdits } from "./caretEdits.ts";
import { CaretRest } from "./caretRest.ts";
import { cursorSnapshot } from "./convert.ts";
import type { IgnoredFiles } from "./ignoredFiles.ts";
import type { InHand } from "./inHand.ts";
import { fileOf } from "./notebookCells.ts";
import { setting } from "./settings.ts";
import type { Snooze } from "./snooze.ts";

interface Needs {
  readonly engine: Pick<CompletionEngine, "prepare" | "rest">;
  readonly ignored: IgnoredFiles;
  readonly inHand: InHand;
  readonly snooze: Snooze;
}

export function readingAhead({ engine, ignored, inHand, snooze }: Needs): readonly vscode.Disposable[] {
  return [
    new CaretRest(async (editor) => {
      const { document } = editor;
      if (!setting("model.warmUp") || !comesByItself(document, inHand, snooze)) return;
      const caret = editor.selection.active;
      // What is read ahead is sent, too.
      if (await ignored.look({ uri: fileOf(document) })) return;
      if (vscode.window.activeTextEditor !== editor || !editor.selection.active.isEqual(caret)) return;
      engine.rest(cursorSnapshot(document, caret, undefined));
    }),
    new CaretEdits(({ document, selection }) => {
      if (!comesByItself(document, inHand, snooze) || ignored.isIgnored({ uri: fileOf(document) })) return;
      engine.prepare(cursorSnapshot(document, selection.active, undefined));
    }),
  ];
}
