import { indentationOf, isBlank } from "../../text/lines.ts";

/** `lines` moved to the left as far as all of them can go; blank ones become empty. */
export function withoutOuterIndentation(lines: readonly string[]): readonly string[] {
  let outer: string | undefined;
  for (const line of lines) {
    if (isBlank(line)) continue;
    const own = indentationOf(line);
    outer = outer === undefined ? own : commonStart(outer, own);
  }
  const length = outer?.length ?? 0;
  return lines.map((line) => (isBlank(line) ? "" : line.slice(length)));
}

function commonStart(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return one.slice(0, length);
}
