/** Which files of a repository define a name for others. */

import { codeOnly } from "./codeOnly.ts";
import { languageNames } from "./languageNames.ts";
import type { SourceFile } from "./sources.ts";

/** By each name, the paths of the files that define it. */
export type Definers = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Found by how definitions are written and not by what the product makes of them: what stands at the top level or in a
 * class, an interface or an object that does. Parameters and what is local to a function define nothing.
 */
export function definersIn(files: readonly SourceFile[]): Definers {
  const definers = new Map<string, Set<string>>();
  for (const { path, text } of files) {
    const code = codeOnly(path, text);
    const own = languageNames(path);
    for (const name of path.endsWith(".py") ? definedInPython(code) : definedInEcmaScript(code)) {
      if (!own.has(name)) definers.set(name, (definers.get(name) ?? new Set()).add(path));
    }
  }
  return definers;
}

function definedInEcmaScript(code: string): readonly string[] {
  const names: string[] = [];
  let holder = false;
  for (const line of code.split("\n")) {
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

function definedInPython(code: string): readonly string[] {
  const names: string[] = [];
  let inClass = false;
  for (const line of code.split("\n")) {
    const top = /^(?:async\s+)?(?:def|class)\s+(\w{3,})|^(\w{3,})\s*(?::[^=]+)?=(?!=)/.exec(line);
    if (/^[^\s)\]}]/.test(line)) inClass = line.startsWith("class ");
    if (top) names.push(top[1] ?? top[2] ?? "");
    const member = inClass && /^ {4}(?:(?:async\s+)?def\s+(\w{3,})|(\w{3,})\s*(?::\s|=(?!=)))/.exec(line);
    if (member) names.push(member[1] ?? member[2] ?? "");
    const attribute = inClass && /^\s+self\.(\w{3,})\s*(?::[^=]+)?=(?!=)/.exec(line);
    if (attribute) names.push(attribute[1] ?? "");
  }
  return names;
}

const TOP_LEVEL =
  /^(?:export\s+)?(?:default\s+)?(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(?:function\*?|class|interface|type|enum|namespace|const|let|var)\s+([\w$]{3,})/;
const MEMBER =
  /^(?: {2}| {4}|\t)(?:(?:public|protected|private|readonly|static|abstract|override|async|get|set)\s+)*([\w$]{3,})\s*[?!]?\s*(?::\s|\(|=\s|<|,$)/;
