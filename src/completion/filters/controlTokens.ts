import type { CursorSnapshot } from "../../context/snapshot.ts";
import { offered, type Suggestion } from "../suggestion.ts";

/**
 * Ends a text before the first control token of any of the models, since where a model writes one its answer is over; and
 * before what is no text at all.
 */
export function cutControlTokens(text: string, _cursor: CursorSnapshot): Suggestion {
  const at = controlTokenIndex(text);
  return offered(at === undefined ? text : text.slice(0, at));
}

/** The offset of the first control token. */
export function controlTokenIndex(text: string): number | undefined {
  const token = CONTROL_TOKEN.exec(text)?.index;
  const character = NO_TEXT.exec(text)?.index;
  return token === undefined || character === undefined ? (token ?? character) : Math.min(token, character);
}

/**
 * The families' ways of spelling them; a format's own list, given to the model as its stops, is in model/templates.ts.
 * `<s>` is an element of HTML too, and then has a word behind it.
 */
const CONTROL_TOKEN =
  /<\|\w+\|>|<｜[^\s｜]+｜>|<(fim_\w+|file_sep|filename|repo_name|issue_start|issue_comment|issue_closed|start_of_turn|end_of_turn|PRE|SUF|MID|EOT|eos|bos)>|<\/?s>(?!\w)|\[\/?(INST|PREFIX|SUFFIX|MIDDLE)\]|^### (End|Instruction:|Response:)/m;
/** Control characters, half of a character, and what some editors take for a line break and others do not. */
// oxlint-disable-next-line no-control-regex -- These are what it looks for.
const NO_TEXT = /[\u0000-\u0008\u000E-\u001F\u007F\uFFFD\u2028\u2029]|\r(?=[^])/;
