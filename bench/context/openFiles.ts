/** Which other files are open. */

import type { Cut } from "./positions.ts";
import type { SourceFile } from "./sources.ts";

/** No other file; ten that chance chose; five that the caret's file imports, where there are so many, and others by chance. */
export const columns = ["none", "random", "imported"] as const;
export type Column = (typeof columns)[number];

export function openFiles(
  { path, before }: Cut,
  files: readonly SourceFile[],
  column: Column,
  random: () => number,
): readonly SourceFile[] {
  if (column === "none") return [];
  const others = files.filter((file) => file.path !== path);
  const imported = column === "imported" ? others.filter((file) => isImported(file.path, before)) : [];
  const open = imported.slice(0, IMPORTED);
  while (open.length < Math.min(OPEN, others.length)) {
    const file = others[Math.floor(random() * others.length)];
    if (file && !open.includes(file)) open.push(file);
  }
  return open;
}

/** By the last part of its name: enough to have it open. */
function isImported(path: string, before: string): boolean {
  const name =
    path
      .replace(/(?:\/(?:index|__init__))?\.\w+$/, "")
      .split("/")
      .at(-1) ?? "";
  return new RegExp(String.raw`(?:from\s+["'.\w/]*|import\s+["'.\w/]*)\b${name.replaceAll("$", "")}\b`).test(before);
}

const OPEN = 10;
const IMPORTED = 5;
