import type { CursorSnapshot } from "../../context/snapshot.ts";
import { dropped, offered, type Suggestion } from "../suggestion.ts";

/** Drops what is not worth a look: a single character, or the mere start of a string or comment. */
export function dropTooShort(text: string, _cursor: CursorSnapshot): Suggestion {
  const written = text.trim();
  return written.length < SHORTEST_CHARS || OPENING_ONLY.test(written) ? dropped("too-short") : offered(text);
}

/** Of a suggestion, not counting white space around it. */
export const SHORTEST_CHARS = 2;
/** The last character of what is shown stays until it is typed. */
export const SHORTEST_REST_CHARS = 1;
const OPENING_ONLY = /^(["'`]+|\/\*+|\/\/+|#+|--+|<!--)$/;
