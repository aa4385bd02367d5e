/** What of a Markdown text is code, as far as that can be told without a parser. */

/** With blanks in place of code, and as long as the text. */
export function withoutCode(text: string): string {
  return text.replace(CODE, (code) => " ".repeat(code.length));
}

/** The lines outside of fenced blocks, from 0. A fence that nothing closes goes on to the end. */
export function rowsOutsideFences(lines: readonly string[]): readonly number[] {
  const rows: number[] = [];
  let open: string | undefined;
  for (const [row, line] of lines.entries()) {
    const start = line.slice(0, LONGEST_START);
    const [mark = ""] = FENCE.exec(start)?.slice(1) ?? [];
    if (open !== undefined) {
      if (mark.startsWith(open) && line.trim() === mark) open = undefined;
    } else if (mark === "") rows.push(row);
    else open = mark;
  }
  return rows;
}

const CODE = /```[\s\S]*?(?:```|$)|~~~[\s\S]*?(?:~~~|$)|`[^`\n]*`/g;
/** At any depth: it may stand in a list. */
const FENCE = /^\s*(`{3,}(?!.*`)|~{3,})/;
const LONGEST_START = 200;
