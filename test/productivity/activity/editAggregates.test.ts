import assert from "node:assert/strict";
import { test } from "node:test";
import { EditAggregates } from "../../../src/productivity/activity/editAggregates.ts";
import type { Fact } from "../../../src/productivity/records.ts";
import { attributed, change, changed, told } from "../../support/editorChanges.ts";

function aggregates() {
  const facts: Fact[] = [];
  let made = 0;
  return { facts, edits: new EditAggregates({ newId: () => `s:${(made += 1)}`, record: (fact) => facts.push(fact) }) };
}

const place = { kind: "edit", uri: "file:///a.ts", language: "typescript" };

test("ten seconds of a file are one record, by where the characters came from", () => {
  const { facts, edits } = aggregates();
  edits.heed(attributed("typed", "a", { atMs: 20_000 }));
  edits.heed(attributed("typed", "bc", { atMs: 21_000 }));
  edits.heed({
    change: change([{ offset: 0, length: 0, text: "suggested" }], { atMs: 22_000 }),
    origin: { kind: "ai", accept: "s:1" },
  });
  edits.heed(attributed("paste", "p".repeat(200), { atMs: 23_000 }));
  edits.heed(attributed("paste", "p".repeat(201), { atMs: 23_500 }));
  for (const [kind, text] of [
    ["bulk", "1"],
    ["formatter", "22"],
    ["disk", "333"],
    ["own", "4444"],
    ["other", "55555"],
  ] as const) {
    edits.heed(attributed(kind, text, { atMs: 24_000 }));
  }
  edits.heed(attributed("undo", "again", { atMs: 25_000 }));
  edits.heed(attributed("undo", "again", { atMs: 25_100 }));
  edits.heed(attributed("redo", "again", { atMs: 25_200 }));
  edits.heed({ change: changed("«gone»!", "!", { atMs: 29_999 }), origin: { kind: "deleted" } });
  assert.equal(edits.nextDueMs, 30_000);
  edits.tick(29_999);
  assert.deepEqual(facts, []);
  edits.tick(30_000);
  assert.deepEqual(told(facts), [
    {
      ...place,
      atMs: 20_000,
      edit: "s:1",
      typedChars: 3,
      aiChars: 9,
      deletedChars: 4,
      pasteChars: 200,
      longPasteChars: 201,
      bulkChars: 1,
      formatterChars: 2,
      diskChars: 3,
      ownChars: 4,
      otherChars: 5,
      undos: 2,
      redos: 1,
      changes: 14,
    },
  ]);
  assert.equal(edits.nextDueMs, undefined);
});

test("no record reaches over the end of ten seconds, and each change names the record in which it is", () => {
  const { facts, edits } = aggregates();
  const first = edits.heed(attributed("typed", "a", { atMs: 29_999 }));
  const same = edits.heed(attributed("typed", "b", { atMs: 29_999 }));
  const next = edits.heed(attributed("typed", "c", { atMs: 30_001 }));
  assert.equal(first, same);
  assert.notEqual(first, next);
  assert.deepEqual(told(facts), [{ ...place, atMs: 20_000, edit: first, typedChars: 2, changes: 2 }]);
  edits.end();
  assert.deepEqual(told(facts.slice(1)), [{ ...place, atMs: 30_000, edit: next, typedChars: 1, changes: 1 }]);
});

test("two files are two records; with very many files at once nothing is lost", () => {
  const { facts, edits } = aggregates();
  for (let file = 0; file < 500; file += 1)
    edits.heed(attributed("typed", "x", { atMs: 1_000, uri: `file:///${file}` }));
  assert.ok(facts.length >= 400, "what is open is bounded");
  edits.end();
  assert.equal(facts.length, 500);
  assert.equal(new Set(facts.map((fact) => "edit" in fact && fact.edit)).size, 500);
});

test("what was selected counts as deleted when it is typed over, and what a key only writes anew does not", () => {
  const { facts, edits } = aggregates();
  edits.heed({ change: changed("«value»", "v", { atMs: 0 }), origin: { kind: "typed" } });
  const dedent = change([{ offset: 0, length: 8, text: "    }" }], { atMs: 1, selectionsBefore: [{ from: 8, to: 8 }] });
  edits.heed({ change: dedent, origin: { kind: "typed" } });
  const completed = change([{ offset: 0, length: 3, text: "forEach" }], {
    atMs: 2,
    selectionsBefore: [{ from: 3, to: 3 }],
  });
  edits.heed({ change: completed, origin: { kind: "other" } });
  edits.end();
  assert.deepEqual(told(facts), [
    { ...place, edit: "s:1", typedChars: 1, deletedChars: 5 + 3, otherChars: 4, changes: 3 },
  ]);
});

test("what was chosen from the editor's list counts with what was typed, and what it writes anew counts once", () => {
  const { facts, edits } = aggregates();
  edits.heed(attributed("typed", "for", { atMs: 0 }));
  const chosen = change([{ offset: 0, length: 3, text: "forEach" }], {
    atMs: 2,
    selectionsBefore: [{ from: 3, to: 3 }],
  });
  edits.heed({ change: chosen, origin: { kind: "completed" } });
  edits.end();
  assert.deepEqual(told(facts), [{ ...place, edit: "s:1", typedChars: 7, changes: 2 }]);
});

test("of a composition the characters count that it leaves, not its keys", () => {
  const { facts, edits } = aggregates();
  const steps: readonly (readonly [length: number, text: string])[] = [
    [0, "n"],
    [1, "ni"],
    [2, "ni'h"],
    [4, "ni'hao"],
    [6, "你好"],
  ];
  for (const [length, text] of steps) {
    const selectionsBefore = [{ from: length, to: length }];
    edits.heed({
      change: change([{ offset: 0, length, text }], { isComposing: text !== "你好", selectionsBefore }),
      origin: { kind: "typed" },
    });
  }
  edits.end();
  assert.deepEqual(told(facts), [{ ...place, edit: "s:1", typedChars: 2, changes: 5 }]);
});

test("an accept counts what it adds, whatever of the line it writes anew, and a line break once", () => {
  const { facts, edits } = aggregates();
  const selectionsBefore = [{ from: 3, to: 3 }];
  edits.heed({
    change: change([{ offset: 0, length: 4, text: "console.log()" }], { selectionsBefore }),
    origin: { kind: "ai", accept: "s:a1" },
  });
  edits.heed({
    change: change([{ offset: 13, length: 0, text: "\r\n  return;\r\n" }], { atMs: 1 }),
    origin: { kind: "ai", accept: "s:a2" },
  });
  edits.heed({
    change: change([{ offset: 13, length: 0, text: "\r\n  " }], { atMs: 2 }),
    origin: { kind: "typed" },
  });
  edits.end();
  assert.deepEqual(told(facts), [{ ...place, edit: "s:1", aiChars: 9 + 11, typedChars: 3, changes: 3 }]);
});

test("a line break that is deleted is one character, as it was one when it was typed, whatever the document's are", () => {
  const { facts, edits } = aggregates();
  edits.heed({
    change: change([{ offset: 0, length: 14, longBreaks: 2, text: "" }]),
    origin: { kind: "deleted" },
  });
  // A completion that writes two lines anew.
  edits.heed({
    change: change([{ offset: 0, length: 8, longBreaks: 1, text: "abc\r\ndefg" }], {
      selectionsBefore: [{ from: 8, to: 8 }],
    }),
    origin: { kind: "completed" },
  });
  edits.end();
  assert.deepEqual(told(facts), [{ ...place, edit: "s:1", typedChars: 1, deletedChars: 12, changes: 2 }]);
});
