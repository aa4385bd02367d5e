import assert from "node:assert/strict";
import { test } from "node:test";
import { NewErrors } from "../../../src/productivity/activity/newErrors.ts";
import type { Fact } from "../../../src/productivity/records.ts";
import { attributed } from "../../support/editorChanges.ts";

/** A file that was opened a minute ago with one error, and then edited. */
function opened(errors: readonly string[] = ["old"]) {
  const facts: Fact[] = [];
  const watch = new NewErrors({ record: (fact) => facts.push(fact) });
  const look = (fingerprints: readonly string[], atMs: number, uri = "file:///a.ts") =>
    watch.look(uri, "typescript", fingerprints, atMs);
  const edit = (atMs: number) => watch.heed(attributed("typed", "x", { atMs }));
  look(errors, -60_000);
  edit(-1);
  const counted = () => facts.reduce((sum, fact) => sum + (fact.kind === "guard" ? fact.newErrors : 0), 0);
  return { facts, watch, look, edit, counted };
}

test("an error that stays for five seconds is new, once", () => {
  const { facts, watch, look } = opened();
  look(["old", "new"], 0);
  assert.equal(watch.nextDueMs, 5_000);
  watch.tick(4_999);
  assert.deepEqual(facts, []);
  watch.tick(5_000);
  assert.deepEqual(facts, [{ kind: "guard", atMs: 5_000, uri: "file:///a.ts", language: "typescript", newErrors: 1 }]);
  look(["old", "new"], 20_000);
  watch.tick(90_000);
  assert.equal(facts.length, 1);
  assert.equal(watch.nextDueMs, undefined);
});

test("an error that passes while somebody types is none", () => {
  const { watch, look, counted } = opened();
  look(["old", "expected ;"], 0);
  look(["old"], 1_900);
  look(["old", "expected )"], 2_000);
  look(["old"], 6_500);
  watch.tick(100_000);
  assert.equal(counted(), 0);
});

test("what was there at the first look is not new, also where the language server finds it later", () => {
  const { watch, look, edit, counted } = opened();
  look([], 0, "file:///b.ts");
  edit(2_000);
  look(["found late", "found late"], 12_000, "file:///b.ts");
  watch.tick(100_000);
  // Nothing was edited since a file was opened: whatever comes was there.
  look([], 200_000, "file:///c.ts");
  look(["found very late"], 300_000, "file:///c.ts");
  watch.tick(400_000);
  assert.equal(counted(), 0);
});

test("the same complaint once more is one more", () => {
  const { watch, look, counted } = opened(["unused", "unused"]);
  look(["unused", "unused", "unused", "unused"], 0);
  watch.tick(5_000);
  assert.equal(counted(), 2);
});

test("errors that a language server takes away while it looks again are not new when they are back", () => {
  const { watch, look, counted } = opened(["a", "b"]);
  look([], 0);
  watch.tick(20_000);
  look(["a", "b"], 30_000);
  watch.tick(100_000);
  assert.equal(counted(), 0);
});

test("an error that was mended and is made again later is new", () => {
  const { watch, look, counted } = opened(["a"]);
  look([], 0);
  watch.tick(60_000);
  look(["a"], 61_000);
  watch.tick(70_000);
  assert.equal(counted(), 1);
});

test("after a pull or a checkout the errors are not this user's", () => {
  const { watch, look, edit, counted } = opened();
  watch.heed(attributed("disk", "x", { atMs: 0 }));
  edit(1_000);
  look(["old", "theirs"], 10_000);
  watch.tick(50_000);
  assert.equal(counted(), 0);
  look(["old", "theirs", "mine"], 60_000);
  watch.tick(70_000);
  assert.equal(counted(), 1);
});

test("a file that is opened again begins anew, and very many files are not all remembered", () => {
  const { watch, look, edit, counted } = opened(["a"]);
  watch.closed("file:///a.ts");
  look(["a", "b"], 0);
  for (let file = 0; file < 200; file += 1) look([], 1_000, `file:///${file}`);
  edit(40_000);
  // Forgotten, so that it is a first look.
  look(["a", "b", "c"], 50_000);
  watch.tick(100_000);
  assert.equal(counted(), 0);
});
