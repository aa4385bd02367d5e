import type { CursorSnapshot } from "../../context/snapshot.ts";
import { bracketBalance, isOnlyClosers } from "../../text/brackets.ts";
import { indentationOf, isBlank, lineBefore, nextFilledLines, previousFilledLines } from "../../text/lines.ts";
import { dropped, offered, type Suggestion } from "../suggestion.ts";

/**
 * Ends a text before what stands near the caret already: an import, a definition at the start of a line, several statements
 * in a row. A line or two of code may well be right twice, and so may a block's content in another block.
 */
export function dropAlreadyThere(text: string, { prefix, suffix }: CursorSnapshot): Suggestion {
  // The caret's line as it would be: what of it was typed does not make it another one.
  const lines = (lineBefore(prefix) + text).split("\n").map((line) => line.trimEnd());
  const above = previousFilledLines(prefix, NEAR_LINES).map((line) => line.trimEnd());
  const below = nextFilledLines(suffix, NEAR_LINES).map((line) => line.trimEnd());
  const known = lines.findIndex((line, index) => {
    if (IMPORT.test(line) && (hasLine(prefix, line) || hasLine(suffix, line))) return true;
    const written = lines.slice(index).filter((one) => one !== "");
    if (index === 0) return isRepeated(written, above) || isRepeated(written, below);
    return isRepeated(written, below) && isSameLevel(line, lines.slice(0, index));
  });
  if (known === -1) return offered(text);
  const kept = text.split("\n").slice(0, known).join("\n").trimEnd();
  return isBlank(kept) ? dropped("already-there") : offered(kept);
}

/** True for a line that is in no block which one of those before it has opened. */
function isSameLevel(line: string, before: readonly string[]): boolean {
  const column = indentationOf(before.find((one) => one !== "") ?? line);
  return line !== "" && indentationOf(line) === column && bracketBalance(before.join("\n")).unclosed === "";
}

/** True where `written` is a run of `lines`, and one that says enough. */
function isRepeated(written: readonly string[], lines: readonly string[]): boolean {
  const [head] = written;
  if (head === undefined) return false;
  const isDefinition = DEFINITION.test(head) || TOP_LEVEL_BLOCK.test(head);
  // Of a definition the start is enough: the text may end before it does.
  const run = isDefinition ? written.slice(0, DEFINITION_LINES) : written;
  const telling = run.filter((line) => !isOnlyClosers(line)).length;
  if (!isDefinition && telling < (GUARD.test(head) ? LONG_BLOCK_LINES : BLOCK_LINES)) return false;
  return lines.some(
    (line, from) =>
      // A definition deeper in, such as a constructor, is right once in each of the outer ones.
      (isDefinition ? line === head : line.trim() === head.trim()) &&
      run.every((one, index) => one.trim() === lines[from + index]?.trim()),
  );
}

/** Whole lines, at the same column. `text` begins or ends within the caret's line, which is none of them. */
function hasLine(text: string, line: string): boolean {
  for (let at = text.indexOf(line); at !== -1; at = text.indexOf(line, at + 1)) {
    const end = text.indexOf("\n", at + line.length);
    const rest = text.slice(at + line.length, end === -1 ? undefined : end);
    if ((at === 0 || text.charAt(at - 1) === "\n") && isBlank(rest) && end !== -1) return true;
  }
  return false;
}

const NEAR_LINES = 30;
const BLOCK_LINES = 3;
/** A guard with what it logs and returns is written again and again. */
const LONG_BLOCK_LINES = 4;
const DEFINITION_LINES = 2;
/** At the start of a line, and whole: not the first line of one that takes several. */
const IMPORT =
  /^(?:\s*)(?:import\b(?!\s*\()|from\s+[\w.]+\s+import\b|(?:pub\s+)?use\s+[\w\\]|using\s+(?:static\s+)?[\w.:]+\s*;|#\s*include\b|require(?:_relative)?\s*[("' ]|(?:const|let|var)\s.+=\s*require\(|export\s.+\sfrom\s).*[^\s({[,]$/;
const DEFINITION =
  /^(?:(?:export|default|declare|async|abstract|public|private|internal|static|final|sealed|open|data|pub(?:\([^)]*\))?|unsafe|inline)\s+)*(?:function\*?|class|interface|type|enum|struct|trait|impl|def|fn|func|fun|module|namespace|const|let|var|val|record|object)\s+\S|^if __name__ ==/;
/** A line that opens a block, and is no statement that may stand at the start of a line in a script. */
const TOP_LEVEL_BLOCK =
  /^(?!(?:if|for|foreach|while|switch|else|try|catch|finally|do|with|match|case|default|repeat|loop)\b)[\w@$].*\{$/;
const GUARD = /^\s*(?:if|guard|unless|catch|except|rescue)\b/;
