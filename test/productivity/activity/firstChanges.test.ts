import assert from "node:assert/strict";
import { test } from "node:test";
import { ChangeOrigins } from "../../../src/productivity/activity/changeOrigin.ts";
import { FirstChanges } from "../../../src/productivity/activity/firstChanges.ts";
import type { EditorEvent } from "../../../src/productivity/editorEvents.ts";
import { changed } from "../../support/editorChanges.ts";

const uri = "file:///a.ts";
const pastedLines = (atMs: number) =>
  changed("one\n║two\n", "one\nnew\nlines\ntwo\n", { isDirty: false, isActive: true, atMs });
const selection: EditorEvent = { kind: "selection", uri, atMs: 11, selections: [], cause: undefined };

function passed() {
  const events: EditorEvent[] = [];
  const origins = new ChangeOrigins();
  const kinds: string[] = [];
  const first = new FirstChanges((event) => {
    events.push(event);
    if (event.kind === "change") kinds.push(origins.originOf(event).kind);
  });
  return { first, events, kinds };
}

test("lines that are pasted first into a file that was just opened or saved are a paste", () => {
  const { first, events, kinds } = passed();
  first.heed(pastedLines(10));
  assert.equal(events.length, 0);
  assert.equal(first.nextDueMs, 60);
  first.heed({ kind: "dirtied", uri, atMs: 10 });
  assert.deepEqual(kinds, ["paste"]);
  assert.equal(first.nextDueMs, undefined);
});

test("lines that another program has written at the caret are read from the disk", () => {
  const { first, kinds } = passed();
  first.heed(pastedLines(10));
  first.tick(59);
  assert.deepEqual(kinds, []);
  first.tick(60);
  assert.deepEqual(kinds, ["disk"]);
});

test("what happens meanwhile keeps its order and its time, and another document's word is not taken for it", () => {
  const { first, events, kinds } = passed();
  const other = "file:///b.ts";
  first.heed(pastedLines(10));
  first.heed({ kind: "dirtied", uri: other, atMs: 10 });
  first.heed(selection);
  first.heed({ ...pastedLines(12), uri: other });
  first.heed({ kind: "dirtied", uri, atMs: 13 });
  assert.deepEqual(kinds, ["paste"]);
  first.end();
  assert.deepEqual(kinds, ["paste", "disk"]);
  assert.deepEqual(
    events.map(({ kind, atMs }) => [kind, atMs]),
    [
      ["change", 10],
      ["dirtied", 10],
      ["selection", 11],
      ["change", 12],
    ],
  );
});

test("a change that is dirty, an undo, what is saved and what Pairwise writes do not wait", () => {
  const { first, events } = passed();
  first.heed({ ...pastedLines(1), isDirty: true });
  first.heed({ ...pastedLines(2), reason: "undo" });
  first.heed({ ...pastedLines(3), isSaving: true });
  first.heed({ ...pastedLines(4), isOwn: true });
  assert.equal(events.length, 4);
});

test("nobody waits for ever: with many events behind it the change is passed on as it is", () => {
  const { first, events } = passed();
  first.heed(pastedLines(10));
  for (let count = 0; count < 70; count += 1) first.heed(selection);
  assert.equal(events.length, 71);
});
