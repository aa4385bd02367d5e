/**
 * Puts documents before the keys of the tests of counting, and says what has become of them: asked by files in the folder that
 * the workspace's counting-helper.json names. It formats as the self-test's samples expect it.
 */
const { existsSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const vscode = require("vscode");

exports.activate = (context) => {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  const told = folder && join(folder, "counting-helper.json");
  if (!told || !existsSync(told)) return;
  const { rpc } = JSON.parse(readFileSync(told, "utf8"));
  let isBusy = false;
  const timer = setInterval(async () => {
    const file = join(rpc, "question.json");
    if (isBusy || !existsSync(file)) return;
    isBusy = true;
    const question = JSON.parse(readFileSync(file, "utf8"));
    renameSync(file, join(rpc, "taken.json"));
    const answer = await answered(question).catch((error) => ({ error: String(error) }));
    writeFileSync(join(rpc, "writing.json"), JSON.stringify(answer));
    renameSync(join(rpc, "writing.json"), join(rpc, `answer-${question.id}.json`));
    isBusy = false;
  }, 15);
  context.subscriptions.push(
    { dispose: () => clearInterval(timer) },
    vscode.languages.registerDocumentFormattingEditProvider(
      { pattern: "**/counted*" },
      {
        provideDocumentFormattingEdits: (document) => {
          const text = document.getText();
          const end = document.lineAt(document.lineCount - 1).range.end;
          return [vscode.TextEdit.replace(new vscode.Range(new vscode.Position(0, 0), end), formatted(text))];
        },
      },
    ),
  );
};

/** As `formatted` of src/productivity/selfTest/sample.ts. */
function formatted(text) {
  return text.replace(/^(?: {2})+/gmu, (indentation) => "\t".repeat(indentation.length / 2));
}

async function answered({ kind, path, languageId, indentUnit, carets }) {
  if (kind === "text") return { text: vscode.window.activeTextEditor?.document.getText() };
  while (vscode.window.activeTextEditor) {
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  }
  if (kind === "close") return {};
  const opened = await vscode.workspace.openTextDocument(path);
  const known = await vscode.languages.getLanguages();
  const document = await vscode.languages.setTextDocumentLanguage(
    opened,
    known.includes(languageId) ? languageId : "plaintext",
  );
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  editor.options = { insertSpaces: indentUnit !== "\t", tabSize: indentUnit === "\t" ? 4 : indentUnit.length };
  editor.selections = carets.map((offset) => {
    const caret = document.positionAt(offset);
    return new vscode.Selection(caret, caret);
  });
  return {};
}
