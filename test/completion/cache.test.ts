import assert from "node:assert/strict";
import { test } from "node:test";
import { SuggestionCache } from "../../src/completion/cache.ts";
import { placeOf } from "../../src/completion/place.ts";
import type { CursorSnapshot } from "../../src/context/snapshot.ts";
import { at } from "../support/carets.ts";

const limits = { entries: 3, chars: 10_000 };

function filled(...entries: readonly (readonly [document: string, text: string])[]): SuggestionCache {
  const cache = new SuggestionCache(limits);
  for (const [index, [document, text]] of entries.entries()) {
    cache.put({ id: String(index), place: placeOf(at(document)), text });
  }
  return cache;
}

function remainders(cache: SuggestionCache, cursor: CursorSnapshot): string[] {
  return [...cache.hits(cursor)].map(({ remainder }) => remainder);
}

test("finds a suggestion from every place on the way through it", () => {
  const cache = filled(["x = ║;", "one + two"]);
  assert.deepEqual(remainders(cache, at("x = ║;")), ["one + two"]);
  assert.deepEqual(remainders(cache, at("x = one║;")), [" + two"]);
  assert.deepEqual(remainders(cache, at("x = one + two║;")), []);
  assert.deepEqual(remainders(cache, at("x = on║e;")), []);
  assert.deepEqual(remainders(cache, at("x =║;")), []);
});

test("finds it again after lines were added far above", () => {
  const far = "// line\n".repeat(50);
  const cache = filled([`${far}x = ║\n`, "one"]);
  assert.deepEqual(remainders(cache, at(`import a;\n${far}x = o║\n`)), ["ne"]);
});

test("tells apart what differs only after the caret", () => {
  const cache = filled(["x = ║\nfirst", "one"], ["x = ║\nsecond", "two"]);
  assert.deepEqual(remainders(cache, at("x = ║\nfirst")), ["one"]);
  assert.deepEqual(remainders(cache, at("x = ║\nthird")), []);
});

test("the start of a document is not found in the middle of one", () => {
  const cache = filled(["║\nrest", "import a;"]);
  assert.deepEqual(remainders(cache, at("imp║\nrest")), ["ort a;"]);
  assert.deepEqual(remainders(cache, at("something else\n║\nrest")), []);
});

test("the newest answer comes first, and one that is given again is kept once", () => {
  const cache = filled(["x = ║", "one"], ["x = o║", "ther"], ["x = ║", "of"], ["x = ║", "one"]);
  assert.equal(cache.size, 3);
  assert.deepEqual(remainders(cache, at("x = o║")), ["ne", "f", "ther"]);
});

test("forgets the oldest beyond its limits", () => {
  const cache = filled(["a║", "1"], ["b║", "2"], ["c║", "3"], ["d║", "4"]);
  assert.equal(cache.size, 3);
  assert.deepEqual(remainders(cache, at("a║")), []);
  const small = new SuggestionCache({ entries: 10, chars: 50 });
  small.put({ id: "1", place: placeOf(at("a║")), text: "x".repeat(30) });
  small.put({ id: "2", place: placeOf(at("b║")), text: "x".repeat(30) });
  assert.equal(small.size, 1);
  assert.equal(remainders(small, at("b║")).length, 1);
});
