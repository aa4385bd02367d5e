import type { CursorSnapshot } from "../../context/snapshot.ts";
import type { Suggestion } from "../suggestion.ts";

/**
 * Looks at a text that would be inserted at a caret, and passes it on as it is, cut, or not at all. Line breaks are `\n`
 * in the text and in the cursor's. Given its own answer a filter changes nothing.
 */
export type Filter = (text: string, cursor: CursorSnapshot) => Suggestion;
