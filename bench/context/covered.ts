/** Whether a prompt has a name where it counts: in a line of code of a file that defines it. */

import type { FileExcerpt } from "../../src/context/layout.ts";
import { hasWord, type Position } from "./positions.ts";

/**
 * A bare list of names does not count: the line has to stand in the file as it is, but for white space. A signature is the
 * start of a line, or of several.
 */
export function isCovered(
  { name, definers }: Position,
  excerpts: readonly FileExcerpt[],
  textOf: (path: string) => string,
): boolean {
  return excerpts.some(({ path, text }) => {
    if (!definers.has(path) || !hasWord(text, name)) return false;
    const file = withoutSpace(textOf(path));
    return text
      .split("\n")
      .some((line) => hasWord(line, name) && line.trim() !== name && file.includes(withoutSpace(line)));
  });
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/g, "");
}
