/** Statements of a real file that a user has selected, and a complete answer for them, as a model is asked for. */

import type { ReadOutline } from "../../src/context/syntax/fileOutlines.ts";
import { withMembers } from "../../src/edit/matching.ts";
import type { Random } from "./randomBlocks.ts";

export interface SelectedStatements {
  /** What was changed, and how it is written. */
  readonly kind: string;
  readonly selection: { readonly from: number; readonly to: number };
  readonly answer: string;
  /** The file as the answer means it. */
  readonly intended: string;
}

/** `undefined` where the lines that were hit on can't be selected as statements, or the change would not parse. */
export function selectedStatements(
  text: string,
  languageId: string,
  readOutline: ReadOutline,
  random: Random,
): SelectedStatements | undefined {
  const lines = text.split("\n");
  const chosen = randomRun(lines, languageId, random);
  const outline = readOutline(text, languageId);
  if (!chosen || !outline || outline.errors > 0) return undefined;
  const { starts, to } = chosen;
  const from = starts[0] ?? 0;
  for (let row = from; row <= to; row += 1) if (outline.stringRows.has(row)) return undefined;
  const parts = starts.map((start, at) => lines.slice(start, starts[at + 1] ?? to));
  const all = Object.keys(changes);
  const kinds = [1, 2].map(() => all[Math.floor(random() * all.length)] ?? "");
  let changed: readonly (readonly string[])[] = parts;
  const count = random() < 0.5 ? 1 : 2;
  for (const kind of kinds.slice(0, count)) changed = changes[kind]?.(changed, languageId, random) ?? changed;
  const answer = withoutBlankEnds(changed.flat());
  const selected = withoutBlankEnds(lines.slice(from, to));
  if (answer.length === 0 || answer.join("\n") === selected.join("\n")) return undefined;
  const intended = [...lines.slice(0, from), ...answer, ...lines.slice(from + selected.length)].join("\n");
  const after = readOutline(intended, languageId);
  if (after?.errors !== 0) return undefined;
  // Of a function that is missing nobody knows whether it is to go: it stays.
  const names = new Set(withMembers(after.units).map(({ name }) => name));
  if (withMembers(outline.units).some(({ name, type }) => !VALUE.test(type) && !names.has(name))) return undefined;
  const start = lines.slice(0, from).join("\n").length + (from > 0 ? 1 : 0);
  const isDedented = random() < 0.3;
  return {
    kind: `${kinds.slice(0, count).join(", ")}${isDedented ? ", dedented" : ""}`,
    selection: { from: start, to: start + selected.join("\n").length },
    answer: (isDedented ? dedent(answer) : answer).join("\n"),
    intended,
  };
}

/** Some lines of one block that follow each other: where each statement begins, and the row behind the last. */
function randomRun(
  lines: readonly string[],
  languageId: string,
  random: Random,
): { readonly starts: readonly number[]; readonly to: number } | undefined {
  const hit = Math.floor(random() * lines.length);
  const first = lines[hit] ?? "";
  if (first.trim() === "" || !BEGINS.test(first.trim()) || /^\s*(?:import|from|use|package|export)\b/.test(first))
    return undefined;
  const outer = indentOf(first).length;
  const starts = [withComments(hit, lines)];
  const most = 2 + Math.floor(random() * 5);
  let row = hit + 1;
  for (; row < lines.length; row += 1) {
    const line = lines[row] ?? "";
    const own = indentOf(line).length;
    if (line.trim() === "" || own > outer) continue;
    if (own < outer) break;
    if (/^[)\]}]|^(?:else|elif|except|catch|finally)\b/.test(line.trim())) continue;
    if (COMMENT.test(line.trim())) continue;
    if (starts.length === most || !BEGINS.test(line.trim())) break;
    starts.push(withComments(row, lines));
  }
  // What follows must not go on with what was selected.
  const next = lines[row]?.trim() ?? "";
  if (starts.length < 2 || /^(?:[.?:&|+)\]]|else|elif|except|catch|finally)/.test(next)) return undefined;
  return { starts, to: row < lines.length ? withComments(row, lines) : row };
}

/** What is said of a statement belongs to it, and so do its decorators. */
function withComments(row: number, lines: readonly string[]): number {
  let first = row;
  while (first > 0 && COMMENT.test(lines[first - 1]?.trim() ?? "")) first -= 1;
  return first;
}

type Change = (
  parts: readonly (readonly string[])[],
  languageId: string,
  random: Random,
) => readonly (readonly string[])[];

const changes: Readonly<Record<string, Change>> = {
  "one gone": (parts, _, random) => {
    const at = Math.floor(random() * parts.length);
    return parts.filter((__, own) => own !== at);
  },
  "one new": (parts, languageId, random) => {
    const at = Math.floor(random() * (parts.length + 1));
    const indentation = indentOf(parts[0]?.[0]);
    const call = languageId === "python" || languageId === "go" ? "trace(1234)" : "trace(1234);";
    return [...parts.slice(0, at), [indentation + call], ...parts.slice(at)];
  },
  "a word changed": (parts, _, random) => {
    const at = Math.floor(random() * parts.length);
    return parts.map((part, own) =>
      own === at ? part.map((line, row) => (row === 0 ? line.replace(/\b\w+\b(?!.*\b\w+\b)/, "$&Two") : line)) : part,
    );
  },
  "two for one": (parts, languageId, random) => {
    const at = Math.floor(random() * parts.length);
    const indentation = indentOf(parts[0]?.[0]);
    const end = languageId === "python" || languageId === "go" ? "" : ";";
    return parts.flatMap((part, own) =>
      own === at ? [[`${indentation}prepare()${end}`], [`${indentation}perform(12)${end}`]] : [part],
    );
  },
  "two change places": (parts, _, random) => {
    const at = Math.floor(random() * (parts.length - 1));
    return parts.map((part, own) =>
      own === at ? (parts[at + 1] ?? part) : own === at + 1 ? (parts[at] ?? part) : part,
    );
  },
};

function indentOf(line: string | undefined): string {
  return /^\s*/.exec(line ?? "")?.[0] ?? "";
}

function dedent(lines: readonly string[]): readonly string[] {
  const least = Math.min(...lines.filter((line) => line.trim() !== "").map((line) => indentOf(line).length));
  return lines.map((line) => line.slice(least));
}

function withoutBlankEnds(lines: readonly string[]): readonly string[] {
  const isFilled = (line: string): boolean => line.trim() !== "";
  return lines.slice(
    lines.findIndex(isFilled) === -1 ? lines.length : lines.findIndex(isFilled),
    lines.findLastIndex(isFilled) + 1,
  );
}

const BEGINS = /^[\p{L}_$]/u;
const COMMENT = /^(?:#|@|\/\/|\/?\*)/;
const VALUE =
  /variable|lexical|assignment|field|expression_statement|property|^let_|^const_|^var_|^short_var|import|use/;
