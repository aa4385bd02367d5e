/**
 * How a short sequence of lexemes lies best within a longer one: edit distance with insertions, deletions and replacements of one
 * each, where the ends of the longer one are free (Sellers, The Theory and Computation of Evolutionary Distances, 1980).
 */

/** The fewest edits that make some part of `text` out of `pattern`. Time is the product of the lengths, memory the pattern's. */
export function editsWithin(pattern: readonly number[], text: readonly number[]): number {
  const width = pattern.length + 1;
  let above = Int32Array.from({ length: width }, (_, row) => row);
  let next = new Int32Array(width);
  let best = pattern.length;
  for (const lexeme of text) {
    for (let row = 1; row < width; row += 1) {
      const isSame = pattern[row - 1] === lexeme;
      next[row] = Math.min((above[row - 1] ?? 0) + (isSame ? 0 : 1), (above[row] ?? 0) + 1, (next[row - 1] ?? 0) + 1);
    }
    best = Math.min(best, next[width - 1] ?? 0);
    [above, next] = [next, above];
  }
  return best;
}

export interface Alignment {
  readonly edits: number;
  /** For each lexeme of the pattern its place in the text; -1 where it is not there. */
  readonly places: readonly number[];
  /** For each lexeme of the pattern how many edits there are for it: itself, and what is put in before it. */
  readonly editsAt: readonly number[];
}

/** Among the best ones that which ends first. Time and memory are the product of the lengths. */
export function alignedWithin(pattern: readonly number[], text: readonly number[]): Alignment {
  const rows = pattern.length + 1;
  const columns = text.length + 1;
  const table = new Uint16Array(rows * columns);
  for (let row = 1; row < rows; row += 1) {
    const at = row * columns;
    const above = at - columns;
    table[at] = row;
    for (let column = 1; column < columns; column += 1) {
      const isSame = pattern[row - 1] === text[column - 1];
      table[at + column] = Math.min(
        (table[above + column - 1] ?? 0) + (isSame ? 0 : 1),
        (table[above + column] ?? 0) + 1,
        (table[at + column - 1] ?? 0) + 1,
      );
    }
  }
  const last = (rows - 1) * columns;
  let column = 0;
  for (let other = 1; other < columns; other += 1) {
    if ((table[last + other] ?? 0) < (table[last + column] ?? 0)) column = other;
  }
  const edits = table[last + column] ?? 0;
  return { edits, ...tracedBack(table, pattern, text, column) };
}

function tracedBack(
  table: Uint16Array,
  pattern: readonly number[],
  text: readonly number[],
  end: number,
): Omit<Alignment, "edits"> {
  const columns = text.length + 1;
  const places = pattern.map(() => -1);
  const editsAt = pattern.map(() => 0);
  let row = pattern.length;
  let column = end;
  while (row > 0) {
    const here = table[row * columns + column] ?? 0;
    const isSame = column > 0 && pattern[row - 1] === text[column - 1];
    const diagonal = column > 0 ? (table[(row - 1) * columns + column - 1] ?? 0) + (isSame ? 0 : 1) : Infinity;
    if (here === diagonal) {
      row -= 1;
      column -= 1;
      if (isSame) places[row] = column;
      else editsAt[row] = (editsAt[row] ?? 0) + 1;
    } else if (here === (table[(row - 1) * columns + column] ?? 0) + 1) {
      row -= 1;
      editsAt[row] = (editsAt[row] ?? 0) + 1;
    } else {
      column -= 1;
      // Put in behind the pattern's lexeme `row - 1`, which is before `row`.
      const charged = Math.min(row, pattern.length - 1);
      editsAt[charged] = (editsAt[charged] ?? 0) + 1;
    }
  }
  return { places, editsAt };
}
