/** Lines that look like code and repeat each other, and edits of them, for fast-check. */

import * as fc from "fast-check";
import type { TextChange } from "../../src/context/sources/edits.ts";

const line = fc.oneof(
  { arbitrary: fc.constantFrom("", "  ", "}", "  });", "end", "  }"), weight: 2 },
  {
    arbitrary: fc
      .tuple(
        fc.constantFrom("", "  ", "    ", "\t"),
        fc.array(fc.constantFrom("total", "item", "price", "tax", "load", "save")),
      )
      .map(([indentation, names]) => `${indentation}${names.join("(")}`),
    weight: 3,
  },
);

export const codeText = fc.array(line, { maxLength: 60 }).map((lines) => lines.join("\n"));

/** Places are shares of what there is, so that they fit any text. */
export const edits = fc.array(
  fc.record({
    from: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.oneof({ arbitrary: fc.constant(0), weight: 3 }, fc.nat({ max: 60 })),
    text: fc.oneof(fc.constantFrom("x", "\n", "total(", " "), codeText),
  }),
  { maxLength: 12 },
);

export interface Edited {
  readonly text: string;
  readonly change: TextChange;
}

/** The text after an edit, and the edit as the editor tells it. */
export function applied(
  text: string,
  edit: { readonly from: number; readonly length: number; readonly text: string },
): Edited {
  const from = Math.floor(edit.from * text.length);
  const to = Math.min(text.length, from + edit.length);
  const change = { start: placeOf(text, from), end: placeOf(text, to), text: edit.text };
  return { text: text.slice(0, from) + edit.text + text.slice(to), change };
}

function placeOf(text: string, offset: number): { readonly line: number; readonly character: number } {
  const lines = text.slice(0, offset).split("\n");
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}
