import * as vscode from "vscode";
import { lastLineOf } from "./convert.ts";
import { fileAttachment, selectionAttachment } from "../chat/attachments.ts";
import type { Attachment } from "../chat/conversation.ts";
import { type FileProblem, type FileSymbol, type OpeningQuestion, openingQuestions } from "../chat/openingQuestions.ts";
import { headOf } from "../text/offsets.ts";
import { bareName, documentSymbols, flattened } from "./chatContextSymbol.ts";
import type { FileGate } from "./chatContextReading.ts";
import { fileOf } from "./notebookCells.ts";

/** What a fresh composer has: the selection, else the file that is shown. Nothing of what is ignored or is no text of the user's. */
export async function defaultAttachments(ignored: FileGate): Promise<readonly Attachment[]> {
  const editor = await shownEditor(ignored);
  if (!editor) return [];
  const { document, selection } = editor;
  const uri = document.uri.toString();
  if (selection.isEmpty) return [fileAttachment(uri)];
  return [selectionAttachment(uri, { line: selection.start.line, endLine: lastLineOf(selection) + 1 })];
}

/** Three questions about the file that is shown; none where none is. Asks no model. */
export async function defaultQuestions(ignored: FileGate): Promise<readonly string[]> {
  const editor = await shownEditor(ignored);
  if (!editor) return [];
  const { document, visibleRanges } = editor;
  const path = vscode.workspace.asRelativePath(document.uri, false);
  const symbols = flattened(await inTime(documentSymbols(document.uri)));
  const [visible] = visibleRanges;
  const questions = openingQuestions({
    name: path.slice(path.lastIndexOf("/") + 1),
    symbols: symbols.map(fileSymbol),
    problems: vscode.languages.getDiagnostics(document.uri).flatMap((each) => fileProblem(each) ?? []),
    visible: { line: visible?.start.line ?? 0, endLine: (visible?.end.line ?? 0) + 1 },
    isTest: TEST_NAME.test(path),
  });
  return questions.map(questionWords);
}

/** The active one, else, while the chat itself has the focus, the first that is visible. */
async function shownEditor(ignored: FileGate): Promise<vscode.TextEditor | undefined> {
  const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
  if (!editor || !isOfUser(editor.document) || (await ignored.look({ uri: fileOf(editor.document) }))) return undefined;
  return editor;
}

/** Not the output of a program, nor a view of ours. */
function isOfUser({ uri: { scheme } }: vscode.TextDocument): boolean {
  return (
    scheme === "untitled" ||
    scheme === "vscode-notebook-cell" ||
    vscode.workspace.fs.isWritableFileSystem(scheme) === true
  );
}

function questionWords(question: OpeningQuestion): string {
  const { l10n } = vscode;
  switch (question.kind) {
    case "problem":
      return l10n.t("Why is line {0} marked with “{1}”?", question.line + 1, question.message);
    case "function":
      return l10n.t("What does {0}() do?", question.name);
    case "class":
      return l10n.t("What is {0} for, and how is it used?", question.name);
    case "longest":
      return l10n.t("How could {0}() be simpler? It has {1} lines.", question.name, question.lines);
    case "tests":
      return l10n.t("Which tests does {0}() need?", question.name);
    case "uncovered":
      return l10n.t("Which cases do the tests in {0} leave out?", question.file);
    case "file":
      return l10n.t("What is {0} for?", question.file);
    case "risks":
      return l10n.t("What could go wrong in {0}?", question.file);
    case "order":
      return l10n.t("How is {0} put together?", question.file);
  }
}

function fileSymbol(symbol: vscode.DocumentSymbol | vscode.SymbolInformation): FileSymbol {
  const range = "range" in symbol ? symbol.range : symbol.location.range;
  return {
    name: bareName(symbol.name),
    kind: kindOf(symbol.kind),
    line: range.start.line,
    endLine: range.end.line + 1,
  };
}

function kindOf(kind: vscode.SymbolKind): FileSymbol["kind"] {
  const { SymbolKind } = vscode;
  if (kind === SymbolKind.Function || kind === SymbolKind.Method) return "function";
  const isType = kind === SymbolKind.Class || kind === SymbolKind.Interface || kind === SymbolKind.Struct;
  return isType ? "class" : "other";
}

function fileProblem({ range, severity, message }: vscode.Diagnostic): FileProblem | undefined {
  if (severity > vscode.DiagnosticSeverity.Warning) return undefined;
  const [first = ""] = message.trim().split("\n");
  const short = first.length > MOST_MESSAGE_CHARS ? `${headOf(first, MOST_MESSAGE_CHARS - 1)}…` : first;
  const isError = severity === vscode.DiagnosticSeverity.Error;
  return { line: range.start.line, severity: isError ? "error" : "warning", message: short };
}

/** A language's service that has just begun may take long: the questions are then about the file as a whole. */
async function inTime<Found>(finding: Promise<readonly Found[]>): Promise<readonly Found[]> {
  const { promise, resolve } = Promise.withResolvers<readonly Found[]>();
  const timer = setTimeout(() => resolve([]), PATIENCE_MS);
  const found = await Promise.race([finding, promise]);
  clearTimeout(timer);
  return found;
}

const TEST_NAME = /[._-](?:tests?|spec)\.[^./]+$|(?:^|\/)test_[^/]*\.py$|Tests?\.(?:java|kt|cs|php|swift)$/;
const PATIENCE_MS = 1_000;
const MOST_MESSAGE_CHARS = 60;
