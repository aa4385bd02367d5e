/** Which characters of a text count: a line break is one, whatever the document's are. */

import type { Stretch } from "./segments.ts";

/**
 * The stretches of a text that stands at `from`, without the second characters of its line breaks, in terms of the document. So
 * figures are the same whatever a document's line breaks are, and the same as in all other records, while nothing has to be read
 * again when some of it is taken away. An empty text is one empty stretch.
 */
export function countedStretches(text: string, from: number): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let start = 0;
  for (let at = text.indexOf("\r\n"); at !== -1; at = text.indexOf("\r\n", start)) {
    stretches.push({ from: from + start, to: from + at + 1 });
    start = at + 2;
  }
  if (start < text.length || stretches.length === 0) stretches.push({ from: from + start, to: from + text.length });
  return stretches;
}
