/** Writes tests: added to those that a file has, or as a new file, which is shown before it is made. */

import * as vscode from "vscode";
import { type Action, actionNamed } from "../edit/catalogue.ts";
import { addingRow, addTestsInstruction, newTestsInstruction } from "../refactor/testInstruction.ts";
import { nameOf } from "./convert.ts";
import type { IgnoredFiles } from "./ignoredFiles.ts";
import { instructionFor, type NewCode, type NewCodeWriter, shownCode } from "./refactorNewCode.ts";
import { type CodePlace, obstacleSentence, obstacleTo } from "./refactorPlaces.ts";
import type { Editor } from "./refactorPorts.ts";
import { type TestCustom, testCustomOf } from "./refactorProject.ts";
import { applyWorkspaceChange } from "./workspaceChange.ts";

export class TestWriter {
  readonly #writer: NewCodeWriter;
  readonly #editor: Editor;
  readonly #ignored: Pick<IgnoredFiles, "look">;

  constructor(writer: NewCodeWriter, editor: Editor, ignored: Pick<IgnoredFiles, "look">) {
    this.#writer = writer;
    this.#editor = editor;
    this.#ignored = ignored;
  }

  async write(code: CodePlace): Promise<void> {
    const action = actionNamed("tests");
    if (!action) return;
    const custom = await testCustomOf(code.document, this.#ignored);
    const { place, folder } = custom;
    if (!place || !folder) return this.#writeNew(code, action, custom, undefined);
    const uri = vscode.Uri.joinPath(folder, place.path);
    // It may be where no search looks.
    const isThere = place.isThere || (await exists(uri));
    return isThere ? this.#add(code, action, custom, uri) : this.#writeNew(code, action, custom, uri);
  }

  /** A change of the file of tests, as any other. */
  async #add(place: CodePlace, action: Action, { framework }: TestCustom, uri: vscode.Uri): Promise<void> {
    const document = await vscode.workspace.openTextDocument(uri);
    const obstacle = await obstacleTo(document, this.#ignored);
    if (obstacle) return void vscode.window.showInformationMessage(obstacleSentence(obstacle, document));
    const isSame = uri.toString() === place.document.uri.toString();
    const { code } = shownCode(place.document, place.range);
    const wanted = { path: isSame ? code.path : vscode.workspace.asRelativePath(uri, false), code, framework };
    const instruction = addTestsInstruction(wanted, isSame && place.range.isEmpty ? undefined : code.text);
    const lines = document.getText().split(/\r?\n/);
    const end = document.lineAt(document.lineCount - 1).range.end;
    if (!isSame) await vscode.window.showTextDocument(document, { preview: false });
    await this.#editor.edit({
      document,
      range: new vscode.Range(new vscode.Position(addingRow(lines), 0), end),
      action: { ...action, answers: "code", instruction },
      wish: "",
    });
  }

  async #writeNew(
    { document, range }: CodePlace,
    action: Action,
    { framework, sample }: TestCustom,
    uri: vscode.Uri | undefined,
  ): Promise<void> {
    const { l10n } = vscode;
    const { languageId } = document;
    const shown = shownCode(document, range);
    const path = uri && vscode.workspace.asRelativePath(uri, false);
    const more = newTestsInstruction({ path, code: shown.code, framework });
    const written = await this.#writer.write({
      title: l10n.t("Writing tests for {0}", nameOf(document)),
      question: { ...shown, sample, instruction: `${instructionFor(action, "")}\n${more}` },
      askedFor: "tests",
      languageId,
      path: path ?? l10n.t("the new document"),
    });
    if (!written) return;
    if (uri) return offerFile(uri, written, languageId);
    await showNew(written.text, languageId);
  }
}

/** In VS Code's own preview of refactorings: the file is made when it is confirmed there, and not before. */
async function offerFile(uri: vscode.Uri, { text, verdict }: NewCode, languageId: string): Promise<void> {
  const label = `${vscode.l10n.t("Pairwise: new tests")} · ${verdict}`;
  // VS Code fails where a file is to be new and is there, before or after its preview.
  const isTaken = await exists(uri);
  const isDone = !isTaken && (await applyWorkspaceChange(label, [{ uri, create: text }]));
  const isThere = await exists(uri);
  if (isDone && isThere) return void (await vscode.window.showTextDocument(uri, { preview: false }));
  // It was discarded.
  if (!isThere) return;
  await showNew(text, languageId);
  const name = vscode.workspace.asRelativePath(uri, false);
  void vscode.window.showWarningMessage(
    vscode.l10n.t("There is a file {0} now, and it stays as it is. The tests are in a new document.", name),
  );
}

async function showNew(content: string, language: string): Promise<void> {
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language, content }));
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
