import type { CursorSnapshot } from "../../context/snapshot.ts";
import { bracketBalance, bracketsIn, type Bracket } from "../../text/brackets.ts";
import { indentationOf, isBlank, lineAt, nextFilledLineNoDeeper, restOfLine } from "../../text/lines.ts";
import { dropped, offered, type Suggestion } from "../suggestion.ts";
import { isProseLanguage } from "./chatter.ts";

/**
 * Ends a text before a closing bracket that nobody has opened, and before one that the file has in a line below for what
 * stands open before the caret. What follows the caret on its own line is the affair of placement.ts.
 */
export function cutUnbalanced(text: string, cursor: CursorSnapshot): Suggestion {
  if (!/[)\]}]/.test(text) || LONE_CLOSERS.test(cursor.languageId) || isProseLanguage(cursor.languageId)) {
    return offered(text);
  }
  const at = firstSurplus(text, cursor);
  if (at === undefined) return offered(text);
  const kept = text.slice(0, at).trimEnd();
  const { prefix } = cursor;
  // What stays open since its own bracket would have come behind the surplus one is half a statement.
  const isWhole = bracketBalance(prefix + kept, prefix.length).unclosed === "";
  return isWhole && !isBlank(kept) ? offered(kept) : dropped("unbalanced");
}

/** The offset in `text` of the first closing bracket that is one too many. */
function firstSurplus(text: string, cursor: CursorSnapshot): number | undefined {
  const { prefix } = cursor;
  const whole = prefix + text;
  const open: Bracket[] = [];
  let theirs: ReadonlySet<Bracket> | undefined;
  let doubled: number | undefined;
  for (const bracket of bracketsIn(whole)) {
    const inText = bracket.offset >= prefix.length;
    if (inText) theirs ??= closedBelow(open, cursor);
    if (bracket.opens) {
      open.push(bracket);
      continue;
    }
    const index = open.findLastIndex(({ closer }) => closer === bracket.closer);
    if (index === -1) {
      if (inText && !mayBeOpenedEarlier(bracket.offset, whole, cursor)) {
        return doubled ?? bracket.offset - prefix.length;
      }
      continue;
    }
    // Brackets left open within a pair are somebody's unfinished code: the outer one still has its end.
    const opener = open.splice(index)[0];
    if (inText && opener && theirs?.has(opener)) doubled ??= bracket.offset - prefix.length;
  }
  // What the text opens anew, as `} else {` does, is what the file's bracket then closes.
  return open.some(({ offset }) => offset >= prefix.length) ? undefined : doubled;
}

/**
 * The brackets, of those open at the caret, that the file closes: in the first line below that goes no deeper than the
 * opening bracket's line, where that one stands at its column and starts with a closing bracket.
 */
function closedBelow(open: readonly Bracket[], { prefix, suffix }: CursorSnapshot): ReadonlySet<Bracket> {
  const closed = new Set<Bracket>();
  if (!isBlank(restOfLine(suffix))) return closed;
  for (const [start, ofLine] of Map.groupBy(open, ({ offset }) => prefix.lastIndexOf("\n", offset) + 1)) {
    const column = indentationOf(lineAt(prefix, start));
    const line = nextFilledLineNoDeeper(suffix, column.length);
    if (line === undefined || indentationOf(line) !== column || !/^\s*[)\]}]/.test(line)) continue;
    // Where it has fewer than are open, the inner ones are left to the text.
    const closers = Array.from(bracketBalance(line).unopened).slice(0, ofLine.length);
    for (const bracket of ofLine) {
      if (bracket.closer !== closers.at(-1)) continue;
      closers.pop();
      closed.add(bracket);
    }
  }
  return closed;
}

/** A window that starts in the middle of a file does not show what was opened before; the columns of its lines do. */
function mayBeOpenedEarlier(offset: number, whole: string, { prefix, offset: caret }: CursorSnapshot): boolean {
  const breaks = prefix.split("\n").length - 1;
  // A line break may count two characters in the document.
  if (caret <= prefix.length + breaks) return false;
  const line = lineAt(whole, offset);
  const before = whole.slice(whole.lastIndexOf("\n", offset - 1) + 1, offset);
  if (!/^[\s)\]}]*$/.test(before)) return whole.charAt(offset) !== ")";
  const column = indentationOf(line).length;
  return !prefix
    .split("\n")
    .slice(1)
    .some((one) => !isBlank(one) && !LABEL.test(one) && indentationOf(one).length <= column);
}

/** In a shell's `case`, and in the notation for intervals, closing brackets stand alone. */
const LONE_CLOSERS = /^(shellscript|bash|zsh|fish|sh|latex|tex|bibtex)$/;
/** Lines that stand further out than the block they are in. */
const LABEL = /^\s*(#|\w+\s*:\s*$)/;
