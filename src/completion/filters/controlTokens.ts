import type { CursorSnapshot } from "../../context/snapshot.ts";
import { offered, type Suggestion } from "../suggestion.ts";

/** Ends a text before the first control token of any of the models: where a model writes one, its answer is over. */
export function cutControlTokens(text: string, _cursor: CursorSnapshot): Suggestion {
  const at = controlTokenIndex(text);
  return offered(at === undefined ? text : text.slice(0, at));
}

/** The offset of the first control token. */
export function controlTokenIndex(text: string): number | undefined {
  return CONTROL_TOKEN.exec(text)?.index;
}

/**
 * The families' ways of spelling them; a format's own list, given to the model as its stops, is in model/templates.ts.
 * `<s>` is an element of HTML too, and then has a word behind it.
 */
const CONTROL_TOKEN =
  /<\|\w+\|>|<｜[^\s｜]+｜>|<(fim_\w+|file_sep|filename|repo_name|issue_start|issue_comment|issue_closed|start_of_turn|end_of_turn|PRE|SUF|MID|EOT|eos|bos)>|<\/?s>(?!\w)|\[\/?(INST|PREFIX|SUFFIX|MIDDLE)\]|^### (End|Instruction:|Response:)/m;
