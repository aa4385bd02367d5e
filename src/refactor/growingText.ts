/** How a text that is streamed grows in a document that the user may write in meanwhile. */

export interface Growth {
  /** Offset in the document's text, in UTF-16 code units; all behind it goes. */
  readonly from: number;
  readonly added: string;
}

/**
 * `undefined` where nothing is to be done. In a text that is not the one that was written any more, what comes behind that
 * is put at its end, and nothing else is changed.
 * @param now what stands in the document
 * @param written what was put there before
 * @param next what is to stand there
 */
export function growthOf(now: string, written: string, next: string): Growth | undefined {
  if (now !== written) {
    if (!next.startsWith(written) || next === written) return undefined;
    return { from: now.length, added: next.slice(written.length) };
  }
  if (next === written) return undefined;
  let from = 0;
  while (from < now.length && now[from] === next[from]) from += 1;
  // An edit may not begin within a character.
  if (isHighSurrogate(next.charCodeAt(from - 1))) from -= 1;
  return { from, added: next.slice(from) };
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
