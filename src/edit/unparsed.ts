/** What can be told of a block whose language has no grammar, before it is put into a file. */

import { hasWords, isBlank } from "../text/lines.ts";
import type { LineIndex } from "./placing.ts";
import type { Refusal } from "./verdict.ts";

/** @param lines without blank ones at the ends */
export function faultOf(lines: readonly string[], index: LineIndex, languageId: string): Refusal | undefined {
  if (PAGES.has(languageId)) return undefined;
  const prose = paragraphStarts(lines).find((line) => isProse(line) && index.rowsOf(line).length === 0);
  if (prose !== undefined) return { reason: "marks-left", kind: "prose", text: prose.trim() };
  const [first = "", second = ""] = lines.filter((line) => !isBlank(line));
  if (first.trim() === second.trim() && hasWords(first) && !hasPair(index, first))
    return { reason: "symbols-doubled", names: [first.trim()] };
  if (languageId.startsWith("json") && !isClosed(lines))
    return { reason: "unclear-end", name: lines.at(-1)?.trim() ?? "" };
  return undefined;
}

/** The first line, and those behind blank ones. */
function paragraphStarts(lines: readonly string[]): readonly string[] {
  return lines.filter((line, row) => !isBlank(line) && (row === 0 || isBlank(lines[row - 1] ?? "")));
}

function isProse(line: string): boolean {
  const text = line.trim();
  return HEADING.test(text) || SENTENCE.test(text) || CHINESE.test(text);
}

function hasPair({ lines }: LineIndex, line: string): boolean {
  return lines.some((each, row) => each.trim() === line.trim() && lines[row + 1]?.trim() === line.trim());
}

/** As many brackets closed as opened, outside of strings and comments. */
function isClosed(lines: readonly string[]): boolean {
  const bare = lines.join("\n").replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[^]*?\*\//g, "");
  return (bare.match(/[{[]/g)?.length ?? 0) <= (bare.match(/[}\]]/g)?.length ?? 0);
}

/** Their text is prose. */
const PAGES = new Set(["markdown", "plaintext", "html", "xml", "latex", "restructuredtext", "vue", "svelte"]);
const HEADING = /^(?:\*\*|#+ )?(?:Explanations?|(?:Key |Summary of )?Changes(?: made)?|Notes?)(?:\*\*)?:/;
const SENTENCE =
  /^(?:Here(?:'s| is| are) (?:the|your|an?)|Sure[,!]|Certainly[,!]|I(?:'ve| have) |This (?:code|function|version|change) |The (?:updated|modified|following|above) ).*[.:!]$/;
const CHINESE = /^(?:\*\*)?(?:说明|解释|注意|修改说明|以下是|下面是|这段|修改后|好的|上述|主要).{0,200}[：。:]/u;
