import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { ChunkedText } from "../../bench/headless/chunkedText.ts";

const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(30_000),
  chars: fc.nat(30_000),
});

test("edits anywhere in a long document leave the text that they leave in a string", () => {
  fc.assert(
    fc.property(fc.nat(100_000), fc.array(edit, { maxLength: 8 }), (chars, edits) => {
      let expected = numbered(chars);
      const text = new ChunkedText(expected);
      for (const [index, { at, length: most, chars: inserted }] of edits.entries()) {
        const start = Math.floor(at * expected.length);
        const length = Math.min(most, expected.length - start);
        const insert = numbered(inserted, index);
        text.replace(start, length, insert);
        expected = expected.slice(0, start) + insert + expected.slice(start + length);
        assert.equal(text.length, expected.length);
        assert.equal(text.slice(start, start + 10), expected.slice(start, start + 10));
        const lines = expected.slice(0, start + insert.length).split("\n");
        const position = { line: lines.length - 1, character: lines.at(-1)?.length };
        assert.deepEqual(text.positionAt(start + insert.length), position);
      }
      assert.equal(text.toString(), expected);
      const [from, to] = [Math.floor(expected.length / 3), Math.floor(expected.length / 2)];
      assert.equal(text.slice(from, to), expected.slice(from, to));
    }),
    { numRuns: 100, seed: 5 },
  );
});

/** A text in which every place looks different. */
function numbered(chars: number, from = 0): string {
  let text = "";
  for (let number = from * 100_000; text.length < chars; number += 1)
    text += `${number}${number % 3000 === 7 ? "\n" : ","}`;
  return text.slice(0, chars);
}
