/** What a model looks for in the workspace by itself: lines that have a text, and definitions by their name. */

import * as vscode from "vscode";
import type { UsedPiece } from "../chat/conversation.ts";
import { MOST_RESULT_CHARS } from "../chat/tools.ts";
import { estimateTokens, otherWeights } from "../context/tokens.ts";
import { headOf, tailOf } from "../text/offsets.ts";
import { textOf } from "./chatContextFiles.ts";
import { filesIn } from "./chatContextFolder.ts";
import type { FileGate } from "./chatContextReading.ts";
import type { Repositories } from "./repositories.ts";

export interface Found {
  readonly pieces: readonly UsedPiece[];
  /** For the model: that there is more, or nothing. */
  readonly note: string;
}

/** A piece for each file, with the numbers of its lines. Ends early with what is there when the time is over. */
export async function searchText(text: string, ignored: FileGate, signal: AbortSignal): Promise<Found> {
  const wanted = text.toLowerCase();
  const pieces: UsedPiece[] = [];
  let [lines, room, isCut] = [0, MOST_RESULT_CHARS, false];
  const late = AbortSignal.any([signal, AbortSignal.timeout(WITHIN_MS)]);
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    const { files, isBounded } = await filesIn(folder.uri, ignored, late);
    // Where the time was over it has found what it had by then.
    isCut ||= isBounded || late.aborted;
    for (const uri of files) {
      signal.throwIfAborted();
      if (late.aborted || lines >= MOST_LINES || room < LEAST_ROOM) {
        isCut = true;
        break;
      }
      const read = await textOf(uri, ignored);
      if (!("text" in read) || !read.text.toLowerCase().includes(wanted)) continue;
      const found = linesWith(read.text, wanted, Math.min(MOST_LINES_OF_A_FILE, MOST_LINES - lines));
      lines += found.length;
      const piece = pieceOf(uri, found);
      room -= piece.text.length;
      pieces.push(piece);
    }
  }
  const note = pieces.length === 0 ? `No line has ${JSON.stringify(text)}.` : "";
  return { pieces, note: isCut ? `${note} There may be more: not everything was looked at.`.trim() : note };
}

interface Line {
  /** From 0. */
  readonly line: number;
  readonly text: string;
}

function linesWith(text: string, wanted: string, most: number): readonly Line[] {
  const found: Line[] = [];
  for (const [line, each] of text.split(/\r\n?|\n/).entries()) {
    const at = each.toLowerCase().indexOf(wanted);
    if (at === -1) continue;
    // Of a minified file's line what is around.
    const start = Math.max(0, at - MOST_LINE_CHARS / 2);
    const text = tailOf(each, each.length - start);
    found.push({ line, text: headOf(text, MOST_LINE_CHARS).trim() });
    if (found.length >= most) break;
  }
  return found;
}

/** As the languages' services know them, and as the index does, which knows also what no service is there for. */
export async function findSymbol(
  name: string,
  ignored: FileGate,
  repositories: Pick<Repositories, "ask">,
  signal: AbortSignal,
): Promise<Found> {
  const found = await Promise.all([ofServices(name), ofIndex(name, repositories, signal)]);
  signal.throwIfAborted();
  const seen = new Set<string>();
  const files = new Map<string, { readonly uri: vscode.Uri; readonly lines: Line[] }>();
  let count = 0;
  for (const { uri, line, text } of found.flat()) {
    const key = `${uri.toString()}#${line}`;
    if (count >= MOST_LINES || seen.has(key) || !vscode.workspace.getWorkspaceFolder(uri)) continue;
    seen.add(key);
    if (await ignored.look({ uri })) continue;
    count += 1;
    const file = files.get(uri.toString()) ?? { uri, lines: [] };
    file.lines.push({ line, text });
    files.set(uri.toString(), file);
  }
  const pieces = Array.from(files.values(), ({ uri, lines }) => pieceOf(uri, lines));
  return { pieces, note: pieces.length === 0 ? `No definition has ${JSON.stringify(name)} in its name.` : "" };
}

interface Definition extends Line {
  readonly uri: vscode.Uri;
}

/** Empty where there is none, or it takes too long: some begin with a look at the whole project. */
async function ofServices(name: string): Promise<readonly Definition[]> {
  const command = "vscode.executeWorkspaceSymbolProvider";
  const asked = Promise.resolve(vscode.commands.executeCommand<vscode.SymbolInformation[] | undefined>(command, name));
  const late = new Promise<undefined>((done) => setTimeout(done, SERVICE_WITHIN_MS));
  const symbols = await Promise.race([asked.catch(() => undefined), late]);
  return (symbols ?? [])
    .filter((symbol) => symbol.name.toLowerCase().includes(name.toLowerCase()))
    .map(({ name, kind, containerName, location }) => ({
      uri: location.uri,
      // Some services leave out where in the file it is, until they are asked again.
      line: (location.range as vscode.Range | undefined)?.start.line ?? 0,
      text: [vscode.SymbolKind[kind]?.toLowerCase(), containerName, name].filter(Boolean).join(" "),
    }));
}

async function ofIndex(
  name: string,
  repositories: Pick<Repositories, "ask">,
  signal: AbortSignal,
): Promise<readonly Definition[]> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
  const found = await Promise.all(
    folders.map(async (folder) => {
      const symbols = await repositories.ask(folder, (index) =>
        index.symbols({ text: name, most: MOST_LINES }, signal),
      );
      return symbols.map((symbol) => ({
        uri: vscode.Uri.joinPath(folder.uri, symbol.path),
        line: symbol.line,
        text: symbol.name,
      }));
    }),
  );
  return found.flat();
}

function pieceOf(uri: vscode.Uri, lines: readonly Line[]): UsedPiece {
  const text = lines.map(({ line, text }) => `${line + 1}: ${text}`).join("\n");
  const path = vscode.workspace.asRelativePath(uri, false);
  const tokens = Math.ceil(estimateTokens(text, otherWeights.largeVocabulary));
  return { kind: "tool", label: path, uri: uri.toString(), path, line: lines[0]?.line, text, tokens, cut: false };
}

const WITHIN_MS = 8_000;
const SERVICE_WITHIN_MS = 2_000;
const MOST_LINES = 60;
const MOST_LINES_OF_A_FILE = 12;
const MOST_LINE_CHARS = 240;
const LEAST_ROOM = 500;
