/** Answers as models write them, made of a real file and a change of one of its definitions that is known beforehand. */

import type { ReadOutline } from "../../src/context/syntax/fileOutlines.ts";
import type { Unit } from "../../src/context/syntax/outline.ts";

export interface RandomAnswer {
  readonly format: string;
  readonly language: string;
  readonly text: string;
  /** The file as the answer means it. */
  readonly intended: string;
}

export type Random = () => number;

/** From 0 up to 1, always the same for the same seed (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let next = Math.imul(state ^ (state >>> 15), 1 | state);
    next = (next + Math.imul(next ^ (next >>> 7), 61 | next)) ^ next;
    return ((next ^ (next >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Change {
  /** Lines before and after, of the definition and of the file. */
  readonly lines: readonly string[];
  readonly changed: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly newTo: number;
  readonly unit: Unit;
  readonly last: number;
  readonly outer: readonly Unit[];
}

/** `undefined` where the file has no definition to change, or the change would not parse. */
export function randomAnswer(
  text: string,
  languageId: string,
  readOutline: ReadOutline,
  random: Random,
): RandomAnswer | undefined {
  const change = randomChange(text, languageId, readOutline, random);
  if (!change) return undefined;
  const names = Object.keys(formats);
  const format = names[Math.floor(random() * names.length)] ?? "";
  const written = formats[format]?.(change, languageId, random);
  if (written === undefined) return undefined;
  const isDiff = format.startsWith("diff");
  return { format, language: isDiff ? "diff" : languageId, text: written, intended: change.changed.join("\n") };
}

function randomChange(text: string, languageId: string, readOutline: ReadOutline, random: Random): Change | undefined {
  const outline = readOutline(text, languageId);
  if (!outline || outline.errors > 0) return undefined;
  const lines = text.split("\n");
  const all = functionsOf(outline.units, []);
  const chosen = all[Math.floor(random() * all.length)];
  if (!chosen) return undefined;
  const { unit } = chosen;
  const row = unit.head + 1 + Math.floor(random() * (unit.last - unit.head - 1));
  const line = lines[row] ?? "";
  const indentation = /^\s*/.exec(line)?.[0] ?? "";
  if (line.trim() === "" || outline.stringRows.has(row) || outline.stringRows.has(row + 1)) return undefined;
  const kind = random();
  // A call stands between statements, not in the middle of one.
  if (kind < 0.5 && (!ENDED.test(line) || !ENDED.test(lines[row - 1] ?? ""))) return undefined;
  const call = languageId === "python" ? "trace(1234)" : "trace(1234);";
  const added =
    kind < 0.3
      ? [line, indentation + call]
      : kind < 0.5
        ? [indentation + call, line]
        : kind < 0.7
          ? []
          : [line.replace(/\b([a-z]\w{2,})\b(?!.*\b[a-z]\w{2,}\b)/, "$1Two")];
  const count = 1;
  const changed = [...lines.slice(0, row), ...added, ...lines.slice(row + count)];
  const last = unit.last + added.length - count;
  if (changed.join("\n") === text || readOutline(changed.join("\n"), languageId)?.errors !== 0) return undefined;
  return { lines, changed, from: row, to: row + count, newTo: row + added.length, unit, last, outer: chosen.outer };
}

function functionsOf(
  units: readonly Unit[],
  outer: readonly Unit[],
): readonly { unit: Unit; outer: readonly Unit[] }[] {
  return units.flatMap((unit) => {
    const inner = functionsOf(unit.members?.units ?? [], [...outer, unit]);
    const isFunction = /function|method|constructor/.test(unit.type) && unit.last - unit.head > 2 && unit.alone;
    return isFunction ? [{ unit, outer }, ...inner] : inner;
  });
}

type Format = (change: Change, languageId: string, random: Random) => string | undefined;

const mark = (languageId: string, words: string): string => `${languageId === "python" ? "#" : "//"} ${words}`;
const indentOf = (line: string | undefined): string => /^\s*/.exec(line ?? "")?.[0] ?? "";

function dedent(lines: readonly string[]): readonly string[] {
  const filled = lines.filter((line) => line.trim() !== "");
  const least = Math.min(...filled.map((line) => indentOf(line).length));
  return lines.map((line) => line.slice(least));
}

function own({ changed, unit, last }: Change, from = unit.code): readonly string[] {
  return changed.slice(from, last + 1);
}

const ENDED = /[;{}:]\s*$|^\s*\w+\s*\(.*\)$/;

const formats: Readonly<Record<string, Format>> = {
  "whole file": ({ changed }) => changed.join("\n"),
  definition: (change) => own(change).join("\n"),
  "definition with its comments": (change) => own(change, change.unit.first).join("\n"),
  "definition without decorators": (change) => own(change, change.unit.head).join("\n"),
  "definition, dedented": (change) => dedent(own(change)).join("\n"),
  "definition, first line at the margin": (change) => {
    const [first = "", ...rest] = own(change, change.unit.head);
    return [first.trimStart(), ...rest].join("\n");
  },
  "definition, numbered": (change) =>
    own(change)
      .map((line, at) => `${change.unit.code + 1 + at} | ${line}`)
      .join("\n"),
  "in its class": ({ lines, outer, ...change }, languageId) => {
    if (outer.length === 0) return undefined;
    const indentation = indentOf(lines[change.unit.code]);
    const heads = outer.flatMap(({ code, members }) => lines.slice(code, (members?.open ?? code) + 1));
    const tails = outer.toReversed().flatMap(({ members, last }) => lines.slice(members?.close ?? last + 1, last + 1));
    const dots = indentation + mark(languageId, "... existing code ...");
    return [...heads, dots, "", ...own({ lines, outer, ...change }), "", dots, ...tails].join("\n");
  },
  "elided inside": ({ changed, from, newTo, unit, last }, languageId, random) => {
    const around = 1 + Math.floor(random() * 3);
    const start = Math.max(unit.head + 1, from - around);
    const end = Math.min(last, newTo + around);
    const dots =
      indentOf(changed[unit.head + 1]) +
      mark(languageId, random() < 0.5 ? "... existing code ..." : "rest of the code unchanged");
    const head =
      start > unit.head + 1
        ? [...changed.slice(unit.code, unit.head + 1), dots]
        : changed.slice(unit.code, unit.head + 1);
    const tail =
      languageId === "python"
        ? end <= last
          ? [dots]
          : []
        : end < last
          ? [dots, ...changed.slice(last, last + 1)]
          : changed.slice(end, last + 1);
    return [...head, ...changed.slice(start, end), ...tail].join("\n");
  },
  "elided around": ({ lines, changed, unit, last, outer }, languageId) => {
    if (outer.length > 0) return undefined;
    const dots = mark(languageId, "... existing code ...");
    return [...lines.slice(0, 2), dots, "", ...changed.slice(unit.code, last + 1), "", dots].join("\n");
  },
  fragment: ({ changed, from, newTo }, _, random) => {
    const around = 1 + Math.floor(random() * 4);
    return changed.slice(Math.max(0, from - around), newTo + around).join("\n");
  },
  "fragment, dedented": ({ changed, from, newTo }, _, random) => {
    const around = 1 + Math.floor(random() * 4);
    return dedent(changed.slice(Math.max(0, from - around), newTo + around)).join("\n");
  },
  "diff with wrong numbers": (change) => diff(change, 3, "@@ -7,9 +8,9 @@"),
  "diff without numbers": (change, _, random) => diff(change, Math.floor(random() * 4), "@@ ... @@"),
  "search and replace": (change, _, random) => searchReplace(change, Math.floor(random() * 4)),
};

function diff({ lines, changed, from, to, newTo }: Change, around: number, head: string): string {
  const start = Math.max(0, from - around);
  return [
    head,
    ...lines.slice(start, from).map((line) => ` ${line}`),
    ...lines.slice(from, to).map((line) => `-${line}`),
    ...changed.slice(from, newTo).map((line) => `+${line}`),
    ...lines.slice(to, to + around).map((line) => ` ${line}`),
  ].join("\n");
}

function searchReplace({ lines, changed, from, to, newTo }: Change, around: number): string {
  const start = Math.max(0, from - around);
  const search = lines.slice(start, to + around);
  const replace = changed.slice(start, newTo + around);
  return ["<<<<<<< SEARCH", ...search, "=======", ...replace, ">>>>>>> REPLACE"].join("\n");
}
