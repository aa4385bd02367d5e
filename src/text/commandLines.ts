/** The commands in a block that is meant for a terminal. */

export interface Commands {
  /** As they are put in, one after the other. A blank one stands only in a text that a command is given. */
  readonly lines: readonly string[];
  /** A text that a command is given has tabs, which a terminal takes for keys: it would get another text. */
  readonly hasTabs: boolean;
}

/**
 * Without what a terminal takes for keys, what can't be seen, the prompts that are often written in front, and, where there
 * are such, what was printed. A command goes on where its line says so, and up to the end of a text in it.
 */
export function commandsIn(text: string): Commands {
  const all = text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")
    .replace(/[^\P{C}\n\t]/gu, "")
    .replace(/\p{Zs}/gu, " ")
    .split("\n");
  const isSession = all.some((line) => PROMPT.test(line));
  const lines: string[] = [];
  let hasTabs = false;
  for (let row = 0; row < all.length; row += 1) {
    const first = all[row] ?? "";
    if (isSession && !PROMPT.test(first)) continue;
    let command = plain(isSession ? first.replace(PROMPT, "") : first);
    if (command === "") continue;
    lines.push(command);
    let depth = deeper(command);
    let open = openText(command, all, row + 1, isSession);
    while (row + 1 < all.length && (open || depth > 0 || GOES_ON.test(command))) {
      const next = all[row + 1] ?? "";
      if (!open && isSession && PROMPT.test(next)) break;
      row += 1;
      const line = isSession ? next.replace(SECOND_PROMPT, "") : next;
      if (open) {
        const inner = open.dropsTabs ? line.replace(/^\t+/, "") : line;
        hasTabs ||= inner.includes("\t");
        lines.push(inner);
        if (!isEnd(inner, open)) continue;
        command = open.quote === undefined ? "" : inner;
        open = undefined;
        continue;
      }
      command = plain(line);
      if (command !== "") lines.push(command);
      depth += deeper(command);
      open = openText(command, all, row + 1, isSession);
    }
  }
  return { lines, hasTabs };
}

/** What a command is given on more than its line: in quotes, or as a here-document up to the line `end`. */
interface OpenText {
  readonly quote?: string;
  readonly end?: string;
  readonly dropsTabs: boolean;
}

function plain(line: string): string {
  return line.trim() === "" ? "" : line.replaceAll("\t", " ").trimEnd();
}

/** How many loops, conditions and brackets a line opens for the lines below, less those that it closes. */
function deeper(line: string): number {
  return (OPENS.test(line) ? 1 : 0) - (CLOSES.test(line) ? 1 : 0);
}

/** Only where it ends, in the lines from `next` on. */
function openText(line: string, all: readonly string[], next: number, isSession: boolean): OpenText | undefined {
  const open = textBegunBy(line);
  return open && endsWithin(all, next, open, isSession) ? open : undefined;
}

function textBegunBy(line: string): OpenText | undefined {
  let quote: string | undefined;
  for (let at = 0; at < line.length; at += 1) {
    const char = line[at] ?? "";
    if (char === "\\" && quote !== "'") at += 1;
    else if (quote !== undefined) quote = char === quote ? undefined : quote;
    else if (char === "#" && /^$|\s/.test(line[at - 1] ?? "")) return undefined;
    else if (char === '"' || char === "'") quote = char;
    else if (char === "<") {
      const [mark, dash, , end] = HERE.exec(line.slice(at, at + LONGEST_MARK)) ?? [];
      if (end !== undefined) return { end, dropsTabs: dash === "-" };
      at += /^<+/.exec(mark ?? line.slice(at))?.[0].length ?? 1;
    }
  }
  return quote === undefined ? undefined : { quote, dropsTabs: false };
}

function isEnd(line: string, { quote, end }: OpenText): boolean {
  return quote === undefined ? line === end : line.includes(quote);
}

/** Before the next command of a session: an apostrophe in what was no text at all opens none. */
function endsWithin(all: readonly string[], from: number, open: OpenText, isSession: boolean): boolean {
  for (let row = from; row < Math.min(all.length, from + LONGEST_TEXT); row += 1) {
    const line = all[row] ?? "";
    if (isSession && PROMPT.test(line) && open.quote !== undefined) return false;
    const shown = isSession ? line.replace(SECOND_PROMPT, "") : line;
    if (isEnd(open.dropsTabs ? shown.replace(/^\t+/, "") : shown, open)) return true;
  }
  return false;
}

const PROMPT = /^\s*(?:\$|PS [^>]*>|[A-Z]:\\[^>]*>)(?:\s+|$)/;
/** Of a line that goes on. */
const SECOND_PROMPT = /^>{1,2} ?/;
const GOES_ON = /(?:^|[^\\])(?:\\\\)*\\$|(?:\|\|?|&&|\s[`^])$/;
const OPENS = /(?:\{|\(|\b(?:do|then))$/;
const CLOSES = /^\s*(?:done\b|fi\b|[)}])/;
/** A here-document's mark; three of it are a string. */
const HERE = /^<<(?!<)(-?)\s*(['"]?)([\w.-]+)\2/;
const LONGEST_MARK = 100;
/** Lines. */
const LONGEST_TEXT = 1_000;
