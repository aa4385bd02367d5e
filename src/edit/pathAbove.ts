/** The file that a line above a code block names. */

import { languageIdOfPath } from "../context/index/extraction/languageOfPath.ts";

/**
 * A line with nothing but a path, as a heading, in bold, or as code; or one that ends with a colon and names one file, as
 * code. Nothing is known of whether there is such a file.
 */
export function pathAbove(line: string): string | undefined {
  const text = line.slice(0, LONGEST).trim();
  const alone = ALONE.exec(text)?.[1];
  if (alone !== undefined) return PRODUCT.test(alone) ? undefined : alone;
  if (!/[:：]\**$/.test(text)) return undefined;
  const named = new Set(Array.from(text.matchAll(AS_CODE), ([, path = ""]) => path));
  const [only, ...others] = Array.from(named).filter(isOfKnownKind);
  return others.length === 0 ? only : undefined;
}

/** `Array.from` is none. */
function isOfKnownKind(path: string): boolean {
  return !PRODUCT.test(path) && (NO_SOURCE.test(path) || languageIdOfPath(path) !== undefined);
}

const NO_SOURCE = /\.(?:jsonc?|json5|mdx?|toml|ya?ml|html?|xml|sql|vue|svelte|ini|txt)$/i;
/** They are called like files. */
const PRODUCT =
  /^(?:node|vue|next|nuxt|react|three|d3|express|chart|angular|ember|backbone|socket|discord|asp|bun|deno)\.(?:js|io|net)$/i;
const LONGEST = 400;
const PATH = String.raw`[\w@.-]*[\w@-](?:[/\\][\w@.-]+)*\.\w{1,8}`;
const ALONE = new RegExp(
  String.raw`^(?:>\s*)*(?:[-*+]\s+)?(?:#+\s*)?(?:\d+[.)]\s+)?(?:\*\*|__)?(?:(?:file(?:name)?|文件)\s*[:：]?\s*)?(?:\*\*|__)?\s*\x60?(${PATH})\x60?(?:\*\*|__)?\s*(?:\((?:new|updated|changed|modified)[^)]*\))?\s*[:：]?(?:\*\*|__)?$`,
  "i",
);
const AS_CODE = new RegExp(String.raw`\x60(${PATH})\x60`, "g");

/** The one that a diff changes. */
export function pathInDiff(text: string): string | undefined {
  const heads = text.matchAll(/^--- ([^\t\n\r]+).*\r?\n\+\+\+ ([^\t\n\r]+)/gm);
  const [only, ...others] = new Set(Array.from(heads, ([, before = "", after = ""]) => changedPath(before, after)));
  return others.length === 0 && only !== "/dev/null" ? only : undefined;
}

/** Git puts `a/` and `b/` before them; without the one the other is a folder's name. */
function changedPath(before: string, after: string): string {
  return /^(?:a\/|\/dev\/null)/.test(before) ? after.replace(/^b\//, "").trim() : after.trim();
}
