/** Fits a diff into a model's room: what does not fit at once is summarised file by file first. */

import { headOf } from "../text/offsets.ts";
import type { FileDiff } from "./sourceControlDiff.ts";
import { headLine, leftOutLine, type ShownFiles } from "./sourceControlFiles.ts";

export type Count = (text: string) => number;

/** What is asked for one summary: a file, some short ones, or a part of a long one. */
export interface DiffPart {
  /** Of the files in it; a long file has several parts. */
  readonly paths: readonly string[];
  readonly text: string;
}

/** `whole`: all fits. `parts`: each has to be summarised; `unread` are files that there were too many of, or a part of one. */
export type DiffPlan =
  | { readonly kind: "whole"; readonly text: string }
  | { readonly kind: "parts"; readonly parts: readonly DiffPart[]; readonly unread: readonly FileDiff[] };

/** @param tokens for the diff alone, in a request with all of it, and in one for a summary */
export function planOf(files: ShownFiles, tokens: number, count: Count): DiffPlan {
  const text = diffText(files);
  if (count(text) <= tokens) return { kind: "whole", text };
  const pieces = files.shown.flatMap((file) => piecesOf(file, tokens, count));
  const parts: DiffPart[] = [];
  let [current, room] = [[] as DiffPart[], 0];
  const close = (): void => {
    if (current.length > 0)
      parts.push({
        paths: Array.from(new Set(current.flatMap(({ paths }) => paths))),
        text: current.map(({ text }) => text).join("\n\n"),
      });
    [current, room] = [[], tokens];
  };
  for (const piece of pieces) {
    const cost = count(piece.text) + 2;
    if (cost > room) close();
    current.push(piece);
    room -= cost;
  }
  close();
  const read = parts.slice(0, MOST_PARTS);
  const missed = new Set(parts.slice(MOST_PARTS).flatMap(({ paths }) => paths));
  const unread = files.shown.filter(({ path }) => missed.has(path));
  return { kind: "parts", parts: read, unread };
}

/** What stands for the diff once its parts are summarised; cut evenly where the summaries are too long. */
export function reducedText(
  { parts, unread }: Extract<DiffPlan, { kind: "parts" }>,
  summaries: readonly string[],
  files: ShownFiles,
  tokens: number,
  count: Count,
): string {
  for (let chars = MOST_SUMMARY_CHARS; ; chars = Math.floor(chars / 2)) {
    const text = [
      "Too much to show; the changes by file, summarised:",
      ...parts.map(({ paths }, index) => `${listed(paths)}:\n${headOf((summaries[index] ?? "").trim(), chars)}`),
      ...shortList(
        unread.map((file) => `${headLine(file)}: not read, or not all of it`),
        chars,
      ),
      ...shortList(files.left.map(leftOutLine), chars),
    ].join("\n\n");
    if (count(text) <= tokens || chars < LEAST_SUMMARY_CHARS) return text;
  }
}

function diffText({ shown, left }: ShownFiles): string {
  if (shown.length + left.length === 0) return "(There are none to show.)";
  return [...shown.map(fileText), ...shortList(left.map(leftOutLine), MOST_SUMMARY_CHARS)].join("\n\n");
}

function fileText(file: FileDiff): string {
  return file.text === "" ? headLine(file) : `${headLine(file)}\n${file.text}`;
}

/** A file that is too long by itself is cut between its hunks, and a hunk between its lines. */
function piecesOf(file: FileDiff, tokens: number, count: Count): readonly DiffPart[] {
  const whole = fileText(file);
  const paths = [file.path];
  if (count(whole) <= tokens) return [{ paths, text: whole }];
  const head = headLine(file);
  const room = Math.max(50, tokens - count(head) - 2);
  const pieces: DiffPart[] = [];
  let lines: string[] = [];
  let used = 0;
  const close = (): void => {
    if (lines.length > 0) pieces.push({ paths, text: `${head}\n${lines.join("\n")}` });
    [lines, used] = [[], 0];
  };
  for (const given of file.text.split("\n")) {
    const line = headOf(given, LONGEST_LINE);
    const cost = count(line) + 1;
    // A hunk begins anew where most of the room is taken.
    if (used + cost > room || (line.startsWith("@@") && used > room * 0.75)) close();
    lines.push(line);
    used += cost;
  }
  close();
  return pieces;
}

/** Lines for files that are only named; of very many the first. */
function shortList(lines: readonly string[], chars: number): readonly string[] {
  const most = Math.max(3, Math.floor(chars / 10));
  const more = lines.length > most ? [`and ${lines.length - most} more files`] : [];
  return lines.length === 0 ? [] : [[...lines.slice(0, most), ...more].join("\n")];
}

function listed(paths: readonly string[]): string {
  const shown = paths.slice(0, MOST_PATHS).join(", ");
  return paths.length > MOST_PATHS ? `${shown} and ${paths.length - MOST_PATHS} more files` : shown;
}

/** Requests for summaries of one diff. */
const MOST_PARTS = 24;
const MOST_PATHS = 20;
const MOST_SUMMARY_CHARS = 600;
const LEAST_SUMMARY_CHARS = 40;
const LONGEST_LINE = 400;
