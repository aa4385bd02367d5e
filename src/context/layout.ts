/** How pieces stand beside each other in a prompt: under the path of their file, and under what they are members of. */

import type { Piece } from "./pieces.ts";

export interface FileExcerpt {
  /** Empty where the text is of no file. */
  readonly path: string;
  /** Without a line break at its end. */
  readonly text: string;
}

/** In the pieces' order. Pieces of one file that follow each other stand under one path, and under each head once. */
export function layOut(pieces: readonly Piece[]): readonly FileExcerpt[] {
  const excerpts: { path: string; lines: string[] }[] = [];
  let above: readonly string[] = [];
  for (const { path = "", text, heads = [] } of pieces) {
    let excerpt = excerpts.at(-1);
    if (excerpt === undefined || excerpt.path !== path || path === "") {
      excerpt = { path, lines: [] };
      excerpts.push(excerpt);
      above = [];
    }
    const shared = heads.findIndex((head, depth) => head !== above[depth]);
    excerpt.lines.push(...(shared === -1 ? [] : heads.slice(shared)), text);
    // What owns members is above those that follow.
    above = heads.length === 0 ? [text] : [...heads, text];
  }
  return excerpts.map(({ path, lines }) => ({ path, text: lines.join("\n") }));
}
