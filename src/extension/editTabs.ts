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

function allTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
}
