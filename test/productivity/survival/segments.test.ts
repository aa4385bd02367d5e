import assert from "node:assert/strict";
import { test } from "node:test";
import { array, assert as assertAll, boolean, constantFrom, nat, property, record } from "fast-check";
import { type Owner, Segments } from "../../../src/productivity/survival/segments.ts";

const owner = (keepsPlace = false): Owner => ({ chars: 0, segments: 0, keepsPlace, hasPlace: false });

function accepted(text: string, at: number): { segments: Segments<Owner>; one: Owner } {
  const segments = new Segments<Owner>();
  const one = owner();
  segments.add(at, at + text.length, one);
  return { segments, one };
}

test("of hello world, accepted at 5, seven characters are left when “lo w” is deleted", () => {
  const { segments, one } = accepted("hello world", 5);
  segments.replace(5 + 3, 4, 0);
  assert.equal(one.chars, 7);
});

test("what is written inside splits it and does not count", () => {
  const { segments, one } = accepted("hello world", 5);
  segments.replace(8, 4, 0);
  segments.replace(7, 0, 2);
  assert.equal(one.chars, 7);
  assert.deepEqual(
    [...segments.all()].map(({ from, to }) => [from, to]),
    [
      [5, 7],
      [9, 10],
      [10, 14],
    ],
  );
});

test("what is typed again is not the model's", () => {
  const { segments, one } = accepted("hello world", 5);
  segments.replace(8, 4, 0);
  segments.replace(8, 0, 4);
  assert.equal(one.chars, 7);
});

test("all edits leave what a model of single characters leaves", () => {
  const edit = record({
    kind: constantFrom("replace", "accept"),
    at: nat(400),
    length: nat(30),
    newLength: nat(30),
    keepsPlace: boolean(),
  });
  assertAll(
    property(array(edit, { maxLength: 200 }), (edits) => {
      const segments = new Segments<Owner>();
      let characters: (Owner | undefined)[] = Array.from({ length: 300 });
      const owners: Owner[] = [];
      for (const { kind, at, length, newLength, keepsPlace } of edits) {
        const offset = Math.min(at, characters.length);
        const removed = kind === "accept" ? 0 : Math.min(length, characters.length - offset);
        segments.replace(offset, removed, newLength);
        const one = kind === "accept" && newLength > 0 ? owner(keepsPlace) : undefined;
        characters.splice(offset, removed, ...Array.from({ length: newLength }, () => one));
        if (!one) continue;
        segments.add(offset, offset + newLength, one);
        owners.push(one);
      }
      for (const one of owners) assert.equal(one.chars, characters.filter((each) => each === one).length);
      const pieces = [...segments.all()];
      let last = 0;
      for (const { from, to, owner: of } of pieces) {
        assert.ok(from >= last, "in order");
        assert.ok(characters.slice(from, to).every((each) => each === of));
        last = to;
      }
      assert.equal(
        pieces.reduce((sum, { from, to }) => sum + to - from, 0),
        characters.filter((each) => each !== undefined).length,
      );
      characters = [];
    }),
    { numRuns: 300 },
  );
});
