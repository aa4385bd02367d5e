/**
 * Private keys (RFC 7468, OpenSSH's, PGP's), also in strings, comments and JSON. A window may have only the start of one,
 * the end, or lines from between. Costs time in proportion to the text, whatever it is.
 */

import type { Span } from "./spans.ts";

/** What a line may be of a key. */
export type KeyLine =
  | "begin"
  | "end"
  /** Nothing but base 64, and enough of it. */
  | "body"
  /** A mark of what is no private key, such as a certificate. */
  | "other-mark"
  | "none";

export interface LineOfText {
  /** In the text. */
  readonly start: number;
  readonly text: string;
  readonly key: KeyLine;
}

export function keyLineOf(line: string): KeyLine {
  if (line.includes("----") || line.startsWith("Private-Lines")) {
    if (BEGIN.test(line)) return "begin";
    if (END.test(line)) return "end";
    return OTHER_MARK.test(line) ? "other-mark" : "none";
  }
  const body = line.length < LEAST_BODY_CHARS ? undefined : bodyOf({ start: 0, text: line });
  return body && body.end - body.start >= LEAST_BODY_CHARS ? "body" : "none";
}

/** `lines` are all of a text. */
export function privateKeys(lines: readonly LineOfText[]): readonly Span[] {
  const spans: Span[] = [];
  let index = 0;
  while (index < lines.length) {
    const found = keyAt(lines, index, spans.at(-1)?.end ?? 0);
    if (found && found.end > found.start) spans.push(found);
    index = found?.next ?? index + 1;
  }
  return spans;
}

interface Found extends Span {
  /** The line to go on at. */
  readonly next: number;
}

function keyAt(lines: readonly LineOfText[], index: number, after: number): Found | undefined {
  const line = lines[index];
  switch (line?.key) {
    case "begin":
      return fromBegin(lines, index, line);
    case "end":
      return upToEnd(lines, index, line, after);
    case "body":
      return withoutMarks(lines, index);
    default:
      return line && (index === 0 || index === lines.length - 1) ? escapedRun(line, index) : undefined;
  }
}

/** The marks belong to it. */
function fromBegin(lines: readonly LineOfText[], first: number, { start, text }: LineOfText): Found | undefined {
  const begin = BEGIN.exec(text);
  if (!begin) return undefined;
  const behind = begin.index + begin[0].length;
  let chars = ESCAPED.exec(text.slice(behind))?.[0].length ?? 0;
  let end = start + behind + chars;
  let next = first + 1;
  const mark = END.exec(text.slice(behind + chars));
  if (mark?.index === 0) end += mark[0].length;
  else {
    for (; next < lines.length && next - first <= MOST_LINES; next += 1) {
      const line = lines[next];
      if (line?.key === "begin") break;
      const mark = line?.key === "end" ? END.exec(line.text) : null;
      if (line && mark) {
        end = line.start + mark.index + mark[0].length;
        next += 1;
        break;
      }
      const body = line && bodyOf(line);
      if (body) {
        chars += body.end - body.start;
        end = body.end;
      } else if (!line || !HEADER.test(line.text)) break;
    }
  }
  // A mark with nothing to it is only spoken of.
  return chars < LEAST_KEY_CHARS ? undefined : { start: start + begin.index, end, next };
}

/** What stands before the mark in its line, and the lines above it, as far as no other key has them. */
function upToEnd(lines: readonly LineOfText[], last: number, line: LineOfText, after: number): Found | undefined {
  const mark = END.exec(line.text);
  if (!mark) return undefined;
  let from = mark.index;
  while (from > 0 && /[A-Za-z0-9+/=\\]/.test(line.text.charAt(from - 1))) from -= 1;
  let start = line.start + from;
  for (let index = last - 1; index >= 0 && last - index <= MOST_LINES; index -= 1) {
    const above = lines[index];
    // Only the last line of a key is shorter than others, and the first one of a text may be cut.
    const mayBeShort = index === last - 1 || index === 0;
    const body = above && (above.key === "body" || mayBeShort) ? bodyOf(above) : undefined;
    if (!body || body.start < after) break;
    start = body.start;
  }
  if (line.start + mark.index - start < LEAST_KEY_CHARS) return undefined;
  return { start, end: line.start + mark.index + mark[0].length, next: last + 1 };
}

/** Lines from between the marks: they begin where the text does, or go on to its end. */
function withoutMarks(lines: readonly LineOfText[], first: number): Found | undefined {
  let next = first + 1;
  while (lines[next]?.key === "body") next += 1;
  const inside = { start: 0, end: 0, next };
  // The line above the first and the one below the last may be cut.
  const [above, below] = [lines[first - 1], lines[next]];
  const cutAbove = first === 1 && above ? bodyOf(above) : undefined;
  const cutBelow = next === lines.length - 1 && below ? bodyOf(below) : undefined;
  const isOther = [above, below, lines[next + 1]].some((line) => line?.key === "other-mark");
  const touches =
    first === 0 || next === lines.length || cutAbove || cutBelow || (next === lines.length - 1 && below?.text === "");
  if (isOther || !touches || next - first < LEAST_LINES || below?.key === "end") return { ...inside, end: 0 };
  const [firstLine, lastLine] = [lines[first], lines[next - 1]];
  const start = cutAbove?.start ?? (firstLine && bodyOf(firstLine)?.start) ?? 0;
  const end = cutBelow?.end ?? (lastLine && bodyOf(lastLine)?.end) ?? 0;
  return { start, end, next };
}

/** The same in one line, as JSON has it. */
function escapedRun({ start, text }: LineOfText, index: number): Found | undefined {
  const found = text.length > LEAST_BODY_CHARS && text.includes("\\n") ? ESCAPED_RUN.exec(text) : null;
  return (
    (found && { start: start + found.index, end: start + found.index + found[0].length, next: index + 1 }) || undefined
  );
}

/** In the text; of a line that has nothing else but what strings and comments put around it. */
function bodyOf({ start, text }: Pick<LineOfText, "start" | "text">): Span | undefined {
  const [, before, body] = text.length > MOST_LINE_CHARS ? [] : (BODY.exec(text) ?? []);
  if (before === undefined || body === undefined) return undefined;
  return { start: start + before.length, end: start + before.length + body.length };
}

const KIND = String.raw`(?:[A-Z0-9 ]|%20){0,40}`;
const BEGIN = new RegExp(
  String.raw`-{4,5} ?BEGIN${KIND}PRIVATE(?: |%20)KEY(?:(?: |%20)BLOCK)? ?-{4,5}|^Private-Lines: \d{1,3}`,
);
const END = new RegExp(String.raw`-{4,5} ?END${KIND}PRIVATE(?: |%20)KEY(?:(?: |%20)BLOCK)? ?-{4,5}`);
const OTHER_MARK = /-----(?:BEGIN|END) [A-Z0-9 ]{1,40}-----/;
/** What strings, comments, lists, changes and numbers of lines put before it, and what puts lines together behind it. */
const BODY =
  /^((?:[ \t"'`#>|*.&]|-(?!-)|\+(?=[ \t"'`])|\/\/(?= )|\d{1,4}[:|]?[ \t]){0,24})([A-Za-z0-9+/]+={0,2})((?:\\+[nr]|&#(?:10|xA);|["'`]|[ \t,+;.)\\&_]|vb(?:CrLf|Lf|NewLine)|<br ?\/?>){0,16})\r?$/;
/** `Proc-Type: 4,ENCRYPTED`, `DEK-Info: …`, `Version: …`, nothing, and the checksum of PGP. */
const HEADER =
  /^[ \t"'`#*/>+|.\d:-]{0,24}(?:[A-Z][\w-]{2,20}: .{0,100}|=[A-Za-z0-9+/]{4})?(?:["'`\\nr,.&_+ \t;)]|vbCrLf){0,16}\r?$/;
const ESCAPED = /^(?:[A-Za-z0-9+/=,: ]|-(?!-)|\\+[nr]|&#(?:10|xA);|%[\dA-F]{2}|<br ?\/?>)*/i;
const ESCAPED_RUN = /[A-Za-z0-9+/]{0,76}\\+n(?:[A-Za-z0-9+/]{60,76}\\+n){1,400}[A-Za-z0-9+/=]{0,76}/;
const LEAST_BODY_CHARS = 40;
const LEAST_KEY_CHARS = 16;
/** Fewer may be a name. */
const LEAST_LINES = 2;
/** Three times those of RSA's largest. */
const MOST_LINES = 400;
const MOST_LINE_CHARS = 200;
