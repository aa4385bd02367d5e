/** The columns from `firstNumber` on are aligned as numbers are. */
export function markdownTable(
  head: readonly string[],
  firstNumber: number,
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(" | ")} |`;
  const rule = head.map((_, column) => (column < firstNumber ? "---" : "---:"));
  return [line(head), `| ${rule.join(" | ")} |`, ...rows.map(line)].join("\n");
}

/** Names of models are the user's own text. */
function escaped(cell: string): string {
  return cell.replace(/[\\`*_[\]<>|#!]/g, String.raw`\$&`).replace(/\s+/g, " ");
}
