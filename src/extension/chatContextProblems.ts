import * as vscode from "vscode";
import { headOf } from "../text/offsets.ts";
import { openDocument, textOf } from "./chatContextFiles.ts";
import type { FileGate, Reading } from "./chatContextReading.ts";
import { pathOf } from "./convert.ts";

/** Errors and warnings with the lines that they are about, a piece for each file: files with errors first, then those on the screen. */
export async function readProblems(reading: Reading, ignored: FileGate): Promise<void> {
  const { attachment } = reading;
  const wanted = attachment.uri === undefined ? undefined : vscode.Uri.parse(attachment.uri, true).toString();
  const files = vscode.languages
    .getDiagnostics()
    .filter(([uri]) => wanted === undefined || uri.toString() === wanted)
    .map(([uri, diagnostics]) => ({ uri, problems: diagnostics.filter(isTold).toSorted(bySeverity) }))
    .filter(({ problems }) => problems.length > 0)
    .toSorted((one, other) => rankOf(one) - rankOf(other));
  if (files.length === 0) return reading.leave("no-problems");
  let [isIgnored, left] = [0, 0];
  for (const { uri, problems } of files) {
    if (reading.isClosed) return;
    // There may be thousands: without room none is read any more.
    if (reading.room < LEAST_CHARS) left += problems.length;
    else if (await ignored.look({ uri })) isIgnored += 1;
    else left += await addProblems(uri, problems, reading, ignored);
  }
  if (isIgnored > 0) reading.leave("ignored", undefined, isIgnored);
  if (left > 0) reading.leave("cut", undefined, left);
}

/** Tells how many there was no room for. */
async function addProblems(
  uri: vscode.Uri,
  problems: readonly vscode.Diagnostic[],
  reading: Reading,
  ignored: FileGate,
): Promise<number> {
  const found = await textOf(uri, ignored);
  const lines = "text" in found ? found.text.split(/\r\n?|\n/) : [];
  const told: string[] = [];
  let room = reading.room;
  for (const problem of problems.slice(0, MOST_PER_FILE)) {
    const text = problemText(problem, lines);
    room -= text.length + 1;
    if (room < 0) break;
    told.push(text);
  }
  const [first] = problems;
  const label = pathOf(uri);
  const cut = told.length < problems.length;
  if (told.length > 0) reading.add({ label, uri, line: first?.range.start.line, text: told.join("\n"), cut });
  return problems.length - told.length;
}

/** Lines for people count from 1. */
function problemText({ range, severity, source, code, message }: vscode.Diagnostic, lines: readonly string[]): string {
  const { line } = range.start;
  const number = typeof code === "object" ? code.value : code;
  const origin = [source, number].filter((part) => part !== undefined && part !== "").join(" ");
  const kind = severity === vscode.DiagnosticSeverity.Error ? "error" : "warning";
  const head = `line ${line + 1}: ${kind}${origin === "" ? "" : ` (${origin})`}: ${headOf(message, MOST_MESSAGE_CHARS)}`;
  const shown = lines.slice(line, Math.min(range.end.line, line + MOST_LINES - 1) + 1);
  return [head, ...shown.map((text) => `    ${headOf(text, MOST_LINE_CHARS)}`)].join("\n");
}

function isTold({ severity }: vscode.Diagnostic): boolean {
  return severity <= vscode.DiagnosticSeverity.Warning;
}

function bySeverity(one: vscode.Diagnostic, other: vscode.Diagnostic): number {
  return one.severity - other.severity || one.range.start.compareTo(other.range.start);
}

function rankOf({ uri, problems }: { uri: vscode.Uri; problems: readonly vscode.Diagnostic[] }): number {
  const hasError = problems[0]?.severity === vscode.DiagnosticSeverity.Error;
  const isActive = vscode.window.activeTextEditor?.document.uri.toString() === uri.toString();
  return (hasError ? 0 : 4) + (isActive ? 0 : openDocument(uri) ? 1 : 2);
}

/** Less says nothing of a problem. */
const LEAST_CHARS = 100;
const MOST_PER_FILE = 50;
const MOST_LINES = 3;
const MOST_LINE_CHARS = 300;
const MOST_MESSAGE_CHARS = 1_000;
