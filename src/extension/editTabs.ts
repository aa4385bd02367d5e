import * as vscode from "vscode";

/** Of the text that shows what a document may become. package.json names it. */
export const EDIT_SCHEME = "pairwise-edit";

/** That show it, wherever they are. */
export function previewTabs(uri: vscode.Uri): readonly vscode.Tab[] {
  return allTabs().filter((tab) => uriInTab(tab)?.toString() === uri.toString());
}

/** `undefined` where it shows no preview. */
export function uriInTab({ input }: vscode.Tab): vscode.Uri | undefined {
  return input instanceof vscode.TabInputText && input.uri.scheme === EDIT_SCHEME ? input.uri : undefined;
}

/** After a reload VS Code opens them again, and nobody knows any more what they have shown. */
export async function closeLeftPreviews(): Promise<void> {
  const left = allTabs().filter((tab) => uriInTab(tab) !== undefined);
  if (left.length > 0) await vscode.window.tabGroups.close(left);
}

/** Its tab can be told from that of the file. */
export function previewUri(uri: vscode.Uri): vscode.Uri {
  const name = uri.path.split("/").at(-1) ?? "";
  const path = uri.path.slice(0, uri.path.length - name.length) + vscode.l10n.t("Edit of {0}", name);
  return uri.with({ scheme: EDIT_SCHEME, authority: "", path, query: uri.toString(), fragment: "" });
}

/** It may be gone from the disk. */
export async function showFile(uri: vscode.Uri, options: vscode.TextDocumentShowOptions): Promise<void> {
  try {
    await vscode.window.showTextDocument(uri, options);
  } catch {
    // Then there is nothing to be shown in the preview's place.
  }
}

/** VS Code rejects where somebody else has closed one meanwhile. */
export async function closeTabs(uri: vscode.Uri): Promise<void> {
  try {
    await vscode.window.tabGroups.close(previewTabs(uri));
  } catch {
    // It is closed, which is all that was wanted.
  }
}

/** In the place of the editor, at the same lines. */
export async function showPreview(
  uri: vscode.Uri,
  languageId: string,
  editor: vscode.TextEditor | undefined,
): Promise<void> {
  const opened = await vscode.workspace.openTextDocument(uri);
  if (opened.languageId !== languageId) await vscode.languages.setTextDocumentLanguage(opened, languageId);
  const shown = await vscode.window.showTextDocument(uri, {
    viewColumn: editor?.viewColumn ?? vscode.ViewColumn.Active,
    // A tab that the next file takes would be closed without a word.
    preview: false,
    ...(editor && { selection: new vscode.Range(editor.selection.start, editor.selection.start) }),
  });
  const [top] = editor?.visibleRanges ?? [];
  if (top) shown.revealRange(new vscode.Range(top.start, top.start), vscode.TextEditorRevealType.AtTop);
}

function allTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
}
