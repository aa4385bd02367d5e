/** An edit in the making: what of the file's rows is replaced by what, and what is to be told of it. */

import type { Outline } from "../context/syntax/outline.ts";
import { indentationOf, isBlank } from "../text/lines.ts";
import { type Indenter, type Units, indenter } from "./indentation.ts";
import { unitsOf } from "./indentationUnits.ts";
import type { LineIndex } from "./placing.ts";
import type { Note, Place, Refusal } from "./verdict.ts";

/** Thrown where the answer can't be put into the file; caught in applyBlock.ts alone. */
export class CannotApply extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.reason);
    this.refusal = refusal;
  }
}

interface Operation extends Place {
  readonly lines: readonly string[];
}

/** The code of a block, with what its grammar says of it. */
export interface BlockCode {
  readonly lines: readonly string[];
  readonly outline: Outline | undefined;
  /** Rows that are placeholders. */
  readonly elisions: ReadonlySet<number>;
}

export class Draft {
  readonly index: LineIndex;
  readonly block: BlockCode;
  readonly languageId: string;
  /** Decides between several places. */
  readonly hint: Place | undefined;
  /** What the model was asked to change, unless that is the whole file. */
  readonly asked: Place | undefined;
  /** What was asked for, in the user's words. */
  readonly wish: string;
  readonly units: Units;
  readonly notes: Note[] = [];
  readonly #operations: Operation[] = [];

  constructor(
    index: LineIndex,
    block: BlockCode,
    languageId: string,
    { hint, asked, wish }: Pick<Draft, "hint" | "asked" | "wish">,
  ) {
    this.index = index;
    this.block = block;
    this.languageId = languageId;
    this.hint = hint;
    this.asked = asked;
    this.wish = wish;
    this.units = unitsOf(block.lines, block.outline, index);
  }

  /** The file's rows from `from` up to `to` become these lines. */
  replace(from: number, to: number, lines: readonly string[]): void {
    this.#operations.push({ from, to, lines });
  }

  /** Definitions that the answer left out. */
  keep(names: readonly string[]): void {
    this.notes.push(...names.map((name) => ({ kind: "kept", what: "definition", name }) as const));
  }

  /** Rows of the block as they stand at their place in the file. */
  placed(from: number, to: number, indenter: Indenter): readonly string[] {
    const lines = this.block.lines.slice(from, to);
    if (indenter.isNone) return lines;
    // How far in a line is can't be told where some begin with tabs and some with blanks.
    const mixed = lines.some((line) => line.startsWith("\t"))
      ? lines.find((line) => /^\t* {2}\s*\S/.test(line))
      : undefined;
    if (mixed !== undefined) throw new CannotApply({ reason: "unclear-indentation", text: mixed.trim() });
    return lines.map((line, at) => {
      const moved = indenter.indent(line);
      if (!this.block.outline?.stringRows.has(from + at) || isBlank(line) || moved === line) return moved;
      return this.#inString(line, moved);
    });
  }

  /** What stands in a string can't be moved without a change of the string, unless all of the answer was moved alike. */
  #inString(line: string, moved: string): string {
    if (this.index.rowsOf(line).some((row) => this.index.lines[row]?.trimEnd() === moved.trimEnd())) return moved;
    if (this.index.rowsOf(line).some((row) => this.index.lines[row]?.trimEnd() === line.trimEnd())) return line;
    if (this.languageId === "python") return moved;
    throw new CannotApply({ reason: "unclear-indentation", text: line.trim() });
  }

  indenterFor(blockRow: number, fileRow: number): Indenter {
    const from = indentationOf(this.block.lines[blockRow] ?? "");
    const to = indentationOf(this.index.lines[fileRow] ?? "");
    return indenter(from, to, this.units);
  }

  /** The file's lines with all replacements. Throws where two of them want the same row. */
  result(): readonly string[] {
    const sorted = this.#operations.toSorted((a, b) => a.from - b.from || a.to - b.to);
    const lines: string[] = [];
    let at = 0;
    for (const { from, to, lines: added } of sorted) {
      if (from < at) throw new CannotApply({ reason: "no-place", text: added[0]?.trim() ?? "" });
      for (let row = at; row < from; row += 1) lines.push(this.index.lines[row] ?? "");
      lines.push(...added.slice(0, MOST_LINES));
      at = to;
    }
    for (let row = at; row < this.index.lines.length; row += 1) lines.push(this.index.lines[row] ?? "");
    return lines;
  }
}

/** The arguments of a call have a limit. */
const MOST_LINES = 100_000;
