import { displayWidth } from "../../text/displayWidth.ts";
import type { Aspect } from "./findings.ts";
import { errorsIn, type Errors, type Matrix } from "./matrix.ts";

export interface MatrixWords {
  readonly aspects: Readonly<Record<Aspect, string>>;
  /** For `none`, `yes`, `full`, `accepted` and the others; one without a word stands as it is. */
  readonly label: (label: string) => string;
  /** Over the rows, and over the columns. */
  readonly corner: string;
  /** Under each table. */
  readonly errors: (errors: Errors) => string;
  /** Above the scenarios of which samples were not done. */
  readonly notDone: string;
}

const aspects: readonly Aspect[] = ["accept", "outcome", "runs", "shown300", "shown750", "regret", "other"];
const GAP = "  ";

/**
 * For each aspect a table, what happened in rows and what was detected in columns, with aligned columns. Where a word has characters
 * of two columns, which no font that is put in for them makes exactly so wide, columns have letters and words end their rows.
 */
export function matrixText(matrix: Matrix, words: MatrixWords): string {
  const tables = aspects.flatMap((aspect) => {
    const cells = matrix.cells.filter((cell) => cell.aspect === aspect);
    if (cells.length === 0) return [];
    const rows = [...new Set(cells.map((cell) => cell.truth))].toSorted(nothingLast);
    const columns = [...new Set([...rows, ...cells.map((cell) => cell.detected)])].toSorted(nothingLast);
    const count = (truth: string, detected: string): string =>
      String(
        cells.reduce((sum, cell) => sum + (cell.truth === truth && cell.detected === detected ? cell.count : 0), 0),
      );
    const isWide = [words.corner, ...columns.map(words.label)].some(hasWide);
    const table = isWide
      ? aligned([
          ["", ...columns.map((_, index) => letterOf(index))],
          // Also those that never happened: a letter is explained by its row.
          ...columns.map((row, index) => [letterOf(index), ...columns.map((column) => count(row, column))]),
        ]).map((line, index) => `${line}${GAP}${index === 0 ? words.corner : words.label(columns[index - 1] ?? "")}`)
      : aligned([
          [words.corner, ...columns.map(words.label)],
          ...rows.map((row) => [words.label(row), ...columns.map((column) => count(row, column))]),
        ]);
    return [[words.aspects[aspect], ...table, words.errors(errorsIn(matrix, aspect))].join("\n")];
  });
  const notDone = aligned(matrix.notDone.map(({ scenario, count }) => [words.label(scenario), String(count)]));
  if (notDone.length > 0) tables.push([words.notDone, ...notDone].join("\n"));
  return `${tables.join("\n\n")}\n`;
}

const hasWide = (label: string): boolean => displayWidth(label) !== label.length;
const letterOf = (column: number): string => String.fromCharCode("A".charCodeAt(0) + column);

function nothingLast(one: string, other: string): number {
  return Number(one === "none" || one === "no") - Number(other === "none" || other === "no") || (one < other ? -1 : 1);
}

/** The first column to the left, figures to the right. */
function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => displayWidth(row[column] ?? ""))));
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const space = " ".repeat(widths[column]! - displayWidth(cell));
        return column === 0 ? cell + space : space + cell;
      })
      .join(GAP),
  );
}
