/** What follows a statement that could be complete, and whether it goes on with it. */

import { indentationOf, isBlank } from "../../text/lines.ts";
import type { BlockStyle } from "./languages.ts";

export interface Following {
  /** A word, or the first character of anything else. */
  readonly token: string;
  /** Of its line, in characters. */
  readonly indentation: number;
}

/** The first token of the next line with code, once it is certain that it is whole; `undefined` before. */
export function followingCode(text: string): Following | undefined {
  let from = 0;
  for (;;) {
    const end = text.indexOf("\n", from);
    const line = text.slice(from, end === -1 ? undefined : end);
    const code = line.trimStart();
    const isComment = /^(?:\/\/|#(?!\[)|\/\*.*\*\/\s*$)/.test(code);
    if (!isBlank(line) && !isComment) {
      const indentation = indentationOf(line).length;
      const word = /^[\p{L}\p{N}_$]+/u.exec(code)?.[0];
      if (word !== undefined) {
        return word.length < code.length || end !== -1 ? { token: word, indentation } : undefined;
      }
      // One more character may make a comment of it.
      if (code === "/" && end === -1) return undefined;
      return { token: code.charAt(0), indentation };
    }
    if (end === -1) return undefined;
    from = end + 1;
  }
}

export function continues(token: string, blocks: BlockStyle | undefined): boolean {
  if (blocks === "indentation") return /^(?:else|elif|except|finally)$/.test(token);
  if (/^[\p{L}\p{N}_$]/u.test(token)) return CONTINUING.has(token);
  return !/[)\]}@"'#;~!]/.test(token);
}

const CONTINUING = new Set(
  "else catch finally instanceof in of as is satisfies extends implements permits throws where when and or while".split(
    " ",
  ),
);
