/** Cuts what is read of a file for its grammar: a bounded piece that ends at the caret. */

import type { CursorSnapshot } from "../snapshot.ts";
import { headersOf, isIndentation, lineEnd, type LineStart, startOf } from "./headers.ts";
import type { Language } from "./languages.ts";
import type { Scan, Span } from "./scan.ts";
import { beginsMember, beginsTopLevelCode, standsInNoClass } from "./topLevel.ts";

/**
 * Gives pieces that begin at the same place while the caret is within some hundred characters, so that a syntax tree
 * can be used again. It keeps what it found out about the text above the last one, and answers as one that is new.
 */
export class PieceCutter {
  #above: Above = { text: "", scan: undefined };

  /** From the start of a statement near the caret, with the first lines of what encloses it put before it. */
  before(cursor: CursorSnapshot, language: Language): string {
    const { prefix } = cursor;
    const earliest = earliestStart(cursor);
    const certain = cursor.offset === prefix.length ? 0 : certainCodeBefore(prefix, earliest);
    const above = this.#scanAbove(prefix.slice(certain ?? 0, earliest), language);
    const opened = above.outermost === undefined ? undefined : (certain ?? 0) + above.outermost;
    // A snapshot that begins in a string has code and strings the wrong way round.
    if (
      certain === undefined &&
      opened !== undefined &&
      certainCodeBefore(prefix, prefix.length, earliest) !== undefined
    ) {
      return pieceFrom(prefix, earliest, language, () => false);
    }
    const closed = opened === undefined ? undefined : language.scan(prefix.slice(opened)).closed[0];
    // The caret is in it, too: where it began is all that has to be known.
    if (opened !== undefined && closed?.from !== 0) {
      const opening = Math.min(lineEnd(prefix, opened), opened + LONGEST_OPENING_CHARS, earliest);
      return prefix.slice(opened, opening) + prefix.slice(earliest);
    }
    const from = closed && opened !== undefined ? Math.max(earliest, lineEnd(prefix, opened + closed.to)) : earliest;
    return pieceFrom(
      prefix,
      from,
      language,
      (offset) => offset > (opened ?? Infinity) || isIn(above.closed, offset - (certain ?? 0)),
    );
  }

  #scanAbove(text: string, language: Language): Scan {
    const known = this.#above;
    if (known.scan && known.text === text && known.language === language) return known.scan;
    const scan = language.scan(text);
    this.#above = { text, scan, language };
    return scan;
  }
}

interface Above {
  readonly text: string;
  readonly scan: Scan | undefined;
  readonly language?: Language;
}

function isIn(spans: readonly Span[], offset: number): boolean {
  return spans.some(({ from, to }) => from < offset && offset < to);
}

/** An offset in the prefix that moves in big steps of the caret's own. */
function earliestStart({ prefix, offset }: CursorSnapshot): number {
  const inFile = Math.floor((offset - FEWEST_CHARS) / STEP_CHARS) * STEP_CHARS;
  const from = inFile - (offset - prefix.length);
  if (from <= 0) return 0;
  const lineStart = prefix.indexOf("\n", from) + 1;
  // Of a line longer than a piece, the end.
  return lineStart === 0 ? from : lineStart;
}

/** The last line before an offset that is certainly code: at the top level, else a member. */
function certainCodeBefore(prefix: string, offset: number, least = 0): number | undefined {
  let member: number | undefined;
  for (let end = offset - 1; end > least;) {
    const start = prefix.lastIndexOf("\n", end - 1) + 1;
    if (beginsTopLevelCode(prefix, start)) return start;
    if (beginsMember(prefix, start)) member ??= start;
    end = start - 1;
  }
  return member;
}

/** `isTextAbove` tells of an offset before `from` whether it is in a comment or a string. */
function pieceFrom(prefix: string, from: number, language: Language, isTextAbove: (offset: number) => boolean): string {
  const { closed, outermost } = language.scan(prefix.slice(from));
  const end = outermost === undefined ? prefix.length : from + outermost + 1;
  const isInText = (offset: number): boolean => (offset < from ? isTextAbove(offset) : isIn(closed, offset - from));
  let anchor: LineStart | undefined;
  for (let at = from; at < end && anchor?.indentation !== 0; at = lineEnd(prefix, at)) {
    const indentation = startOf(prefix, at, language);
    if (indentation === undefined || (anchor && indentation >= anchor.indentation)) continue;
    if (!isInText(at)) anchor = { at, indentation };
  }
  if (!anchor) return prefix.slice(from);
  const piece = headersOf(prefix, anchor, language, isInText) + prefix.slice(anchor.at);
  return needsWrapper(piece, language) ? (language.wrapper ?? "") + piece : piece;
}

/** True where what encloses the piece begins before the snapshot does. */
function needsWrapper(piece: string, { wrapper, grammar, blocks }: Language): boolean {
  if (wrapper === undefined) return false;
  if (grammar === "php") return !piece.includes("<?");
  return isIndentation(piece.charCodeAt(0)) && (blocks === "indentation" || !standsInNoClass(piece));
}

const FEWEST_CHARS = 1_500;
const STEP_CHARS = 1_024;
const LONGEST_OPENING_CHARS = 200;
