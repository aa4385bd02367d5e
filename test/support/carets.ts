/** A text with a caret in it, as a test writes it: `log(║)`. */

import type { CursorSnapshot } from "../../src/context/snapshot.ts";

export function at(text: string, more: Partial<CursorSnapshot> = {}): CursorSnapshot {
  const offset = text.indexOf("║");
  if (offset === -1) throw new Error("The text has no caret.");
  return {
    uri: "file:///project/a.ts",
    path: "a.ts",
    languageId: "typescript",
    version: 1,
    offset,
    prefix: text.slice(0, offset),
    suffix: text.slice(offset + 1),
    indentUnit: "  ",
    selectedCompletion: undefined,
    ...more,
  };
}
