/** A change of a document, in places before it. Lines and characters count from 0. */
export interface LineChange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
  readonly text: string;
}

/**
 * Where a line is after changes, which do not overlap. A line that is gone is where it was taken away.
 * @param hasMoved Whether the line's text stands so many lines further down now, where a change on the line itself leaves that open.
 */
export function movedLine(line: number, changes: readonly LineChange[], hasMoved: (to: number) => boolean): number {
  let moved = line;
  for (const { start, end, text } of changes) {
    const breaks = text.split("\n").length - 1;
    const delta = breaks - (end.line - start.line);
    const isBehind = line > end.line || (line === end.line && end.character === 0 && start.character === 0);
    // What is taken away up to the start of the line joins it to the line before.
    if (isBehind || (line === end.line && line > start.line && end.character === 0)) moved += delta;
    else if (line > start.line) moved -= line - start.line;
    else if (line === start.line && delta !== 0 && hasMoved(moved + delta)) moved += delta;
  }
  return Math.max(0, moved);
}
