/** What is told of an output that is too long to be told as a whole. */

import { headOf, tailOf } from "../text/offsets.ts";

/**
 * At most `most` UTF-16 code units: how it begins, how it ends, and between them the lines that tell of errors, the last of
 * them first, each with what stands around it. What is left out is marked with how many lines it was.
 */
export function shortened(output: string, most: number): string {
  if (output.length <= most) return output;
  const lines = output.split("\n").map((line) => cutLine(line, Math.max(SHORTEST_LINE, Math.floor(most / 4))));
  const kept = new Set<number>();
  let room = most;
  const take = (at: number, share: number): boolean => {
    const line = lines[at];
    if (line === undefined || kept.has(at)) return true;
    // A mark may stand before each.
    const cost = line.length + 1 + MARK_CHARS;
    if (room - cost < share) return false;
    room -= cost;
    kept.add(at);
    return true;
  };
  let [first, last] = [0, lines.length - 1];
  while (first < lines.length && take(first, most * (1 - HEAD))) first += 1;
  while (last >= first && take(last, most * (1 - HEAD - TAIL))) last -= 1;
  for (let at = last; at >= first; at -= 1) {
    if (!TROUBLE.test(lines[at] ?? "")) continue;
    for (const step of [0, 1, -1, 2]) if (!take(at + step, 0)) break;
  }
  const shown: string[] = [];
  let before = -1;
  for (const at of Array.from(kept).toSorted((a, b) => a - b)) {
    if (at - before > 1) shown.push(`[… ${at - before - 1} lines]`);
    shown.push(lines[at] ?? "");
    before = at;
  }
  if (before < lines.length - 1) shown.push(`[… ${lines.length - 1 - before} lines]`);
  return shown.join("\n");
}

function cutLine(line: string, most: number): string {
  if (line.length <= most) return line;
  const half = Math.floor((most - 1) / 2);
  return `${headOf(line, half)}…${tailOf(line, half)}`;
}

const HEAD = 0.2;
const TAIL = 0.45;
const SHORTEST_LINE = 80;
const MARK_CHARS = 4;
const TROUBLE =
  /\b(?:error|errors|fail|failed|failure|fatal|panic|panicked|exception|traceback|denied|refused|not found|no such|undefined|cannot|can't|unable|timed out|segmentation)\b|error\b|\w(?:Error|Exception)\b|^\s*(?:at\s|E\s{2,}|✗|✖|✘|×|not ok\b)/iu;
