/** Reads a model's answer as it arrives and ends it at the first point where the suggestion is complete. */

import type { CaretSyntax } from "../context/caretSyntax.ts";
import type { CursorSnapshot } from "../context/snapshot.ts";
import { bracketBalance, isOnlyClosers } from "../text/brackets.ts";
import { indentationOf, isBlank, lineBefore, nextFilledLines, restOfLine, unixNewlines } from "../text/lines.ts";
import { controlTokenIndex } from "./filters/controlTokens.ts";
import { fencedFrom, fenceEnd, isProseLanguage, isTalk } from "./filters/chatter.ts";
import { repeatedFrom } from "./filters/repetition.ts";

export interface StopRules {
  readonly shape: "line" | "block";
  /** Not counting blank ones. */
  readonly maxLines: number;
  /** White space before the caret that the prompt left out: the answer has to begin with it, and does not contain it afterwards. */
  readonly mustStartWith: string;
  readonly languageId: string;
  /** The caret's line before the caret. */
  readonly caretLine: string;
  /** The next line of the file that is not blank. */
  readonly nextLine: string | undefined;
  /** The caret's line after the caret. */
  readonly restOfLine: string;
  /** Absent where nothing but brackets and indentation tell where a statement or a block is complete. */
  readonly syntax?: CaretSyntax;
  /** Several statements are wanted. Asked where it matters only. */
  readonly announced: () => boolean;
}

export interface Reading {
  /** What of the answer is the suggestion, so far. */
  readonly text: string;
  /** Nothing that the model may still write would change `text`. */
  readonly complete: boolean;
  /** The answer does not begin as it must. */
  readonly unfitting: boolean;
}

/** `announced`: a comment just above the caret announces several statements, and one of them would be too little. */
export function stopRulesFor(
  cursor: CursorSnapshot,
  maxLines: number,
  syntax?: CaretSyntax,
  announced: () => boolean = () => false,
): StopRules {
  return {
    shape: shapeAt(cursor, syntax),
    maxLines,
    mustStartWith: "",
    languageId: cursor.languageId,
    caretLine: lineBefore(cursor.prefix),
    nextLine: nextFilledLines(cursor.suffix, 1)[0],
    restOfLine: restOfLine(cursor.suffix).trimEnd(),
    ...(syntax ? { syntax } : {}),
    announced,
  };
}

/** What the grammar says; without one a block on an empty line and after an opening, else the rest of the line. */
export function shapeAt({ prefix, suffix }: CursorSnapshot, syntax?: CaretSyntax): "line" | "block" {
  if (!isBlank(restOfLine(suffix))) return "line";
  if (syntax) return syntax.shape;
  const before = lineBefore(prefix);
  return isBlank(before) || OPENING.test(before) ? "block" : "line";
}

/**
 * Calls `onReading` for each piece of the answer, and leaves the stream, which aborts the request, once a reading is
 * complete. Throws what the stream throws. `rulesOf` is called when the first piece is there: what it costs does not
 * hold up the request.
 */
export async function readSuggestion(
  stream: AsyncIterable<string>,
  rulesOf: () => StopRules,
  onReading: (reading: Reading) => void,
): Promise<void> {
  let answer = "";
  let rules: StopRules | undefined;
  for await (const piece of stream) {
    rules ??= rulesOf();
    answer += piece;
    const reading = read(answer, rules);
    onReading(reading);
    if (reading.complete) return;
  }
  onReading({ ...read(answer, rules ?? rulesOf(), true), complete: true });
}

/** `ended` says that no more will come. */
export function read(answer: string, rules: StopRules, ended = false): Reading {
  const code = codeOf(unixNewlines(answer), rules, ended);
  if (code === undefined) return { text: "", complete: false, unfitting: false };
  const begun = withoutOpening(code.text, rules);
  if (begun === UNFITTING) return { text: "", complete: true, unfitting: true };
  if (begun === undefined) return { text: "", complete: code.complete, unfitting: false };
  const fitted = atCaret(begun, rules);
  const over = ended || code.complete;
  const end =
    rules.shape === "line" ? lineEnd(fitted, rules, over) : earlier(blockEnd(fitted, rules, over), fitted, rules);
  return { text: fitted.slice(0, end), complete: code.complete || end !== undefined, unfitting: false };
}

/** Leaves out control tokens, fences, and talk before a fence. `undefined` while it is open whether code has begun. */
function codeOf(
  answer: string,
  { languageId }: StopRules,
  ended: boolean,
): { readonly text: string; readonly complete: boolean } | undefined {
  const token = controlTokenIndex(answer);
  const said = token === undefined ? answer : answer.slice(0, token);
  const over = ended || token !== undefined;
  if (isProseLanguage(languageId)) return { text: said, complete: over };
  const start = fencedFrom(said);
  if (start === undefined && !over && (/^\s*`{1,3}[^`\n]*$/.test(said) || isTalk(said))) return undefined;
  const code = said.slice(start ?? 0);
  const end = fenceEnd(code);
  return { text: code.slice(0, end), complete: over || end !== undefined };
}

/** Takes away the white space that the answer must begin with; `undefined` while it is too short to tell. */
function withoutOpening(text: string, { mustStartWith, caretLine }: StopRules): string | typeof UNFITTING | undefined {
  // On an empty line a blank line first is a matter of taste: what comes after it begins at the start of a line.
  const blankLines = isBlank(caretLine) ? (/^([ \t]*\n)+/.exec(text)?.[0] ?? "") : "";
  const opening = blankLines === "" ? mustStartWith : caretLine;
  const rest = text.slice(blankLines.length);
  if (rest.startsWith(opening)) return rest.slice(opening.length);
  return opening.startsWith(rest) ? undefined : UNFITTING;
}

/**
 * The first line break, also in front of everything: an answer that begins with one says that the line is done. Where
 * the statement's brackets are closed a few lines further on it ends there: half a statement is of little use.
 */
function lineEnd(text: string, rules: StopRules, ended: boolean): number | undefined {
  const first = text.indexOf("\n");
  if (first <= 0) return first === 0 ? 0 : undefined;
  if (rules.restOfLine !== "" && !isOnlyClosers(rules.restOfLine)) return first;
  const most = Math.min(rules.maxLines, MOST_STATEMENT_LINES);
  for (let end = first, lines = 1; lines <= most; lines += 1) {
    if (isWhole(text.slice(0, end), rules)) return end;
    const next = text.indexOf("\n", end + 1);
    if (next === -1 && !ended) return undefined;
    if (next === -1) return isWhole(text, rules) ? text.length : first;
    end = next;
  }
  return first;
}

/** A statement may go on where the grammar has not found its end and its last line ends in an operator. */
function isWhole(text: string, { caretLine, restOfLine, syntax }: StopRules): boolean {
  if (syntax?.completeAt(`${text}\n`) !== undefined) return true;
  if (syntax?.scope === "code" && GOES_ON.test(text)) return false;
  // A model may leave to the file the closing brackets that it has after the caret.
  return [text, text + restOfLine].some((end) => bracketBalance(caretLine + end).unclosed === "");
}

/**
 * The answer of a model that has begun at the first column, moved to the caret's: what follows an opening is more
 * indented than it, but for its closing brackets and labels.
 */
function atCaret(text: string, { caretLine }: StopRules): string {
  const [first = "", ...later] = text.split("\n");
  if (!isBlank(caretLine) || caretLine === "" || !OPENING.test(first)) return text;
  const next = later.find((line) => !isBlank(line));
  const width = indentationOf(next ?? "").length;
  if (next === undefined || width > caretLine.length) return text;
  if (width === caretLine.length && AT_SAME_COLUMN.test(next)) return text;
  return [first, ...later.map((line) => (line === "" ? line : caretLine + line))].join("\n");
}

/** The block's end by indentation, or by the grammar where that is earlier. */
function earlier(end: number | undefined, text: string, { syntax, announced }: StopRules): number | undefined {
  const whole = syntax === undefined || announced() ? undefined : syntax.completeAt(text);
  if (whole === undefined || end === undefined) return whole ?? end;
  return Math.min(whole, end);
}

/** The offset at which a block ends, if it does in this text. */
function blockEnd(text: string, rules: StopRules, ended: boolean): number | undefined {
  const lines = text.split("\n");
  const opened = !isBlank(rules.caretLine);
  const base = indentationOf(rules.caretLine).length;
  let filled = 0;
  let offset = 0;
  for (const [index, line] of lines.entries()) {
    const before = lines.slice(0, index).join("\n");
    const whole = index < lines.length - 1 || ended;
    const end = Math.max(0, offset - 1);
    if (isBlank(line)) {
      if (whole && filled > 0 && isBalanced(before)) return end;
    } else {
      // The first line begins at the caret, wherever that is.
      const width = index === 0 ? base : indentationOf(line).length;
      const closes = /^\s*[)\]}]/.test(line);
      const owed = bracketBalance(before).unclosed !== "";
      if (index > 0 && (width < base || (opened && width === base)) && !(closes && owed)) {
        return opened && closes && width === base ? withClosers(text, offset, rules, whole) : end;
      }
      if (whole && !owed && isSameLine(line, rules, index)) return end;
      if (whole && repeatedFrom(lines.slice(0, index + 1)) !== undefined) return end;
      if (filled === rules.maxLines) return lastBalancedEnd(lines.slice(0, index));
      filled += 1;
    }
    offset += line.length + 1;
  }
  return undefined;
}

/** The line that closes what the caret's line opened belongs to the block, as far as it closes and no more. */
function withClosers(text: string, offset: number, { nextLine }: StopRules, whole: boolean): number | undefined {
  const line = /^[^\n]*/.exec(text.slice(offset))?.[0] ?? "";
  if (nextLine !== undefined && /^\s*[)\]}]/.test(nextLine) && indentationOf(nextLine) === indentationOf(line)) {
    return Math.max(0, offset - 1);
  }
  const closers = /^\s*[)\]}]+[;,]*/.exec(line)?.[0].length ?? 0;
  return whole || closers < line.length ? offset + closers : undefined;
}

function isSameLine(line: string, { nextLine, caretLine }: StopRules, index: number): boolean {
  if (nextLine === undefined) return false;
  // A line that only closes brackets is common; it is the file's own if it stands at the same column.
  const inFull = index === 0 ? caretLine + line : line;
  return isOnlyClosers(line) || index > 0 ? inFull.trimEnd() === nextLine.trimEnd() : line.trim() === nextLine.trim();
}

/** Where nothing is left open there, the end of the last such line: a cut block then still stands by itself. */
function lastBalancedEnd(lines: readonly string[]): number {
  for (let count = lines.length; count > 0; count -= 1) {
    const text = lines.slice(0, count).join("\n");
    if (isBalanced(text)) return text.length;
  }
  return lines.join("\n").length;
}

/** With Python's long strings, since half of one takes all that follows into it. */
function isBalanced(text: string): boolean {
  return bracketBalance(text).unclosed === "" && (text.split('"""').length - 1) % 2 === 0;
}

/** A call whose arguments take more lines than this is read as far as its first line. */
const MOST_STATEMENT_LINES = 5;
const GOES_ON = /(=>|&&|\|\||[-+*%&|^=?,.]|\b(and|or|not|in|is))\s*$/;
/** What stands at the column of the statement that it belongs to. */
const AT_SAME_COLUMN = /^\s*([)\]}]|(case|default|public|private|protected)\b)/;
const UNFITTING = Symbol("unfitting");
const OPENING = /[{([:]\s*$|=>\s*$|\b(then|do|else|begin)\s*$/;
