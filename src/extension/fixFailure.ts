/** Has the code mended that a failing test is about: from the test explorer's message, a terminal's output, or what is pasted. */

import * as vscode from "vscode";
import { windowOfLines } from "../chat/cutting.ts";
import { actionNamed } from "../edit/catalogue.ts";
import { namesIn } from "../refactor/codeUnderTest.ts";
import { type Failure, failuresIn } from "../refactor/failure.ts";
import { type Excerpt, failureInstruction } from "../refactor/failureInstruction.ts";
import { bareName, documentSymbols, flattened } from "./chatContextSymbol.ts";
import type { FileGate } from "./chatContextReading.ts";
import { pathOf } from "./convert.ts";
import { type FailureFile, failureFiles } from "./failureFiles.ts";
import { type CommandsRun, lastOutput, notKnown, pastedOutput } from "./outputToRead.ts";
import type { Editor } from "./refactorPorts.ts";
import { failureOfMessage, type TestFailure, testMessageIn } from "./testMessage.ts";

export interface FixingNeeds {
  readonly editor: Editor;
  readonly terminals: CommandsRun;
  readonly ignored: FileGate;
}

/** @param chosen what the test explorer's menu hands over; from the palette there is nothing */
export async function fixFailure({ editor, terminals, ignored }: FixingNeeds, chosen?: unknown): Promise<void> {
  const { l10n, window } = vscode;
  const message = testMessageIn(chosen);
  const failed = message ? failureOfMessage(message) : await failureOfOutput(terminals);
  if (!failed) return;
  const { files, hasIgnored } = await failureFiles(failed.failure, failed.known, ignored);
  if (files.length === 0) {
    const words = hasIgnored
      ? l10n.t("What the failing test names is ignored or secret: nothing of it is read or sent.")
      : l10n.t(
          "Which code the test is about can't be told: its output names no file of this workspace. Open the code, and use “Edit with an Instruction”.",
        );
    void window.showWarningMessage(words);
    return;
  }
  const file = await chosenFile(files, failed.failure.name);
  if (!file) return;
  const document = await vscode.workspace.openTextDocument(file.uri);
  const action = actionNamed("fix");
  const range = await rangeIn(document, file, files);
  await editor.edit({ document, range, ...(action && { action }), wish: await wishFor(failed.failure, file, files) });
}

/** Of the last command where it tells of one, else of what the user pastes. `undefined` where there is none: that is told. */
async function failureOfOutput(terminals: CommandsRun): Promise<TestFailure | undefined> {
  const { l10n, window } = vscode;
  const last = await lastOutput(terminals);
  let failures = last ? failuresIn(last.text) : [];
  if (failures.length === 0) {
    const why = last
      ? l10n.t("The last command in this terminal ({0}) tells of no failing test.", last.label)
      : notKnown();
    const pasted = await pastedOutput(why);
    if (!pasted) return undefined;
    failures = failuresIn(pasted.text);
  }
  const [first] = failures;
  if (!first) {
    void window.showWarningMessage(
      l10n.t("No failing test and no place in code can be told from this output. Nothing was sent."),
    );
    return undefined;
  }
  if (failures.length === 1) return { failure: first, known: [] };
  const rows = failures.map((failure) => ({
    label: failure.name ?? l10n.t("Failing test"),
    detail: reasonIn(failure),
    failure,
  }));
  const picked = await window.showQuickPick(rows, { title: l10n.t("Which test is to pass?") });
  return picked && { failure: picked.failure, known: [] };
}

/** The first line that says what is wrong, else the place. */
function reasonIn({ text, places: [place] }: Failure): string {
  const line = text.split("\n").find((each) => REASON.test(each));
  return line?.trim() ?? (place ? `${place.path}:${place.line + 1}` : "");
}

async function chosenFile(files: readonly FailureFile[], test: string | undefined): Promise<FailureFile | undefined> {
  const { l10n, window } = vscode;
  const rows = files.map((file) => ({
    label: `$(${file.isTest ? "beaker" : "file-code"}) ${vscode.workspace.asRelativePath(file.uri)}`,
    description: descriptionOf(file),
    file,
  }));
  const hasCode = files.some(({ isTest }) => !isTest);
  const title =
    test === undefined
      ? l10n.t("What is to be changed, so that the test passes?")
      : l10n.t("What is to be changed, so that “{0}” passes?", test);
  const picked = await window.showQuickPick(rows, {
    title,
    ...(!hasCode && { placeHolder: l10n.t("The code that the test is about was not found; only the test itself.") }),
  });
  return picked?.file;
}

function descriptionOf({ isTest, lines: [line], name }: FailureFile): string {
  const { l10n } = vscode;
  if (isTest) return l10n.t("the test itself");
  if (line === undefined) return l10n.t("imported by the test, or named like it");
  return name === undefined ? l10n.t("line {0}", line + 1) : l10n.t("line {0}, in {1}", line + 1, name);
}

/** A caret where it failed; where only the test is known, the definition that it uses near there, else the file. */
async function rangeIn(
  document: vscode.TextDocument,
  file: FailureFile,
  files: readonly FailureFile[],
): Promise<vscode.Range> {
  const ownTests = document.languageId === "rust" ? lineOf(document, /^\s*#\[cfg\(test\)\]/) : undefined;
  const line = file.lines.find((each) => ownTests === undefined || each < ownTests);
  if (line !== undefined) return document.validateRange(new vscode.Range(line, 0, line, 0));
  const testLine = file.lines.find((each) => ownTests !== undefined && each >= ownTests);
  const test = testLine === undefined ? files.find(({ isTest }) => isTest) : { uri: file.uri, lines: [testLine] };
  const near = test && (await linesAround(test.uri, test.lines, FEW_LINES));
  const names = namesIn(near ?? "");
  const used = flattened(await documentSymbols(document.uri))
    .map((symbol) => ({ name: bareName(symbol.name), range: "range" in symbol ? symbol.range : symbol.location.range }))
    .filter(({ name, range }) => names.has(name) && (ownTests === undefined || range.end.line < ownTests))
    .toSorted((one, other) => lineCount(one.range) - lineCount(other.range));
  const definition = used.find(({ range }) => !range.isSingleLine);
  if (definition) return definition.range;
  return document.validateRange(new vscode.Range(0, 0, ownTests ?? document.lineCount, 0));
}

async function wishFor(failure: Failure, file: FailureFile, files: readonly FailureFile[]): Promise<string> {
  const test = file.isTest ? undefined : files.find(({ isTest }) => isTest);
  const others = files.filter((each) => each !== file && !each.isTest && each.lines.length > 0).slice(0, MOST_OTHERS);
  const excerpts = await Promise.all(others.map(excerptOf));
  return failureInstruction(
    {
      name: failure.name,
      output: failure.text,
      lines: file.lines,
      test: test && (await excerptOf(test)),
      others: excerpts,
      changesTest: file.isTest,
    },
    MOST_CHARS,
  );
}

async function excerptOf({ uri, lines }: FailureFile): Promise<Excerpt> {
  const all = await linesOf(uri);
  const [first = 0] = lines;
  const { text, line } = windowOfLines(all, first, first + 1, MOST_EXCERPT_CHARS);
  return { path: pathOf(uri), line, text };
}

async function linesAround(uri: vscode.Uri, lines: readonly number[], few: number): Promise<string> {
  const all = await linesOf(uri);
  return lines.flatMap((line) => all.slice(Math.max(0, line - few), line + few + 1)).join("\n");
}

async function linesOf(uri: vscode.Uri): Promise<readonly string[]> {
  return (await vscode.workspace.openTextDocument(uri)).getText().split(/\r\n?|\n/);
}

function lineOf(document: vscode.TextDocument, pattern: RegExp): number | undefined {
  const line = document
    .getText()
    .split(/\r\n?|\n/)
    .findIndex((each) => pattern.test(each));
  return line === -1 ? undefined : line;
}

function lineCount({ start, end }: vscode.Range): number {
  return end.line - start.line;
}

const REASON = /(?:Error|Exception|panicked|expected|want|assert|!==|!=)/i;
const FEW_LINES = 2;
const MOST_OTHERS = 2;
const MOST_CHARS = 6_000;
const MOST_EXCERPT_CHARS = 2_500;
