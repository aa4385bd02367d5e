/** Takes the output of `git diff` apart, file by file. */

import { withoutColours } from "./diffColours.ts";

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

export function filesOfDiff(output: string): readonly FileDiff[] {
  const sections: string[][] = [];
  let section: string[] | undefined;
  const diff = withoutColours(output);
  for (const line of diff.split("\n")) {
    // Lines of a file begin with a sign or a blank.
    if (START.test(line)) sections.push((section = []));
    section?.push(line.endsWith("\r") ? line.slice(0, -1) : line);
  }
  return sections.map(fileOf).filter((file) => file !== undefined);
}

function fileOf(lines: readonly string[]): FileDiff | undefined {
  const [first = ""] = lines;
  const loose = /^Submodule (.+?) (?:[0-9a-f]{7,}|contains |\(new |\(submodule )/.exec(first);
  if (loose) return plain(loose[1] ?? "", "submodule", lines);
  const unmerged = /^\* Unmerged path (.+)$/.exec(first);
  if (unmerged) return plain(unquoted(unmerged[1] ?? ""), "conflict", lines);
  const start = lines.findIndex((line) => /^@@+ /.test(line));
  const header = start === -1 ? lines : lines.slice(0, start);
  const body = start === -1 ? [] : withoutEnd(lines.slice(start));
  const told = (words: string): string | undefined => {
    const line = header.find((line) => line.startsWith(words));
    return line === undefined ? undefined : unquoted(line.slice(words.length).replace(/\t$/, ""));
  };
  const combined = /^diff --(?:cc|combined) (.+)$/.exec(first)?.[1];
  if (combined !== undefined) return { ...plain(unquoted(combined), "conflict", body), ...countOf(body) };
  const [before, after] = pathsOf(first, told("--- "), told("+++ "));
  const path = told("rename to ") ?? told("copy to ") ?? (after === undefined ? before : after);
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

/** The two paths without their prefixes, whatever these are set to; `/dev/null` is none. */
function pathsOf(first: string, before: string | undefined, after: string | undefined) {
  const named = sidesOf(first.slice("diff --git ".length));
  const isPrefixed = named !== undefined && named[0] !== named[1];
  const bare = (path: string | undefined): string | undefined =>
    path === undefined || path === "/dev/null" ? undefined : isPrefixed ? path.replace(/^[a-z]\//, "") : path;
  if (before !== undefined || after !== undefined) {
    // A new file in a repository without prefixes has one side alone.
    const one = bare(after) ?? bare(before);
    return [one, one];
  }
  return [bare(named?.[0]), bare(named?.[1])];
}

/** `a/x b/x`; the path may have blanks, and what is quoted may not be cut. */
function sidesOf(both: string): readonly [string, string] | undefined {
  const quoted = /^("(?:[^"\\]|\\.)*"|\S+) ("(?:[^"\\]|\\.)*"|\S+)$/.exec(both);
  if (quoted) return [unquoted(quoted[1] ?? ""), unquoted(quoted[2] ?? "")];
  const half = (both.length - 1) / 2;
  const [left, right] = [both.slice(0, half), both.slice(half + 1)];
  return left.replace(/^[a-z]\//, "") === right.replace(/^[a-z]\//, "") ? [left, right] : undefined;
}

/** As git writes names with letters that are not of ASCII: `"\346\227\247.ts"`. */
function unquoted(name: string): string {
  if (!/^".*"$/.test(name)) return name;
  const bytes: number[] = [];
  for (const [, octal, escaped, other = ""] of name.slice(1, -1).matchAll(/\\([0-7]{3})|\\(.)|([^\\]+)/g)) {
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8));
    else bytes.push(...encoder.encode(escaped === undefined ? other : (ESCAPES[escaped] ?? escaped)));
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

function countOf(body: readonly string[]): { readonly added: number; readonly removed: number } {
  const count = (sign: string): number => body.filter((line) => line.startsWith(sign)).length;
  return { added: count("+"), removed: count("-") };
}

function withoutEnd(lines: readonly string[]): readonly string[] {
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

const START = /^(?:diff --(?:git|cc|combined) |\* Unmerged path |Submodule \S)/;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r" };
const encoder = new TextEncoder();
