/** What is done with a code block of an answer, but for putting it into a file. Each says what became of it; empty where that shows. */

import * as vscode from "vscode";
import type { CodeBlock } from "../chat/codeBlocks.ts";
import { commandsIn } from "../text/commandLines.ts";
import { languageIdOfPath } from "../context/index/extraction/languageOfPath.ts";
import { newFile } from "./chatTarget.ts";
import type { ChatTerminal } from "./chatTerminal.ts";
import { isFile } from "./openPlace.ts";
import { asOwnWrite } from "./ownWrites.ts";
import { selfRunningWarning } from "./runsByItselfWords.ts";

/** At the caret, or in place of what is selected, as one step to undo. */
export async function insertBlock({ text }: CodeBlock): Promise<string> {
  const { l10n } = vscode;
  const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
  if (!editor) return l10n.t("Open a file first: there is no cursor to insert at.");
  const code = text.replace(/\n$/, "");
  const shown = await vscode.window.showTextDocument(editor.document, {
    ...(editor.viewColumn !== undefined && { viewColumn: editor.viewColumn }),
    selection: editor.selection,
  });
  const isDone = await asOwnWrite([shown.document.uri], () =>
    shown.edit((edit) => {
      for (const selection of shown.selections) edit.replace(selection, code);
    }),
  );
  return isDone ? "" : l10n.t("{0} can't be changed.", vscode.workspace.asRelativePath(editor.document.uri));
}

export async function openBlock({ text, language, path }: CodeBlock): Promise<string> {
  const fresh = path === undefined ? undefined : newFile(path, []);
  // It is saved there.
  if (fresh && !(await isFile(fresh.uri))) return openAs(fresh.uri.with({ scheme: "untitled" }), text);
  const known = await vscode.languages.getLanguages();
  const wanted = [languageIdOfPath(path ?? ""), aliases[language], language, languageIdOfPath(`a.${language}`)];
  const id = wanted.find((each) => each !== undefined && known.includes(each));
  const document = await vscode.workspace.openTextDocument({
    content: text,
    ...(id !== undefined && { language: id }),
  });
  await vscode.window.showTextDocument(document);
  return "";
}

/** Gives what it can do by itself once it is saved. */
async function openAs(uri: vscode.Uri, text: string): Promise<string> {
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document);
  // What was opened so before may have been written in.
  if (document.getText() === "")
    await asOwnWrite([document.uri], () => editor.edit((edit) => edit.insert(new vscode.Position(0, 0), text)));
  return selfRunningWarning(uri, "", text);
}

/** Into the terminal's line, where the user may change it and presses Enter. */
export async function putIntoTerminal({ text, isClosed }: CodeBlock, terminal: ChatTerminal): Promise<string> {
  const { l10n } = vscode;
  if (!isClosed) return l10n.t("Not put into the terminal: the answer ends in the middle of this block.");
  const { lines, hasTabs } = commandsIn(text);
  if (lines.length === 0) return l10n.t("There is nothing to run in this block.");
  if (hasTabs)
    return l10n.t("Not put into the terminal: it would take the tabs in this block for keys. Copy the block instead.");
  if (lines.length > 1) {
    const put = l10n.t("Put into the terminal");
    const detail = l10n.t("All lines but the last are run at once, one after the other:\n\n{0}", lines.join("\n"));
    const title = l10n.t("Put {0} lines into the terminal “{1}”?", lines.length, terminal.name);
    if ((await vscode.window.showWarningMessage(title, { modal: true, detail }, put)) !== put) return "";
  }
  await terminal.put(lines);
  return "";
}

const aliases: Readonly<Record<string, string>> = {
  bash: "shellscript",
  shell: "shellscript",
  zsh: "shellscript",
  sh: "shellscript",
  console: "shellscript",
  golang: "go",
  "c++": "cpp",
  "c#": "csharp",
  python3: "python",
  node: "javascript",
  yml: "yaml",
  md: "markdown",
  text: "plaintext",
};
