/** Whether a name is declared where it stands: as a parameter, or in the list of what is imported or exported. */

/**
 * A parameter's name is the writer's choice, whoever else uses the same. `code` is without comments and strings; the name
 * begins at `at`.
 */
export function isParameter(code: string, at: number, name: string, path: string): boolean {
  const open = openBracket(code, at);
  if (open === -1 || code[open] === "{") return false;
  const head = headOf(code, open);
  const previous = code.slice(open, at).replace(MODIFIERS, "").trimEnd().at(-1) ?? "";
  const follows = code.slice(at + name.length, at + name.length + 20);
  // The name of an index signature's key.
  if (code[open] === "[") return previous === "[" && !path.endsWith(".py") && /^\s*:/.test(follows);
  if (path.endsWith(".py")) return /\bdef\s+\w+\s*$/.test(head) && /[(,*]/.test(previous);
  // Only what is declared has a type; what a ternary has before its colon follows a question mark.
  return /[(,.]/.test(previous) && /^\s*\??\s*:/.test(follows) && !/\bcase\s*$/.test(head);
}

/** In `import { … } from`, `export { … }` and `from … import ( … )`, over several lines. */
export function isInImportList(code: string, at: number): boolean {
  const open = openBracket(code, at);
  return open !== -1 && /(?:^|\n)\s*(?:import|export|from)\b[^;(){}\n]*$/.test(headOf(code, open));
}

function headOf(code: string, open: number): string {
  return code.slice(Math.max(0, open - HEAD_CHARS), open);
}

/** Of the bracket that is open at `at`, at most some thousand characters before; -1 where there is none. */
function openBracket(code: string, at: number): number {
  let depth = 0;
  for (let before = at - 1; before >= Math.max(0, at - FARTHEST_CHARS); before -= 1) {
    const character = code[before] ?? "";
    if (")]}".includes(character)) depth += 1;
    else if ("([{".includes(character)) {
      if (depth === 0) return before;
      depth -= 1;
    }
  }
  return -1;
}

const MODIFIERS = /(?:\b(?:public|protected|private|readonly|override)\s+){1,3}$/;
const HEAD_CHARS = 120;
const FARTHEST_CHARS = 3_000;
