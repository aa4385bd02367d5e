/** What the classic engines do: snippets of open files that share the most names with the text before the caret. */

import type { FileExcerpt } from "../../src/context/layout.ts";
import type { SourceFile } from "./sources.ts";

/** Windows of 60 lines of `open`, the most similar (Jaccard) last, together at most `mostChars` long. */
export function similarWindows(before: string, open: readonly SourceFile[], mostChars: number): readonly FileExcerpt[] {
  const here = namesOf(before.split("\n").slice(-WINDOW_LINES).join("\n"));
  const rated = open.flatMap(({ path, text }) => {
    const lines = text.split("\n");
    let best = { path, text: "", similarity: 0 };
    for (let start = 0; start < lines.length; start += STEP_LINES) {
      const window = lines.slice(start, start + WINDOW_LINES).join("\n");
      const similarity = jaccard(here, namesOf(window));
      if (similarity > best.similarity) best = { path, text: window, similarity };
    }
    return best.similarity > 0 ? [best] : [];
  });
  const chosen: FileExcerpt[] = [];
  let chars = 0;
  for (const { path, text } of rated.toSorted((one, other) => other.similarity - one.similarity)) {
    if (chars + text.length + path.length > mostChars) continue;
    chars += text.length + path.length;
    chosen.unshift({ path, text });
  }
  return chosen;
}

export function jaccard(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0;
  for (const name of one) if (other.has(name)) shared += 1;
  const all = one.size + other.size - shared;
  return all === 0 ? 0 : shared / all;
}

function namesOf(text: string): ReadonlySet<string> {
  return new Set(text.match(/[\p{L}_$][\p{L}\p{N}_$]+/gu));
}

const WINDOW_LINES = 60;
const STEP_LINES = 20;
