/** Decides from the text around a caret whether whole statements may be missing there. */

import type { CursorSnapshot } from "../snapshot.ts";
import { isBlank, lineBefore, restOfLine } from "../../text/lines.ts";
import type { Scan } from "./scan.ts";

export function shapeAt(cursor: CursorSnapshot, text: string, scan: Scan): "line" | "block" {
  if (scan.scope !== "code" || !/^[\s)\]}>;,"'`]*$/.test(restOfLine(cursor.suffix).slice(0, LONGEST_LINE_CHARS)))
    return "line";
  const before = lineBefore(text);
  const code = text.slice(Math.max(0, scan.last + 1 - LONGEST_LINE_CHARS), scan.last + 1);
  if (isBlank(before)) return isOpenExpression(code, cursor.languageId, scan) ? "line" : "block";
  // After nothing but a comment on its line.
  if (scan.last < text.length - before.length) return "line";
  return opensBlock(code, cursor.languageId, scan) ? "block" : "line";
}

/** What stands above an empty line goes on there. */
function isOpenExpression(code: string, languageId: string, scan: Scan): boolean {
  const last = code.at(-1);
  if (languageId === "python" && scan.brackets.length === 0) {
    return last === "\\" || (last === ":" && !isBlockColon(code, languageId, scan));
  }
  if (last === ",") return scan.brackets.length === 0;
  if (last === ":") return !isBlockColon(code, languageId, scan);
  if (/(?:\+\+|--|=>|->)$/.test(code)) return false;
  // After something on its line it divides; else it ends a regular expression, or is a unit.
  if (last === "/" || last === "%") return /\s[/%]$/.test(code);
  return OPERATOR.test(code) || (ECMA_SCRIPT.test(languageId) && OPEN_WORD.test(code));
}

/** What stands before the caret on its line opens a body, or a literal of several lines. */
function opensBlock(code: string, languageId: string, scan: Scan): boolean {
  const line = lineBefore(code);
  switch (code.at(-1)) {
    case "{":
      return !NARROW_BRACE.test(line);
    case "[":
      return (
        LIST_LANGUAGES.has(languageId) &&
        /[=(,:[{!?]\s*\[$|\breturn\s*\[$/.test(line) &&
        !/\b(?:const|let|var)\s/.test(line.slice(-8))
      );
    case "(":
      return languageId === "go" && /^\s*(?:import|const|var|type)\s*\($/.test(line);
    case ":":
      return isBlockColon(code, languageId, scan);
    case ">":
      return line.endsWith("=>")
        ? languageId !== "php" && languageId !== "ruby" && languageId !== "rust"
        : languageId === "java" && line.endsWith("->");
    case "|":
      return languageId === "ruby" && /(?:\bdo|\{)\s*\|[^|]*\|$/.test(line);
    default:
      return /(?:^|[\s;})])(?:do|then|else|begin|try|finally|ensure)$/.test(line);
  }
}

/** A colon after which statements stand, not one before a type or a value. */
function isBlockColon(code: string, languageId: string, { brackets }: Scan): boolean {
  const line = lineBefore(code);
  if (languageId === "python") {
    return PYTHON_HEADER.test(line) || (brackets.length === 0 && !/^\s*[\w.]+\s*:$|\blambda\b[^:]*:$/.test(line));
  }
  return /^\s*(?:case\b.*|default\s*|(?:public|private|protected)\s*):$/.test(line);
}

const LONGEST_LINE_CHARS = 400;
const LIST_LANGUAGES = new Set([
  "typescript",
  "typescriptreact",
  "javascript",
  "javascriptreact",
  "python",
  "ruby",
  "php",
  "rust",
]);
/** Braces around names, and around an expression in a string or in JSX. */
const NARROW_BRACE = /^\s*(?:import|export)\s+(?:type\s+)?\{$|\b(?:const|let|var)\s*\{$|\$\{$|[^\s=]=\{$|[^\s=]>\{$/;
const PYTHON_HEADER = /^\s*(?:async\s+)?(?:if|elif|else|for|while|try|except|finally|with|def|class|match|case)\b.*:$/;
const ECMA_SCRIPT = /^(?:type|java)script/;
const OPERATOR = /[=+\-*&|^<?~.\\]$|\b(?:extends|implements|throws)$/;
const OPEN_WORD = /\b(?:in|of|as|instanceof|new|await|throw|from|const|let|var|typeof)$/;
