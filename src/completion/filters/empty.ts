import type { CursorSnapshot } from "../../context/snapshot.ts";
import { isBlank } from "../../text/lines.ts";
import { dropped, offered, type Suggestion } from "../suggestion.ts";

/** Drops what has nothing but white space in it. */
export function dropEmpty(text: string, _cursor: CursorSnapshot): Suggestion {
  return isBlank(text) ? dropped("empty") : offered(text);
}
