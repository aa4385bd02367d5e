/** Lines of at most 72 characters, as git shows them. */

const MOST = 72;

/** Lists keep their indent; what is indented as code, or has no blanks to break at, stays as it is. */
export function wrapped(text: string): string {
  return text
    .replaceAll(/\n{3,}/g, "\n\n")
    .split("\n")
    .flatMap(wrappedLine)
    .join("\n");
}

function wrappedLine(line: string): readonly string[] {
  if (line.length <= MOST || /^(?: {4}|\t|[A-Z][a-z]+(?:-[A-Za-z]+)*-by: )/.test(line)) return [line];
  const mark = /^\s*(?:(?:[-*•]|\d+[.)])\s+)?/.exec(line)?.[0] ?? "";
  const lines: string[] = [];
  let current = mark;
  for (const word of line.slice(mark.length).split(" ")) {
    const isFirst = current.trim() === "" || current === mark;
    if (!isFirst && current.length + 1 + word.length > MOST) {
      lines.push(current);
      current = " ".repeat(mark.length) + word;
    } else current += isFirst ? word : ` ${word}`;
  }
  return [...lines, current];
}
