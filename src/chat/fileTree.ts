/** The files of a folder as a person sees them listed. */

/** @param paths Relative to the folder, with `/`. Folders come first, each indented below its own; `most` UTF-16 code units. */
export function fileTree(paths: readonly string[], most: number): { readonly text: string; readonly shown: number } {
  const lines: string[] = [];
  let open: readonly string[] = [];
  let [room, shown] = [most, 0];
  for (const path of paths.toSorted(inTreeOrder)) {
    const parts = path.split("/");
    const folders = parts.slice(0, -1);
    const same = folders.findIndex((folder, depth) => folder !== open[depth]);
    const from = same === -1 ? folders.length : same;
    const added = [
      ...folders.slice(from).map((folder, index) => `${INDENT.repeat(from + index)}${folder}/`),
      `${INDENT.repeat(folders.length)}${parts.at(-1) ?? ""}`,
    ];
    room -= added.reduce((sum, line) => sum + line.length + 1, 0);
    if (room < 0) break;
    lines.push(...added);
    open = folders;
    shown += 1;
  }
  return { text: lines.join("\n"), shown };
}

function inTreeOrder(one: string, other: string): number {
  const [ones, others] = [one.split("/"), other.split("/")];
  for (let depth = 0; ; depth += 1) {
    const [a, b] = [ones[depth] ?? "", others[depth] ?? ""];
    const isFolder = depth < ones.length - 1;
    if (isFolder !== depth < others.length - 1) return isFolder ? -1 : 1;
    if (a !== b) return a < b ? -1 : 1;
    if (!isFolder) return 0;
  }
}

const INDENT = "  ";
