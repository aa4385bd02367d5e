/** Tells lines of code from lines of prose, such as those of a long string, by how they are written alone. */

/** The line that starts here is code that stands in nothing else. A line of prose with the same first word is not. */
export function beginsTopLevelCode(text: string, lineStart: number): boolean {
  if (!/[a-z#]/.test(text.charAt(lineStart))) return false;
  const line = lineAt(text, lineStart);
  return TOP_LEVEL.some((pattern) => pattern.test(line));
}

/** The line that starts here is code, most likely of a class. */
export function beginsMember(text: string, lineStart: number): boolean {
  return /[ \t]/.test(text.charAt(lineStart)) && MEMBER.test(lineAt(text, lineStart));
}

function lineAt(text: string, lineStart: number): string {
  const end = text.indexOf("\n", lineStart);
  return text.slice(lineStart, Math.min(end === -1 ? text.length : end, lineStart + LONGEST_CHARS)).trimEnd();
}

/** A piece begins with what is no member of a class. */
export function standsInNoClass(piece: string): boolean {
  return STATEMENT.test(piece.slice(0, LONGEST_CHARS));
}

const TOP_LEVEL: readonly RegExp[] = [
  // Python
  /^(?:async\s+)?def\s+\w+\s*\(/,
  /^class\s+\w+\s*(?:\(.*)?[:({,]$/,
  /^(?:from\s+[\w.]+\s+import\s+[\w(*]|import\s+[\w.]+(?:\s+as\s+\w+)?$|if __name__)/,
  // ECMAScript
  /^import\b.*(?:['"];?|\{)$/,
  /^(?:export\s+)?(?:declare\s+)?(?:const|let|var|type)\s+[\w$]+[^.]*=/,
  /^(?:export\s+)?(?:default\s+)?(?:async\s+)?function\b.*\(/,
  /^(?:export\s+)?(?:default\s+)?(?:abstract\s+)?(?:class|interface|enum|namespace)\s.*\{$/,
  // Go, Rust, C and those like them
  /^func\s.*[{(]$/,
  /^type\s+\w+\s+(?:struct|interface)\b/,
  /^(?:pub(?:\(\w+\))?\s+)?(?:fn|struct|impl|enum|trait|mod|use)\b.*[{;(]$/,
  /^(?:package|namespace|using)\s+[\w.\\:]+\s*[;{]?$/,
  /^(?:public|private|internal|static|abstract|final)\b.*[{(]$/,
  /^#include\s*[<"]/,
];
const MEMBER =
  /^\s+(?:(?:async\s+)?def\s+\w+\s*\(|(?:public|private|protected|internal|static|async|override|fun|fn|pub fn)\b.*[{(]$)/;
const STATEMENT =
  /^\s*(?:const|let|var|if|for|while|return|switch|try|throw|await|function|import|export|\/\/|\w+[.(]\w*[^{]*;)/;
const LONGEST_CHARS = 200;
