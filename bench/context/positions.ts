/** Places at which a name is needed that the file does not have, and that another file of the repository defines. */

import { seeded } from "../replay/random.ts";
import { codeOnly } from "./codeOnly.ts";
import { type Definers, definersIn } from "./definers.ts";
import { isInImportList, isParameter } from "./parameters.ts";
import type { SourceFile } from "./sources.ts";

/** What is asked for: a name, and the paths of the files that define it. */
export interface Needed {
  readonly name: string;
  readonly definers: ReadonlySet<string>;
}

/** A file without what stands from a caret on, as far as it is held out. */
export interface Cut {
  readonly path: string;
  /** All of the file before the caret, which stands where a needed name begins. */
  readonly before: string;
  /** All of it behind what is held out. */
  readonly after: string;
  readonly heldOut: string;
  /** Names in what is held out that stand nowhere in the rest of the file. */
  readonly needed: readonly Needed[];
}

export interface Position {
  /** The rest of the caret's line is held out; one name is asked for, the one at the caret. */
  readonly line: Cut;
  /** The rest of the line and `NEXT_LINES` lines below it are held out; all names that they need are asked for. */
  readonly lines: Cut;
}

/** At most `count` of them, chosen by `seed`, at most three in a file. */
export function choosePositions(files: readonly SourceFile[], count: number, seed: number): readonly Position[] {
  const definers = definersIn(files);
  const random = seeded(seed);
  const perFile = new Map<string, number>();
  const chosen: Position[] = [];
  for (let attempt = 0; attempt < count * ATTEMPTS && chosen.length < count; attempt += 1) {
    const file = files[Math.floor(random() * files.length)];
    if (!file || (perFile.get(file.path) ?? 0) >= MOST_IN_FILE) continue;
    const position = positionIn(file, definers, random);
    if (!position || chosen.some((other) => isSame(other, position))) continue;
    perFile.set(file.path, (perFile.get(file.path) ?? 0) + 1);
    chosen.push(position);
  }
  return chosen;
}

function isSame({ line: one }: Position, { line: other }: Position): boolean {
  return one.path === other.path && one.needed[0]?.name === other.needed[0]?.name;
}

/** In a line that `random` chooses, at the first name that fits. */
function positionIn(file: SourceFile, definers: Definers, random: () => number): Position | undefined {
  const code = codeOnly(file.path, file.text);
  const lines = code.split("\n");
  const row = Math.floor(random() * lines.length);
  if (!isPlain(lines[row] ?? "")) return undefined;
  const start = offsetOf(lines, row);
  const end = offsetOf(lines, row + 1) - 1;
  const rows = row + 1 + NEXT_LINES;
  for (const { index } of (lines[row] ?? "").matchAll(NAME)) {
    const caret = start + index;
    const line = cutAt(file, code, definers, caret, end);
    if (line.needed[0]?.at !== caret) continue;
    const below = Math.min(file.text.length, offsetOf(lines, rows) - 1);
    return { line: { ...line, needed: line.needed.slice(0, 1) }, lines: cutAt(file, code, definers, caret, below) };
  }
  return undefined;
}

/** What is held out from `caret` to `end` is taken out of the file. */
function cutAt({ path, text }: SourceFile, code: string, definers: Definers, caret: number, end: number) {
  const [before, after] = [text.slice(0, caret), text.slice(end)];
  const needed: (Needed & { readonly at: number })[] = [];
  for (const { 0: name, index } of code.slice(caret, end).matchAll(NAME)) {
    const own = definers.get(name);
    const at = caret + index;
    if (!own || own.has(path) || needed.some((other) => other.name === name)) continue;
    if (hasWord(before, name) || hasWord(after, name)) continue;
    if (isImport(lineAt(code, at)) || isInImportList(code, at) || isDeclared(code, at, name, path)) continue;
    needed.push({ name, definers: own, at });
  }
  return { path, before, after, heldOut: text.slice(caret, end), needed };
}

/** What is declared right there is a local, or a new name; it only happens to be called as something elsewhere is. */
function isDeclared(code: string, at: number, name: string, path: string): boolean {
  return DECLARES.test(code.slice(Math.max(0, at - 40), at)) || isParameter(code, at, name, path);
}

function lineAt(code: string, at: number): string {
  const end = code.indexOf("\n", at);
  return code.slice(code.lastIndexOf("\n", at) + 1, end === -1 ? undefined : end);
}

/** What an import names is found by other means than a suggestion's. */
function isImport(line: string): boolean {
  return IMPORT.test(line);
}

function isPlain(line: string): boolean {
  return !isImport(line) && !/^\s*@|^\s*[\w$]+,?\s*$/.test(line);
}

function offsetOf(lines: readonly string[], row: number): number {
  return lines.slice(0, row).reduce((sum, { length }) => sum + length + 1, 0);
}

export function hasWord(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    if (!WORD.test(text.charAt(at - 1)) && !WORD.test(text.charAt(at + name.length))) return true;
  }
  return false;
}

const NAME = /[\p{L}_$][\p{L}\p{N}_$]{2,}/gu;
const WORD = /[\p{L}\p{N}_$]/u;
const IMPORT = /^\s*(?:import\b|from\b|export\s*(?:\*|\{|type\s*\{)|\}\s*from\b)/;
const DECLARES = /\b(?:const|let|var|function\*?|class|interface|type|enum|namespace|def|as|for|lambda|infer)\s+$/;
const ATTEMPTS = 400;
const MOST_IN_FILE = 3;
/** As many as a longer suggestion has. */
const NEXT_LINES = 4;
