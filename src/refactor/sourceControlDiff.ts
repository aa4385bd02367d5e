/** Takes the output of `git diff` apart, file by file. */

import { withoutColours } from "./diffColours.ts";
import { pathIn, type Prefixes, prefixesOf, unquoted } from "./diffPaths.ts";

type DiffState = "changed" | "new" | "deleted" | "renamed" | "copied" | "submodule" | "conflict";

export interface FileDiff {
  /** As it is now, relative to the repository's root, with `/`. */
  readonly path: string;
  /** Where it was another one. */
  readonly oldPath: string | undefined;
  readonly state: DiffState;
  readonly isBinary: boolean;
  /** Lines. */
  readonly added: number;
  readonly removed: number;
  /** What git says of it, without the lines that only git needs. */
  readonly text: string;
}

/**
 * None where a path can't be read for sure: a file may be one that nothing is shown of.
 * @param listed the paths of the same files, as `git diff --name-only` has them; not of all of them has to be there
 */
export function filesOfDiff(output: string, listed: ReadonlySet<string>): readonly FileDiff[] {
  const sections: string[][] = [];
  let section: string[] | undefined;
  const diff = withoutColours(output);
  for (const line of diff.split("\n")) {
    // Lines of a file begin with a sign or a blank.
    if (START.test(line)) sections.push((section = []));
    section?.push(line.endsWith("\r") ? line.slice(0, -1) : line);
  }
  const isMoved = (lines: readonly string[]): boolean =>
    headerOf(lines).some((line) => /^(?:rename|copy) to /.test(line));
  const unmoved = sections.filter((lines) => lines[0]?.startsWith("diff --git ") && !isMoved(lines));
  const prefixes = prefixesOf(
    unmoved.map(([first = ""]) => first),
    listed,
  );
  const files = sections.map((lines) => fileOf(lines, prefixes));
  return files.every((file) => file !== undefined) ? files : [];
}

function headerOf(lines: readonly string[]): readonly string[] {
  const start = lines.findIndex((line) => /^@@+ /.test(line));
  return start === -1 ? lines : lines.slice(0, start);
}

function fileOf(lines: readonly string[], prefixes: Prefixes | undefined): FileDiff | undefined {
  const [first = ""] = lines;
  const loose = /^Submodule (.+?) (?:[0-9a-f]{7,}|contains |\(new |\(submodule )/.exec(first);
  if (loose) return plain(loose[1] ?? "", "submodule", lines);
  const unmerged = /^\* Unmerged path (.+)$/.exec(first);
  if (unmerged) return plain(unquoted(unmerged[1] ?? ""), "conflict", lines);
  const header = headerOf(lines);
  const body = withoutEnd(lines.slice(header.length));
  const told = (words: string): string | undefined => {
    const line = header.find((line) => line.startsWith(words));
    return line === undefined ? undefined : unquoted(line.slice(words.length));
  };
  const combined = /^diff --(?:cc|combined) (.+)$/.exec(first)?.[1];
  if (combined !== undefined) return { ...plain(unquoted(combined), "conflict", body), ...countOf(body) };
  const path = told("rename to ") ?? told("copy to ") ?? (prefixes && pathIn(first, prefixes));
  if (path === undefined) return undefined;
  const oldPath = told("rename from ") ?? told("copy from ");
  const modes = header.filter((line) => /^(?:old|new|deleted file|new file) mode /.test(line));
  const isBinary = header.some((line) => /^(?:Binary files .* differ|GIT binary patch)$/.test(line));
  const isSubmodule =
    modes.some((line) => line.endsWith(" 160000")) || header.some((line) => /^index .* 160000$/.test(line));
  const state: DiffState = isSubmodule
    ? "submodule"
    : oldPath !== undefined
      ? told("copy from ") === undefined
        ? "renamed"
        : "copied"
      : told("new file mode ") !== undefined
        ? "new"
        : told("deleted file mode ") === undefined
          ? "changed"
          : "deleted";
  const modeLines = modes.filter((line) => /^(?:old|new) mode /.test(line));
  return { path, oldPath, state, isBinary, ...countOf(body), text: [...modeLines, ...body].join("\n") };
}

function plain(path: string, state: DiffState, lines: readonly string[]): FileDiff {
  const text = withoutEnd(lines).join("\n");
  return { path, oldPath: undefined, state, isBinary: false, added: 0, removed: 0, text };
}

function countOf(body: readonly string[]): { readonly added: number; readonly removed: number } {
  const count = (sign: string): number => body.filter((line) => line.startsWith(sign)).length;
  return { added: count("+"), removed: count("-") };
}

function withoutEnd(lines: readonly string[]): readonly string[] {
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

const START = /^(?:diff --(?:git|cc|combined) |\* Unmerged path |Submodule \S)/;
