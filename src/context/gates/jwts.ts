/** JSON Web Tokens (RFC 7519), also where their parts stand in lines of their own, and where they are cut. */

import { isRandom } from "./randomness.ts";
import type { Span } from "./spans.ts";

/** `text` is a whole one: what it begins with may be the rest of a token. */
export function jwts(text: string): readonly Span[] {
  const spans: Span[] = [];
  const rest = REST_AT_START.exec(text)?.[0];
  if (rest !== undefined && isRandom(rest)) spans.push({ start: 0, end: rest.length });
  // A line break has no use in a token, and where there is none this is all that it costs.
  for (let at = text.indexOf("eyJ"); at !== -1; at = text.indexOf("eyJ", at)) {
    const end = endOfJwt(text, at);
    if (end > at) spans.push({ start: at, end });
    at = Math.max(end, at + 3);
  }
  return spans;
}

/** `start` where there is none. */
function endOfJwt(text: string, start: number): number {
  const first = partAt(text, start);
  if (first.length < LEAST_PART_CHARS || BEFORE.test(text.slice(Math.max(0, start - 8), start))) return start;
  let end = start + first.length;
  let hasDot = false;
  for (let parts = 1; parts < MOST_PARTS; parts += 1) {
    BETWEEN.lastIndex = end;
    const between = BETWEEN.exec(text)?.[0] ?? "";
    const next = partAt(text, end + between.length);
    hasDot ||= between.includes(".");
    // Behind a dot in the same line comes what belongs to it, however short; elsewhere code may come.
    const isPart = between === "." || (between !== "" && next.length >= LEAST_PART_CHARS && isRandom(next));
    if (!isPart || (next === "" && !hasDot)) break;
    end += between.length + next.length;
  }
  // The first part says only how it is signed.
  const isWhole = hasDot || (first.length >= LEAST_ALONE_CHARS && isRandom(first));
  return isWhole ? end : start;
}

function partAt(text: string, at: number): string {
  PART.lastIndex = at;
  return PART.exec(text)?.[0] ?? "";
}

const PART = /[\w-]*/y;
/** The dot, and what joins strings and lines. */
const BETWEEN = /[."'`+\\,\s#>|]{1,40}/y;
/** In these it is the start of any text to the base of 64, such as a source map. */
const BEFORE = /[\w/+-]$|base64,$/;
/** From the middle of its second part, or of its first one. */
const REST_AT_START = /^[\w-]{12,4000}(?:\.[\w-]{20,4000})?\.[\w-]{40,600}(?![\w-])/;
const LEAST_ALONE_CHARS = 64;
const LEAST_PART_CHARS = 16;
/** So many lines, each of which has a part of it. */
const MOST_PARTS = 60;
