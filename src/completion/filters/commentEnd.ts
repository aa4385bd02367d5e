import type { CursorSnapshot } from "../../context/snapshot.ts";
import { firstLine, lineBefore } from "../../text/lines.ts";
import { offered, type Suggestion } from "../suggestion.ts";

/** Ends a text in a line comment before it closes a block comment that nobody has opened. */
export function cutCommentEnd(text: string, { prefix }: CursorSnapshot): Suggestion {
  if (!LINE_COMMENT.test(lineBefore(prefix))) return offered(text);
  const line = firstLine(text);
  const end = line.indexOf("*/");
  const opens = line.lastIndexOf("/*", end);
  return offered(end === -1 || (opens !== -1 && opens < end) ? text : line.slice(0, end).trimEnd());
}

/** The slashes of an address are none. */
const LINE_COMMENT = /(^|\s)\/\/(?!.*\/\*)/;
