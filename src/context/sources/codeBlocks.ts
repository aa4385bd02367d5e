/**
 * A file's lines in blocks that read as code. Where a block begins depends on the lines near it alone, so that an edit
 * re-does only the blocks that it touches, and the blocks are the same as if the file had been read anew.
 */

import { indentationOf, isBlank } from "../../text/lines.ts";
import { namesIn } from "./names.ts";

export interface CodeBlock {
  readonly lines: readonly string[];
  /** See `namesIn`. */
  readonly names: Uint32Array;
}

export interface BlockChange {
  readonly removed: readonly CodeBlock[];
  readonly added: readonly CodeBlock[];
}

/** Some place of a file: a block, and the line that it begins at. */
interface Place {
  readonly index: number;
  readonly line: number;
}

export class CodeBlocks {
  #blocks: CodeBlock[];
  #lineCount: number;
  #chars = 0;
  /** Edits are most often near the one before, and the way from there is short. */
  #near: Place = { index: 0, line: 0 };

  constructor(text: string) {
    const lines = linesOf(text);
    this.#blocks = split(lines);
    this.#lineCount = lines.length;
    this.#chars = text.length;
  }

  get blocks(): readonly CodeBlock[] {
    return this.#blocks;
  }

  get lineCount(): number {
    return this.#lineCount;
  }

  /** About the length of the text, in UTF-16 code units. */
  get chars(): number {
    return this.#chars;
  }

  /** From `from` on, `to` excluded; fewer where the file ends before. */
  lines(from: number, to: number): readonly string[] {
    if (from >= this.#lineCount || from >= to) return [];
    const place = this.#placeOf(from);
    const found: string[] = [];
    for (let { index, line } = place; index < this.#blocks.length && line < to; index += 1) {
      const { lines } = this.#blockAt(index);
      found.push(...lines.slice(Math.max(0, from - line), to - line));
      line += lines.length;
    }
    return found;
  }

  /** Puts `newLines`, at least one, in the place of `removed` lines from `line` on, at least one, all of which there have to be. */
  replace(line: number, removed: number, newLines: readonly string[]): BlockChange {
    const touched = this.#placeOf(Math.min(line, this.#lineCount - 1));
    // The line may belong to the block before from now on; and whether it begins one depends on that block's last line.
    const first = touched.index > 0 && line <= touched.line ? this.#before(touched) : touched;
    let next = first.index;
    const old: string[] = [];
    while (next < this.#blocks.length && (next === first.index || first.line + old.length < line + removed)) {
      old.push(...this.#blockAt(next).lines);
      next += 1;
    }
    const lines = old.toSpliced(line - first.line, removed, ...newLines);
    let added = split(lines);
    while (next < this.#blocks.length && !beginsBlock(added.at(-1)?.lines ?? [], this.#blockAt(next).lines[0] ?? "")) {
      const last = added.at(-1)?.lines ?? [];
      added = [...added.slice(0, -1), ...split([...last, ...this.#blockAt(next).lines])];
      next += 1;
    }
    const gone = this.#blocks.splice(first.index, next - first.index, ...added);
    this.#lineCount += newLines.length - removed;
    this.#chars += charsOf(added) - charsOf(gone);
    this.#near = first;
    return { removed: gone, added };
  }

  #placeOf(line: number): Place {
    let { index, line: start } = this.#near;
    while (line < start) {
      index -= 1;
      start -= this.#blockAt(index).lines.length;
    }
    for (;;) {
      const end = start + this.#blockAt(index).lines.length;
      if (line < end || index === this.#blocks.length - 1) break;
      start = end;
      index += 1;
    }
    this.#near = { index, line: start };
    return this.#near;
  }

  #before({ index, line }: Place): Place {
    return { index: index - 1, line: line - this.#blockAt(index - 1).lines.length };
  }

  #blockAt(index: number): CodeBlock {
    const block = this.#blocks[index];
    if (!block) throw new RangeError(`There is no block ${index}.`);
    return block;
  }
}

/** As VS Code counts lines: at least one. */
export function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/);
}

function split(lines: readonly string[]): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let current: string[] = [];
  for (const line of lines) {
    if (current.length > 0 && beginsBlock(current, line)) {
      blocks.push(blockOf(current));
      current = [];
    }
    current.push(line);
  }
  if (current.length > 0) blocks.push(blockOf(current));
  return blocks;
}

function blockOf(lines: readonly string[]): CodeBlock {
  return { lines, names: namesIn(lines) };
}

/** Whether a line begins a block, when `block` is what has been read of the one before. */
function beginsBlock(block: readonly string[], line: string): boolean {
  const last = block.at(-1);
  if (last === undefined) return false;
  if (block.length >= 2 * MOST_LINES) return true;
  if (isBlank(line)) return false;
  if (block.length >= MOST_LINES || isBlank(last)) return true;
  if (isCloser(line)) return false;
  return isCloser(last) || indentationOf(line).length < indentationOf(last).length;
}

/** Nothing but what ends a block above: `}`, `});`, `end`. */
function isCloser(line: string): boolean {
  return line.length < MOST_CLOSER_CHARS && /^\s*(?:[)\]}>]+[;,)\]}]*|end[;,]?|<\/[\w.:-]*>)\s*$/.test(line);
}

function charsOf(blocks: readonly CodeBlock[]): number {
  return blocks.reduce((sum, { lines }) => lines.reduce((length, line) => length + line.length + 1, sum), 0);
}

/** Where nothing else ends a block before; blank lines at its end may make it twice as long. */
const MOST_LINES = 12;
const MOST_CLOSER_CHARS = 60;
