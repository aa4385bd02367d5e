/** Code as a model means it, where it has written it as a page or a book would: with `&lt;` for `<`, or curly quotes. */

import type { ReadOutline } from "../context/syntax/fileOutlines.ts";

/** @param file what is in it as well is meant as it stands */
export function asMeant(
  lines: readonly string[],
  file: string,
  languageId: string,
  readOutline: ReadOutline,
): readonly string[] {
  if (PAGES.has(languageId)) return lines;
  const plain = withoutEntities(lines, file, languageId, readOutline);
  return CURLY.test(file) ? plain : plain.map((line) => withStraightQuotes(line, languageId));
}

/** Only where nothing of the block has a bracket of its own, and, where it can be parsed, it is the better for it. */
function withoutEntities(
  lines: readonly string[],
  file: string,
  languageId: string,
  readOutline: ReadOutline,
): readonly string[] {
  const text = lines.join("\n");
  if (!ENTITY.test(text) || ENTITY.test(file) || /[<>]|&(?!(?:lt|gt|amp|quot|apos|#x?[\da-f]{1,4});)/i.test(text))
    return lines;
  const plain = text.replace(ENTITIES, (entity) => characters[entity.toLowerCase()] ?? entity);
  const before = readOutline(text, languageId);
  const after = readOutline(plain, languageId);
  return before && after && after.errors >= before.errors ? lines : plain.split("\n");
}

/** Those around a word or more, where no straight ones and no comment are around them. */
function withStraightQuotes(line: string, languageId: string): string {
  if (!CURLY.test(line) || /^\s*(?:\*|\/\/|\/\*|#|--)/.test(line)) return line;
  const pairs = languageId === "yaml" ? WHOLE_PAIRS : PAIRS;
  return line.replace(pairs, (found, before: string | undefined, double?: string, single?: string) => {
    if (double !== undefined) return `${before ?? ""}"${double}"`;
    return single === undefined ? found : `${before ?? ""}'${single}'`;
  });
}

/** Their text has both for good reasons. */
const PAGES = new Set(["markdown", "plaintext", "html", "xml", "vue", "svelte", "latex"]);
const ENTITY = /&(?:lt|gt|amp|quot|apos|#0?39|#x27|#34);/i;
const ENTITIES = /&(?:lt|gt|amp|quot|apos|#0?39|#x27|#34);/gi;
const characters: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&amp;": "&",
  "&quot;": '"',
  "&apos;": "'",
  "&#39;": "'",
  "&#039;": "'",
  "&#x27;": "'",
  "&#34;": '"',
};
const CURLY = /[“”‘’]/;
/** What is in straight quotes, or behind the mark of a comment, is gone over. */
const GONE_OVER = String.raw`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|${"`"}(?:[^${"`"}\\]|\\.)*${"`"}|(?:\/\/|#|--\s).*`;
const PAIR = String.raw`(^|[\s([{=,:!+?bfru])(?:“([^“”]*)”|‘([^‘’]*)’)`;
const PAIRS = new RegExp(`${GONE_OVER}|${PAIR}`, "g");
const WHOLE_PAIRS = new RegExp(String.raw`${GONE_OVER}|${PAIR}(?=\s*(?:[,\]}:#]|$))`, "g");
