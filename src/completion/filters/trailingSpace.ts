import type { CursorSnapshot } from "../../context/snapshot.ts";
import { offered, type Suggestion } from "../suggestion.ts";

/** Takes blanks off the ends of lines, and blank lines off the end. */
export function trimTrailingSpace(text: string, { suffix }: CursorSnapshot): Suggestion {
  const lines = text.trimEnd().replaceAll(/[ \t]+$/gm, "");
  // Before more code on the line, the space that separates the two is part of the suggestion.
  const separates = /^[ \t]+$/.test(text.slice(lines.length)) && /^\S/.test(suffix);
  return offered(separates ? `${lines} ` : lines);
}
