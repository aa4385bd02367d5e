import * as vscode from "vscode";
import { blockEnd, headOfLines } from "../chat/cutting.ts";
import { textOf } from "./chatContextFiles.ts";
import type { FileGate, Reading } from "./chatContextReading.ts";

/** The definition as it is now: by its name where the file has changed since it was attached, else by its line. */
export async function readSymbol(reading: Reading, ignored: FileGate): Promise<void> {
  const { attachment, room } = reading;
  const uri = vscode.Uri.parse(attachment.uri ?? "", true);
  const found = await textOf(uri, ignored);
  if ("reason" in found) return reading.leave(found.reason);
  const lines = found.text.split(/\r\n?|\n/);
  const place = (await placeByName(uri, attachment.label, attachment.line ?? 0)) ?? {
    line: lineOf(lines, attachment.label, attachment.line ?? 0),
    endLine: undefined,
  };
  if (place.line === undefined) return reading.leave("gone");
  const end = place.endLine ?? blockEnd(lines, place.line);
  const { text, isCut } = headOfLines(lines.slice(place.line, end).join("\n"), room);
  reading.add({ label: attachment.label, uri, line: place.line, text, cut: isCut });
  if (isCut) reading.leave("cut");
}

/** From the language's service; `undefined` where there is none, or it knows no such symbol. The nearest of several. */
async function placeByName(
  uri: vscode.Uri,
  name: string,
  near: number,
): Promise<{ readonly line: number; readonly endLine: number } | undefined> {
  const symbols = flattened(await documentSymbols(uri)).filter((symbol) => bareName(symbol.name) === name);
  const [nearest] = symbols.toSorted(
    (one, other) => Math.abs(startOf(one).line - near) - Math.abs(startOf(other).line - near),
  );
  if (!nearest) return undefined;
  const range = "range" in nearest ? nearest.range : nearest.location.range;
  return { line: range.start.line, endLine: range.end.line + 1 };
}

/** Empty where the language has no service, or it fails. */
export async function documentSymbols(
  uri: vscode.Uri,
): Promise<readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[]> {
  try {
    const command = "vscode.executeDocumentSymbolProvider";
    return (await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(command, uri)) ?? [];
  } catch {
    return [];
  }
}

export function flattened(
  symbols: readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[],
): readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[] {
  return symbols.flatMap((symbol) => ("children" in symbol ? [symbol, ...flattened(symbol.children)] : [symbol]));
}

/** Some services put the parameters behind it: `add(Item) : void`. */
export function bareName(name: string): string {
  return name.replace(/[(:<\s].*$/s, "");
}

function startOf(symbol: vscode.DocumentSymbol | vscode.SymbolInformation): vscode.Position {
  return ("range" in symbol ? symbol.range : symbol.location.range).start;
}

/** The nearest line that has the name; `undefined` where none has. */
function lineOf(lines: readonly string[], name: string, near: number): number | undefined {
  for (let away = 0; away < Math.max(near + 1, lines.length - near); away += 1)
    for (const line of [near - away, near + away]) if (lines[line]?.includes(name)) return line;
  return undefined;
}
