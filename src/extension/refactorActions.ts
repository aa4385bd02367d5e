/** Does what was chosen from the palette, a menu or the light bulb. */

import * as vscode from "vscode";
import { type Action, type ActionId, actionNamed } from "../edit/catalogue.ts";
import { withConventions } from "../edit/docConventions.ts";
import { commands } from "./contributions.ts";
import type { IgnoredFiles } from "./ignoredFiles.ts";
import { cellIndexOf } from "./notebookCells.ts";
import { suits } from "./refactorOffers.ts";
import type { CodeTranslator } from "./refactorTranslate.ts";
import type { TestWriter } from "./refactorTests.ts";
import {
  type CodePlace,
  noCodeSentence,
  obstacleSentence,
  obstacleTo,
  obstacleToReading,
  placeOf,
} from "./refactorPlaces.ts";
import type { Editor } from "./refactorPorts.ts";

interface Parts {
  readonly editor: Editor;
  readonly tests: TestWriter;
  readonly translator: CodeTranslator;
  readonly ignored: Pick<IgnoredFiles, "look">;
  /** Asks the chat about what the editor has selected. */
  readonly ask: (question: string) => Promise<void>;
}

export class RefactorActions {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** @param given what the command was called with */
  async run(id: ActionId, given: readonly unknown[]): Promise<void> {
    const place = await placeOf(given);
    if (!place) return void vscode.window.showInformationMessage(noCodeSentence());
    const action = actionNamed(id);
    if (!action) return;
    // What is only read may be a library's, or an earlier version.
    const isRead = id === "explain" || id === "translate";
    const { l10n } = vscode;
    const { ignored } = this.#parts;
    const obstacle = await (isRead ? obstacleToReading : obstacleTo)(place.document, ignored);
    if (obstacle) return void vscode.window.showInformationMessage(obstacleSentence(obstacle, place.document));
    switch (id) {
      case "explain":
        return this.#explain(place);
      case "tests":
        return this.#parts.tests.write(place);
      case "translate":
        return this.#parts.translator.translate(place);
      case "fix":
        return this.#fix(place, action);
      default: {
        const { document, range } = place;
        const { languageId } = document;
        const code = document.getText(range.isEmpty ? undefined : range);
        if (id === "implement" && !suits(id, languageId, code))
          return void askOtherwise(
            place,
            range.isEmpty
              ? l10n.t("The file has no comment that says what is to be written.")
              : l10n.t("The selection has no comment that says what is to be written."),
          );
        return this.#parts.editor.edit({ ...place, action: withConventions(action, [languageId]), wish: "" });
      }
    }
  }

  async #explain(place: CodePlace): Promise<void> {
    // The chat looks at what is selected.
    await select(place);
    await this.#parts.ask("/explain");
  }

  /** What is wrong with the code that is selected; at a caret what is nearest to it. */
  async #fix(place: CodePlace, action: Action): Promise<void> {
    const { document, range } = place;
    const problems = place.problems.length > 0 ? place.problems : problemsAt(document, range);
    const [first] = problems;
    if (!first)
      return void askOtherwise(
        place,
        range.isEmpty
          ? vscode.l10n.t("No problem is reported at the caret.")
          : vscode.l10n.t("No problem is reported in the selection."),
      );
    // A few marked characters are not all that has to change.
    const isMarkOnly = range.isEmpty || problems.some((problem) => problem.range.contains(range));
    const meant = isMarkOnly ? new vscode.Range(first.range.start, first.range.start) : range;
    await this.#parts.editor.edit({ document, range: meant, action, wish: "", problems });
  }
}

/** What is to be done can be said in words. */
async function askOtherwise(place: CodePlace, words: string): Promise<void> {
  const { l10n, window } = vscode;
  const edit = l10n.t("Edit with an Instruction");
  if ((await window.showInformationMessage(words, edit)) !== edit) return;
  await select(place);
  await vscode.commands.executeCommand(commands.edit);
}

async function select({ document, range }: CodePlace): Promise<void> {
  const { window } = vscode;
  // A notebook's cell has its editor in the notebook, and would get one of its own.
  const cell =
    cellIndexOf(document) === undefined
      ? undefined
      : window.visibleTextEditors.find((editor) => editor.document === document);
  const editor = cell ?? (await window.showTextDocument(document, { selection: range }));
  editor.selection = new vscode.Selection(range.start, range.end);
}

/** Errors and warnings in the range; for a caret those at it, else those of its line. */
function problemsAt(document: vscode.TextDocument, range: vscode.Range): readonly vscode.Diagnostic[] {
  const all = vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ severity }) => severity !== vscode.DiagnosticSeverity.Hint);
  const within = (part: vscode.Range) => all.filter((problem) => problem.range.intersection(part) !== undefined);
  const here = within(range);
  return here.length > 0 || !range.isEmpty ? here : within(document.lineAt(range.start.line).range);
}
