/** Which line a finding is about: by the code that it quotes, with the number it gives as a hint alone, since models miscount. */

import { likeness } from "../edit/similarity.ts";

export interface ReviewedFile {
  /** Relative to its workspace folder, with `/`. */
  readonly path: string;
  /** All of the file, as the model was shown it. */
  readonly lines: readonly string[];
  /** What was to be reviewed: from 0, the end is not of it. */
  readonly from: number;
  readonly to: number;
}

export interface FoundLine {
  readonly file: number;
  readonly line: number | undefined;
  /** What is said of it, without path, number and quote. */
  readonly rest: string;
}

export function placeOf(text: string, files: readonly ReviewedFile[]): FoundLine {
  const named = namedFile(text, files);
  const behindPath = named ? text.slice(named.end) : text;
  const number = numberIn(behindPath);
  const quotes = quotesIn(behindPath);
  const [first] = quotes;
  const file = named?.file ?? (files.length === 1 ? 0 : fileWith(first?.code ?? "", files));
  const reviewed = file === undefined ? undefined : files[file];
  const rest = restBehind(behindPath, first);
  if (file === undefined || !reviewed) return { file: 0, line: undefined, rest };
  return { file, line: lineOf(quotes, number, behindPath, reviewed), rest };
}

interface Quote {
  readonly code: string;
  readonly start: number;
  readonly end: number;
}

function lineOf(
  quotes: readonly Quote[],
  number: number | undefined,
  text: string,
  file: ReviewedFile,
): number | undefined {
  const [first, ...others] = quotes;
  const found = first && quotedLine(first.code, number, file);
  if (found !== undefined) return found;
  for (const { code } of others) {
    const equal = nearest(
      linesThat(file, (line) => line === normal(code)),
      number,
    );
    if (equal !== undefined) return equal;
  }
  // A number counts where what stands there, or next to it, is named.
  if (number === undefined) return undefined;
  const names = namesIn(text);
  const around = linesThat(file, (line) => names.some((name) => hasWord(line, name)));
  return nearest(
    around.filter((line) => Math.abs(line - number) <= NEAR_LINES),
    number,
  );
}

function quotedLine(given: string, number: number | undefined, file: ReviewedFile): number | undefined {
  const code = normal(given.replace(/^\s*\d+\s*\|\s?/, "").replace(/^\s*[+-](?=\s)/, ""));
  if (!/[\p{L}\p{N}_]/u.test(code)) return undefined;
  const equal = linesThat(file, (line) => line === code);
  if (equal.length > 0) return nearest(equal, number);
  const isName = /^[\p{L}\p{N}_$.]+(?:\(\))?$/u.test(code);
  if (isName) return nameLine(code.replace(/\(\)$/, ""), number, file);
  const inside = linesThat(file, (line) => line.includes(code));
  if (inside.length > 0) return nearest(inside, number);
  const start = normal(code.split(/\u2026|\.{3}/)[0] ?? "");
  const longer = linesThat(file, (line) => {
    if (start.length >= LEAST_CHARS && start !== code && line.includes(start)) return true;
    return line.length >= LEAST_CHARS && code.startsWith(line);
  });
  if (longer.length > 0) return nearest(longer, number);
  return likeLine(code, number, file);
}

/** Where it is defined, unless a number tells which of its uses is meant. */
function nameLine(name: string, number: number | undefined, file: ReviewedFile): number | undefined {
  const last = name.split(".").at(-1) ?? name;
  const whole = linesThat(file, (line) => hasWord(line, name));
  const all = whole.length > 0 ? whole : linesThat(file, (line) => hasWord(line, last));
  const near = number === undefined ? [] : all.filter((line) => Math.abs(line - number) <= NEAR_LINES);
  if (near.length > 0) return nearest(near, number);
  const defined = all.find((line) => DEFINING.test((file.lines[line] ?? "").split(last)[0] ?? ""));
  return defined ?? nearest(all, number);
}

function likeLine(code: string, number: number | undefined, file: ReviewedFile): number | undefined {
  if (code.length < LEAST_CHARS) return undefined;
  let best = LIKE;
  let found: number[] = [];
  for (const line of linesThat(file, (line) => line.length >= LEAST_CHARS)) {
    const alike = likeness(code, normal(file.lines[line] ?? ""));
    if (alike < best) continue;
    if (alike > best) found = [];
    best = alike;
    found.push(line);
  }
  return nearest(found, number);
}

/** In order; those that were to be reviewed alone, where there are such. */
function linesThat(file: ReviewedFile, test: (line: string) => boolean): readonly number[] {
  const all: number[] = [];
  for (const [index, line] of file.lines.entries()) if (test(normal(line))) all.push(index);
  const asked = all.filter((line) => line >= file.from && line < file.to);
  return asked.length > 0 ? asked : all;
}

function nearest(lines: readonly number[], number: number | undefined): number | undefined {
  if (number === undefined) return lines[0];
  return lines.toSorted((one, other) => Math.abs(one - number) - Math.abs(other - number))[0];
}

/** The longest path that stands there, else the name of a file that only one has. */
function namedFile(
  text: string,
  files: readonly ReviewedFile[],
): { readonly file: number; readonly end: number } | undefined {
  const head = text.slice(0, HEAD_CHARS);
  const ranked = files.map(({ path }, file) => ({ path, file })).toSorted((a, b) => b.path.length - a.path.length);
  for (const { path, file } of ranked) {
    const at = wholeName(head, path);
    if (at !== -1) return { file, end: at + path.length };
  }
  for (const { path, file } of ranked) {
    const name = path.split("/").at(-1) ?? path;
    const at = files.filter((other) => other.path.split("/").at(-1) === name).length === 1 ? wholeName(head, name) : -1;
    if (at !== -1) return { file, end: at + name.length };
  }
  return undefined;
}

function wholeName(text: string, name: string): number {
  const at = text.indexOf(name);
  if (at === -1 || name === "") return -1;
  return /[\w/.-]/.test(text[at - 1] ?? "") || /\w/.test(text[at + name.length] ?? "") ? -1 : at;
}

/** The only one that has this line. */
function fileWith(code: string, files: readonly ReviewedFile[]): number | undefined {
  const wanted = normal(code);
  if (wanted.length < LEAST_CHARS) return undefined;
  const having = files.flatMap(({ lines }, file) =>
    lines.some((line) => normal(line).includes(wanted)) ? [file] : [],
  );
  return having.length === 1 ? having[0] : undefined;
}

/** From 0. At the front, or behind a word that says what it is. */
function numberIn(text: string): number | undefined {
  const plain = text.slice(0, HEAD_CHARS);
  const found =
    /^[\s:：#([*_`]*(?:lines?|L|第)?\s*(\d{1,6})(?![\w.]\w)/i.exec(plain) ??
    /(?:\blines?\s*|\bL|第\s*|行\s*)(\d{1,6})/i.exec(plain);
  const number = Number(found?.[1] ?? 0);
  return number > 0 ? number - 1 : undefined;
}

function quotesIn(text: string): readonly Quote[] {
  const found = text.matchAll(/(?<!`)(`+)(?!`)(.{1,600}?)(?<!`)\1(?!`)/g);
  return Array.from(found, ({ 0: whole, 2: code = "", index }) => ({ code, start: index, end: index + whole.length }));
}

/** A number and a quote in front are the place, and are seen where the comment stands. */
function restBehind(text: string, first: Quote | undefined): string {
  const isLeading =
    first !== undefined &&
    /^[\s`:：#()[\]*_,|–—-]*(?:(?:lines?|L|第)?\s*[\d\s–-]+\s*行?)?[\s:：#()[\]*_,|–—-]*$/i.test(
      text.slice(0, first.start),
    );
  const isName = first !== undefined && /^[\w$.]+$/.test(first.code);
  if (isLeading && !isName) return withoutSeparators(text.slice(first.end));
  return withoutSeparators(
    text.replace(/^[\s`:：#([*_]*(?:lines?|L|第)?\s*\d{1,6}(?:\s*[–-]\s*\d+)?\s*行?[)\]*_|:：,.]*(?=\s|`)/i, ""),
  );
}

function withoutSeparators(text: string): string {
  return text.replace(/^[\s:：,，|—–*_)\]-]+/, "").trim();
}

function namesIn(text: string): readonly string[] {
  const quoted = quotesIn(text).flatMap(({ code }) => code.match(/[\p{L}_$][\p{L}\p{N}_$]{2,}/gu) ?? []);
  const bare =
    text.match(/\b(?:[a-z]+(?:[A-Z][a-z\d]*)+|[A-Z][a-z\d]+(?:[A-Z][a-z\d]*)+|\w+_\w+|[A-Za-z_]\w*(?=\(\)))/g) ?? [];
  return [...quoted, ...bare];
}

function hasWord(line: string, name: string): boolean {
  for (let at = line.indexOf(name); at !== -1; at = line.indexOf(name, at + 1))
    if (!WORD.test(line[at - 1] ?? "") && !WORD.test(line[at + name.length] ?? "")) return true;
  return false;
}

function normal(line: string): string {
  return line.slice(0, LONGEST_LINE).replace(/\s+/g, " ").trim();
}

const WORD = /[\p{L}\p{N}_$]/u;
const DEFINING =
  /\b(?:function|def|func|fn|fun|class|interface|struct|enum|trait|type|const|let|var|val|sub|module)\s+\S*$/;
/** So far a number may be off. */
const NEAR_LINES = 3;
const LEAST_CHARS = 6;
const LIKE = 0.75;
const LONGEST_LINE = 1_000;
const HEAD_CHARS = 300;
