import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import type { Piece } from "../../src/context/pieces.ts";
import { lengthOf, selectPieces, type SelectionBudget } from "../../src/context/selection.ts";

function piece(id: string, value: number, more: Partial<Piece> = {}): Piece {
  const text = "x".repeat(50);
  return { id, source: "map", path: "a", line: 0, text, value, reason: { kind: "related" }, ...more };
}

const roomy: SelectionBudget = { mostChars: 10_000, otherWeight: 1, inertia: 0.1 };
const ids = (pieces: readonly Piece[]) => pieces.map(({ id }) => id).join(" ");

test("what is worth most for its length is shown, as far as there is room", () => {
  const dear = piece("dear", 0.5, { text: "x".repeat(500) });
  const candidates = [dear, piece("one", 0.3), piece("two", 0.2)];
  assert.equal(ids(selectPieces([], candidates, { ...roomy, mostChars: 120 })), "one two");
});

test("the file with the most valuable pieces stands nearest to the caret, its pieces in the file's order", () => {
  const candidates = [
    piece("b2", 0.9, { path: "b", line: 20 }),
    piece("b1", 0.1, { path: "b", line: 10 }),
    piece("a1", 0.5, { path: "a" }),
  ];
  assert.equal(ids(selectPieces([], candidates, roomy)), "a1 b1 b2");
});

test("a little more value moves nothing", () => {
  const shown = [piece("one", 0.5), piece("two", 0.5)];
  const candidates = [piece("three", 0.09), ...shown];
  assert.deepEqual(selectPieces(shown, candidates, roomy), shown);
});

test("much more value is added behind what is shown", () => {
  const shown = [piece("one", 0.5), piece("two", 0.5)];
  assert.equal(ids(selectPieces(shown, [piece("three", 0.9), ...shown], roomy)), "one two three");
});

test("what is not named any more goes at once: it may not be there any more, or not be allowed", () => {
  const shown = [piece("old", 0.5), piece("kept", 0.5)];
  assert.equal(ids(selectPieces(shown, [piece("kept", 0.5)], roomy)), "kept");
  assert.equal(ids(selectPieces(shown, [piece("kept", 0.5), piece("new", 0.1)], roomy)), "kept new");
});

test("with less room what is worth least goes, and enough of it for the next keys", () => {
  const shown = Array.from({ length: 20 }, (_, index) => piece(`p${index}`, 0.1 + index / 100));
  const room = lengthOf(shown, 1) - 10;
  const kept = selectPieces(shown, shown, { ...roomy, mostChars: room });
  assert.ok(lengthOf(kept, 1) <= room * 0.85);
  assert.equal(kept.at(-1)?.id, "p19");
  assert.ok(!kept.some(({ id }) => id === "p0"));
});

test("pieces in a script of many tokens count for more", () => {
  const chinese = Array.from({ length: 10 }, (_, index) => piece(`c${index}`, 0.5, { text: "返回总和".repeat(10) }));
  const selected = selectPieces([], chinese, { mostChars: 1_000, otherWeight: 5, inertia: 0 });
  assert.equal(selected.length, 4);
});

test("whatever is shown and named: within the budget, nothing twice, and asked again the same", () => {
  const pieces = fc.array(
    fc.record({
      id: fc.integer({ min: 0, max: 30 }),
      value: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.nat(400),
    }),
    { maxLength: 30 },
  );
  const made = (all: readonly { id: number; value: number; length: number }[]) =>
    Array.from(new Map(all.map((each) => [each.id, each])).values(), ({ id, value, length }) =>
      piece(String(id), value, { text: "y".repeat(length), path: `f${id % 4}`, line: id }),
    );
  fc.assert(
    fc.property(pieces, pieces, fc.integer({ min: 0, max: 3_000 }), (one, other, mostChars) => {
      const budget = { ...roomy, mostChars };
      const first = selectPieces([], made(one), budget);
      const second = selectPieces(first, made(other), budget);
      for (const selected of [first, second]) {
        assert.ok(lengthOf(selected, 1) <= mostChars);
        assert.equal(new Set(selected.map(({ id }) => id)).size, selected.length);
      }
      assert.deepEqual(
        selectPieces(first, made(one), budget).map(({ id }) => id),
        first.map(({ id }) => id),
      );
    }),
  );
});
