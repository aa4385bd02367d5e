/**
 * What was edited last, in any file. A piece is the new lines as they stand in the file, not a diff: the models that fill
 * holes were taught with files, where a line of a diff is no code, and models take up again what a diff shows as deleted.
 * Copilot has to tell its model not to (microsoft/vscode-copilot-chat, the prompt's part on recent edits), and Cody's
 * did so even after it had been trained on diffs (sourcegraph/cody, pull request 6173).
 */

import { isBlank } from "../../text/lines.ts";
import type { Piece } from "../pieces.ts";
import type { LineChange, LineRange } from "./edits.ts";
import { withoutOuterIndentation } from "./outerIndentation.ts";

export interface EditQuery {
  readonly path: string;
  /** The lines of that file that the model sees anyway. */
  readonly shown: LineRange;
  readonly mostChars: number;
}

/** All that was changed in one place, from the lines before the first change to those after the last one. */
interface Edit {
  readonly path: string;
  readonly line: number;
  readonly oldLines: readonly string[];
  readonly newLines: readonly string[];
}

export class EditHistory {
  /** The newest at the end. */
  #edits: readonly Edit[] = [];

  /** A change joins the edits that it touches, which makes one of the keys that are typed in one place. */
  edited(path: string, change: LineChange): void {
    const [touched, others] = [[], []] as [Edit[], Edit[]];
    for (const edit of this.#edits) {
      if (edit.path !== path) others.push(edit);
      else if (touches(edit, change)) touched.push(edit);
      else others.push(edit.line > change.line ? moved(edit, change) : edit);
    }
    const edit = trimmed({ path, ...joined(touched, change) });
    const isNothing = edit.oldLines.length + edit.newLines.length === 0;
    // What replaces half a file at once is a formatter, or another version of the file.
    const isLarge = change.oldLines.length > MOST_LINES || change.newLines.length > MOST_LINES;
    this.#edits = isLarge || isNothing ? others : [...others, bounded(edit)].slice(-MOST_EDITS);
  }

  /** A file that is gone, or whose lines are not known any more. */
  forget(path: string): void {
    this.#edits = this.#edits.filter((edit) => edit.path !== path);
  }

  /** The newest last. Where there is not room for all it is the oldest that are left out. */
  query({ path, shown, mostChars }: EditQuery): readonly Piece[] {
    const pieces: Piece[] = [];
    let room = mostChars;
    for (const edit of this.#edits.toReversed()) {
      if (!tellsSomething(edit) || (edit.path === path && isSeen(edit, shown))) continue;
      const piece = pieceOf(edit, pieces.length);
      if (piece.text.length > room) break;
      room -= piece.text.length;
      pieces.unshift(piece);
    }
    return pieces;
  }
}

function touches({ line, newLines }: Edit, change: LineChange): boolean {
  return line <= change.line + change.oldLines.length && line + newLines.length >= change.line;
}

/** Below a change. */
function moved(edit: Edit, { oldLines, newLines }: LineChange): Edit {
  return { ...edit, line: edit.line + newLines.length - oldLines.length };
}

/** From the lines before all of them to the lines after the change. Between edits that touch it there is only the change. */
function joined(edits: readonly Edit[], change: LineChange): LineChange {
  const sorted = edits.toSorted((one, other) => one.line - other.line);
  const line = Math.min(change.line, sorted[0]?.line ?? change.line);
  const oldLines: string[] = [];
  const current: string[] = [];
  let next = change.line;
  for (const edit of sorted) {
    const between = change.oldLines.slice(next - change.line, Math.max(next, edit.line) - change.line);
    oldLines.push(...between, ...edit.oldLines);
    current.push(...between, ...edit.newLines);
    next = Math.max(next, edit.line + edit.newLines.length);
  }
  const rest = change.oldLines.slice(next - change.line);
  oldLines.push(...rest);
  current.push(...rest);
  return {
    line,
    oldLines,
    newLines: current.toSpliced(change.line - line, change.oldLines.length, ...change.newLines),
  };
}

/** Without the lines at both ends that are as they were. */
function trimmed(edit: Edit): Edit {
  const { oldLines, newLines } = edit;
  const most = Math.min(oldLines.length, newLines.length);
  let start = 0;
  while (start < most && oldLines[start] === newLines[start]) start += 1;
  let end = 0;
  while (end < most - start && oldLines.at(-1 - end) === newLines.at(-1 - end)) end += 1;
  return {
    ...edit,
    line: edit.line + start,
    oldLines: oldLines.slice(start, oldLines.length - end),
    newLines: newLines.slice(start, newLines.length - end),
  };
}

/** Of a long edit the last lines, which most often are those that were written last. */
function bounded(edit: Edit): Edit {
  const excess = edit.newLines.length - MOST_LINES;
  if (excess <= 0) return { ...edit, oldLines: edit.oldLines.slice(-MOST_LINES) };
  return { ...edit, line: edit.line + excess, oldLines: [], newLines: edit.newLines.slice(excess) };
}

/** Nothing is told by a deletion, by white space and by brackets. */
function tellsSomething({ oldLines, newLines }: Edit): boolean {
  const code = withoutSpace(newLines);
  return code !== withoutSpace(oldLines) && /[\p{L}\p{N}]/u.test(code);
}

function withoutSpace(lines: readonly string[]): string {
  return lines.join("").replace(/\s+/g, "");
}

function isSeen({ line, newLines }: Edit, { first, last }: LineRange): boolean {
  return line <= last && line + newLines.length > first;
}

function pieceOf({ path, line, newLines }: Edit, newer: number): Piece {
  const first = newLines.findIndex((each) => !isBlank(each));
  const last = newLines.findLastIndex((each) => !isBlank(each));
  const text = withoutOuterIndentation(newLines.slice(first, last + 1)).join("\n");
  return {
    id: `recent-edits ${path} ${text}`,
    source: "recent-edits",
    path,
    line: line + first,
    text,
    value: NEWEST_VALUE * OLDER ** newer,
    reason: { kind: "edited" },
  };
}

const MOST_EDITS = 10;
const MOST_LINES = 40;
const NEWEST_VALUE = 0.5;
/** What an edit is worth beside the one after it. */
const OLDER = 0.85;
