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
  const named = Array.from(text.matchAll(AS_CODE), ([, path = ""]) => path);
  // `Array.from` is none.
  const [only, ...others] = named.filter((path) => languageIdOfPath(path) !== undefined);
  return others.length === 0 ? only : undefined;
}

/** They are called like files. */
const PRODUCT =
  /^(?:node|vue|next|nuxt|react|three|d3|express|chart|angular|ember|backbone|socket|discord|asp|bun|deno)\.(?:js|io|net)$/i;
const LONGEST = 400;
const PATH = String.raw`[\w@.-]*[\w@-](?:[/\\][\w@.-]+)*\.\w{1,8}`;
const ALONE = new RegExp(
  String.raw`^(?:#+\s*|[-*]\s+|\d+[.)]\s+)?(?:\*\*|__)?(?:(?:file(?:name)?|文件)\s*[:：]?\s*)?(?:\*\*|__)?\s*\x60?(${PATH})\x60?(?:\*\*|__)?\s*(?:\((?:new|updated|changed|modified)[^)]*\))?\s*[:：]?(?:\*\*|__)?$`,
  "i",
);
const AS_CODE = new RegExp(String.raw`\x60(${PATH})\x60`, "g");

/** The one that a diff changes. */
export function pathInDiff(text: string): string | undefined {
  const [only, ...others] = new Set(
    Array.from(text.matchAll(/^\+\+\+ (?:b\/)?([^\t\n\r]+)/gm), ([, path]) => path?.trim()),
  );
  return others.length === 0 && only !== "/dev/null" ? only : undefined;
}
