/** Places at which a name is needed that the file does not have, and that another file of the repository defines. */

import { seeded } from "../replay/random.ts";
import type { SourceFile } from "./repositories.ts";

export interface Position {
  readonly path: string;
  /** All of the file before the caret, which stands where the name begins. */
  readonly before: string;
  /** All of it from the end of the caret's line on: the rest of the line is what is held out. */
  readonly after: string;
  /** The name that is needed. */
  readonly name: string;
  readonly heldOut: string;
  /** Paths of the files that define it. */
  readonly definers: ReadonlySet<string>;
}

/**
 * The files that define each name for others, found by how definitions are written and not by what the product makes of
 * them: what stands at the top level or in a class, an interface or an object that does. Parameters and what is local to
 * a function define nothing.
 */
export function definersIn(files: readonly SourceFile[]): ReadonlyMap<string, ReadonlySet<string>> {
  const definers = new Map<string, Set<string>>();
  for (const { path, text } of files) {
    for (const name of path.endsWith(".py") ? definedInPython(text) : definedInEcmaScript(text)) {
      definers.set(name, (definers.get(name) ?? new Set()).add(path));
    }
  }
  return definers;
}

function definedInEcmaScript(text: string): readonly string[] {
  const names: string[] = [];
  let holder = false;
  for (const line of text.split("\n")) {
    const top = TOP_LEVEL.exec(line);
    if (top) {
      names.push(top[1] ?? "");
      // What follows, indented by one level, is its members: of a function it is not.
      holder = !/\bfunction\b|=>/.test(line);
    } else if (/^\S/.test(line) && !/^[}\])]/.test(line)) holder = false;
    const member = holder ? MEMBER.exec(line)?.[1] : undefined;
    if (member !== undefined) names.push(member);
  }
  return names;
}

function definedInPython(text: string): readonly string[] {
  const names: string[] = [];
  let inClass = false;
  for (const line of text.split("\n")) {
    const top = /^(?:async\s+)?(?:def|class)\s+(\w{3,})|^(\w{3,})\s*(?::[^=]+)?=(?!=)/.exec(line);
    if (/^\S/.test(line)) inClass = line.startsWith("class ");
    if (top) names.push(top[1] ?? top[2] ?? "");
    const member = inClass && /^ {4}(?:async\s+)?(?:def\s+)?(\w{3,})\s*(?:\(|:\s|=(?!=))/.exec(line);
    if (member) names.push(member[1] ?? "");
    const attribute = inClass && /^\s+self\.(\w{3,})\s*(?::[^=]+)?=(?!=)/.exec(line);
    if (attribute) names.push(attribute[1] ?? "");
  }
  return names;
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
    if (!position || chosen.some((other) => other.path === position.path && other.name === position.name)) continue;
    perFile.set(file.path, (perFile.get(file.path) ?? 0) + 1);
    chosen.push(position);
  }
  return chosen;
}

function positionIn(
  { path, text }: SourceFile,
  definers: ReadonlyMap<string, ReadonlySet<string>>,
  random: () => number,
): Position | undefined {
  const lines = text.split("\n");
  const row = Math.floor(random() * lines.length);
  const line = lines[row] ?? "";
  if (NO_CODE.test(line)) return undefined;
  const lineStart = lines.slice(0, row).reduce((sum, { length }) => sum + length + 1, 0);
  for (const { 0: name, index } of line.matchAll(NAME)) {
    const own = definers.get(name);
    if (!own || own.has(path) || index === 0) continue;
    const before = text.slice(0, lineStart + index);
    const after = text.slice(lineStart + line.length);
    if (hasWord(before, name) || hasWord(after, name) || isInString(line.slice(0, index))) continue;
    return { path, before, after, name, heldOut: line.slice(index), definers: own };
  }
  return undefined;
}

export function hasWord(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    if (!WORD.test(text.charAt(at - 1)) && !WORD.test(text.charAt(at + name.length))) return true;
  }
  return false;
}

function isInString(before: string): boolean {
  return ['"', "'", "`"].some((quote) => before.split(quote).length % 2 === 0) || /#|\/\/|\/\*/.test(before);
}

const NAME = /[\p{L}_$][\p{L}\p{N}_$]{2,}/gu;
const WORD = /[\p{L}\p{N}_$]/u;
/** Comments, and imports: what an import names is found by other means than a suggestion's. */
const NO_CODE =
  /^\s*(?:import\b|from\b|export\s*(?:\*|\{|type\s*\{)|\}\s*from\b|\/\/|\*|\/\*|#|"""|'''|@)|^\s*[\w$]+,?\s*$/;
const TOP_LEVEL =
  /^(?:export\s+)?(?:default\s+)?(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(?:function\*?|class|interface|type|enum|namespace|const|let|var)\s+([\w$]{3,})/;
const MEMBER =
  /^(?: {2}| {4}|\t)(?:(?:public|protected|private|readonly|static|abstract|override|async|get|set)\s+)*([\w$]{3,})\s*[?!]?\s*(?::\s|\(|=\s|<|,$)/;
const ATTEMPTS = 400;
const MOST_IN_FILE = 3;
