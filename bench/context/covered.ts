/** Whether a prompt has a name where it counts: in a line of code of a file that defines it. */

import type { FileExcerpt } from "../../src/context/layout.ts";
import { hasWord, type Needed } from "./positions.ts";

/** The text of a file of the repository, without white space. */
export type BareTextOf = (path: string) => string;

/**
 * A bare list of names does not count: the line has to stand in the file as it is, but for white space. A signature is the
 * start of a line, or of several.
 */
export function isCovered(
  { name, definers }: Needed,
  excerpts: readonly FileExcerpt[],
  bareTextOf: BareTextOf,
): boolean {
  return excerpts.some(({ path, text }) => {
    if (!definers.has(path) || !hasWord(text, name)) return false;
    const lines = text.split("\n").filter((line) => hasWord(line, name) && !LIST.test(line));
    return lines.some((line) => bareTextOf(path).includes(withoutSpace(line)));
  });
}

export function withoutSpace(text: string): string {
  return text.replace(/\s+/g, "");
}

const LIST = /^\s*[\w$]+\s*(?:,\s*[\w$]+\s*)*,?\s*$/;
