/** What a language's extension would do, for those that VS Code has none of: TypeScript's own marks and renames by itself. */

import * as vscode from "vscode";

/** Marks as an error what has these words, and follows what is written. Nothing for TypeScript. */
export function marking(
  document: vscode.TextDocument,
  languageId: string,
  words: string,
  message: string,
): vscode.Disposable {
  if (languageId === "typescript") return { dispose: () => undefined };
  const problems = vscode.languages.createDiagnosticCollection("test");
  const look = (): void => {
    const ranges = wordsIn(document, words);
    problems.set(
      document.uri,
      ranges.map((range) => new vscode.Diagnostic(range, message)),
    );
  };
  look();
  const listener = vscode.workspace.onDidChangeTextDocument((event) => {
    if (event.document === document) look();
  });
  return vscode.Disposable.from(problems, listener);
}

/** Renames a word wherever it is one in these files. Nothing for TypeScript. */
export function renaming(languageId: string, uris: readonly vscode.Uri[]): vscode.Disposable {
  if (languageId === "typescript") return { dispose: () => undefined };
  return vscode.languages.registerRenameProvider(languageId, {
    async provideRenameEdits(document, position, name) {
      const old = document.getText(document.getWordRangeAtPosition(position));
      const edit = new vscode.WorkspaceEdit();
      for (const uri of uris) {
        const ranges = wordsIn(await vscode.workspace.openTextDocument(uri), old);
        for (const range of ranges) edit.replace(uri, range, name);
      }
      return edit;
    },
  });
}

function wordsIn(document: vscode.TextDocument, words: string): readonly vscode.Range[] {
  const exact = new RegExp(`(?<!\\w)${words.replace(/[^\w\s]/g, "\\$&")}(?!\\w)`, "g");
  return Array.from(
    document.getText().matchAll(exact),
    ({ index, 0: found }) => new vscode.Range(document.positionAt(index), document.positionAt(index + found.length)),
  );
}
