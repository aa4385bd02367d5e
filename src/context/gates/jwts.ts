/** JSON Web Tokens (RFC 7519), also where their parts stand in lines of their own, and where they are cut. */

import { isRandom } from "./randomness.ts";
import type { Span } from "./spans.ts";

/** `text` is a whole one: what it begins with may be the rest of a token. */
export function jwts(text: string): readonly Span[] {
  const spans: Span[] = [];
  const rest = REST_AT_START.exec(text)?.[0];
  if (rest !== undefined && isRandom(rest)) spans.push({ start: 0, end: rest.length });
  for (let at = text.indexOf("eyJ"); at !== -1; at = text.indexOf("eyJ", at)) {
    // In the middle of something, or the start of any text to the base of 64, such as a source map.
    const isStart = !BEFORE.test(text.slice(Math.max(0, at - 8), at));
    const { end, isJwt } = isStart ? jwtAt(text, at) : { end: at, isJwt: false };
    if (isJwt) spans.push({ start: at, end });
    at = Math.max(end, at + 3);
  }
  return spans;
}

/** How far it goes, and whether it is one: the first part alone says only how a token is signed. */
function jwtAt(text: string, start: number): { readonly end: number; readonly isJwt: boolean } {
  const first = partAt(text, start);
  let end = start + first.length;
  if (first.length < LEAST_PART_CHARS) return { end, isJwt: false };
  let isJwt = first.length >= LEAST_ALONE_CHARS && isRandom(first);
  for (let parts = 1; parts < MOST_PARTS; parts += 1) {
    BETWEEN.lastIndex = end;
    const between = BETWEEN.exec(text)?.[0] ?? "";
    const next = partAt(text, end + between.length);
    // Behind a dot in the same line comes what belongs to it, however short; elsewhere code may come.
    const isPart = between === "." || (between !== "" && next.length >= LEAST_PART_CHARS && isRandom(next));
    if (!isPart) break;
    isJwt ||= between.includes(".") || next.length >= LEAST_ALONE_CHARS;
    end += between.length + next.length;
  }
  return { end, isJwt };
}

function partAt(text: string, at: number): string {
  PART.lastIndex = at;
  return PART.exec(text)?.[0] ?? "";
}

const PART = /[\w-]*/y;
/** The dot, and what joins strings and lines. */
const BETWEEN = /[."'`+\\,\s#>|]{1,40}/y;
const BEFORE = /[\w/+-]$|base64,$/;
/** From the middle of its second part, or of its first one. */
const REST_AT_START = /^[\w-]{12,4000}(?:\.[\w-]{20,4000})?\.[\w-]{40,600}(?![\w-])/;
const LEAST_ALONE_CHARS = 64;
const LEAST_PART_CHARS = 16;
/** So many lines, each of which has a part of it. */
const MOST_PARTS = 60;
