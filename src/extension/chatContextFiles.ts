import * as vscode from "vscode";
import { windowOfLines } from "../chat/cutting.ts";
import { decode } from "../repository/fileText.ts";
import type { FileGate, NotReadReason, Reading } from "./chatContextReading.ts";
import { fileOf } from "./notebookCells.ts";

export type TextOrNot = { readonly text: string } | { readonly reason: NotReadReason };

/** As the editor has it, unsaved changes included, else as it is on the disk. What is too large is not opened. */
export async function textOf(uri: vscode.Uri, ignored: FileGate): Promise<TextOrNot> {
  const open = openDocument(uri);
  if (await ignored.look({ uri: open ? fileOf(open) : uri })) return { reason: "ignored" };
  if (open) return { text: open.getText() };
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    // A pipe would be waited for.
    if ((type & vscode.FileType.File) === 0) return { reason: "not-text" };
    if (size > MOST_BYTES) return { reason: "too-large" };
    const decoded = decode(await vscode.workspace.fs.readFile(uri));
    if ("text" in decoded) return decoded;
    return { reason: decoded.reason === "binary" ? "binary" : "not-text" };
  } catch {
    return { reason: "gone" };
  }
}

/** A file; of one that is too long what the editor shows of it, with what is around, or its start. */
export async function readFile(reading: Reading, ignored: FileGate): Promise<void> {
  const { attachment, room } = reading;
  const uri = vscode.Uri.parse(attachment.uri ?? "", true);
  const found = await textOf(uri, ignored);
  if ("reason" in found) return reading.leave(found.reason);
  if (found.text.trim() === "") return reading.leave("empty");
  const lines = found.text.split(/\r\n?|\n/);
  const visible = visibleLines(uri);
  const { line, text, isCut } = windowOfLines(lines, visible.line, visible.endLine, room);
  reading.add({ label: attachment.label, uri, line, text, cut: isCut });
  if (isCut) reading.leave("cut");
}

/** The lines that were selected, as they are now. */
export async function readSelection(reading: Reading, ignored: FileGate): Promise<void> {
  const { attachment, room } = reading;
  const { line = 0, endLine = line + 1, label } = attachment;
  const uri = vscode.Uri.parse(attachment.uri ?? "", true);
  const found = await textOf(uri, ignored);
  if ("reason" in found) return reading.leave(found.reason);
  const lines = found.text.split(/\r\n?|\n/).slice(line, endLine);
  if (lines.join("").trim() === "") return reading.leave(line > 0 && lines.length === 0 ? "gone" : "empty");
  const { text, isCut } = windowOfLines(lines, 0, 1, room);
  reading.add({ label, uri, line, text, cut: isCut });
  if (isCut) reading.leave("cut");
}

/** From 0; the first lines of what no editor shows. */
function visibleLines(uri: vscode.Uri): { readonly line: number; readonly endLine: number } {
  const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
  const [first] = editor?.visibleRanges ?? [];
  return first ? { line: first.start.line, endLine: first.end.line + 1 } : { line: 0, endLine: 1 };
}

export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  const key = uri.toString();
  return vscode.workspace.textDocuments.find((document) => !document.isClosed && document.uri.toString() === key);
}

/** What is longer is no source file; of it a selection can be attached. */
const MOST_BYTES = 2_000_000;
