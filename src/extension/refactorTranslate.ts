/** Code in another programming language, as a new document beside. */

import * as vscode from "vscode";
import { actionNamed } from "../edit/catalogue.ts";
import { type ProgrammingLanguage, targetLanguages, translationInstruction } from "../refactor/translation.ts";
import { nameOf } from "./convert.ts";
import { instructionFor, type NewCodeWriter, shownCode } from "./refactorNewCode.ts";
import type { CodePlace } from "./refactorPlaces.ts";

export class CodeTranslator {
  readonly #writer: NewCodeWriter;

  constructor(writer: NewCodeWriter) {
    this.#writer = writer;
  }

  async translate({ document, range }: CodePlace): Promise<void> {
    const action = actionNamed("translate");
    const language = action && (await pickLanguage(document.languageId));
    if (!language) return;
    const { code } = shownCode(document, range);
    const { l10n } = vscode;
    const written = await this.#writer.write({
      title: l10n.t("Translating {0} to {1}", nameOf(document), language.name),
      question: { instruction: instructionFor(action, translationInstruction(language)), code },
      askedFor: "translation",
      languageId: language.id,
      path: l10n.t("the new document"),
    });
    if (!written) return;
    const known = await vscode.languages.getLanguages();
    const languageId = known.includes(language.id) ? language.id : "plaintext";
    const made = await vscode.workspace.openTextDocument({ language: languageId, content: written.text });
    await vscode.window.showTextDocument(made, { viewColumn: vscode.ViewColumn.Beside, preview: false });
    vscode.window.setStatusBarMessage(written.verdict, VERDICT_MS);
  }
}

async function pickLanguage(from: string): Promise<ProgrammingLanguage | undefined> {
  const used = vscode.workspace.textDocuments.map(({ languageId }) => languageId);
  const items = targetLanguages(from, used).map((language) => ({ label: language.name, language }));
  const title = vscode.l10n.t("Translate to which language?");
  return (await vscode.window.showQuickPick(items, { title, placeHolder: title }))?.language;
}

const VERDICT_MS = 10_000;
