/** The files that are near another one, by what the index knows of it. */

import type { FileTable } from "./fileTable.ts";
import { folderOf } from "./modules.ts";

/**
 * Paths, the nearest first: what was edited or looked at of late, what the file imports, its neighbours in the folder, and
 * what is imported by what it imports. The file itself is not among them.
 */
export function nearFiles(table: FileTable, path: string, recent: readonly string[]): readonly string[] {
  const file = table.byPath(path);
  const near = new Set(recent);
  const pathOf = (id: number): void => {
    const found = table.get(id)?.path;
    if (found !== undefined) near.add(found);
  };
  const imported = file ? table.importsOf(file) : [];
  for (const id of imported) pathOf(id);
  for (const id of table.inFolder(folderOf(path))) pathOf(id);
  for (const id of imported) {
    const other = table.get(id);
    if (other) for (const further of table.importsOf(other)) pathOf(further);
    if (near.size >= MOST_FILES) break;
  }
  near.delete(path);
  return Array.from(near).slice(0, MOST_FILES);
}

const MOST_FILES = 200;
