/** Where in a file a piece of it is now that a question was sent with. */

import type { UsedPiece } from "./conversation.ts";

/** Rows from 0; `undefined` where it is not there any more, or in several places and not where it was. */
export function pieceRows(
  lines: readonly string[],
  { line, text }: Pick<UsedPiece, "line" | "text">,
): { readonly from: number; readonly to: number } | undefined {
  const rows = text.split("\n").map((row) => row.trimEnd());
  const isAt = (from: number): boolean => rows.every((row, at) => row === lines[from + at]?.trimEnd());
  if (text.trim() === "") return undefined;
  const found = line !== undefined && isAt(line) ? [line] : Array.from(lines.keys()).filter(isAt);
  const [from, ...others] = found;
  return from === undefined || others.length > 0 ? undefined : { from, to: from + rows.length };
}
