import assert from "node:assert/strict";
import { test } from "node:test";
import { CommitWatch, type RepositoryState } from "../../../src/productivity/activity/commitWatch.ts";

const NOW = 1_000_000_000;

function state(head: string | undefined, more: Partial<RepositoryState> = {}): RepositoryState {
  return { root: "file:///r", head, committedAtMs: NOW, parents: ["a"], ahead: undefined, isRebasing: false, ...more };
}

/** What is made of a second look, `a` having been the head before. */
function next(later: RepositoryState, nowMs = NOW + 1_000) {
  const watch = new CommitWatch();
  assert.equal(watch.look(state("a"), NOW - 60_000), undefined, "the first look finds none");
  return watch.look(later, nowMs);
}

test("a commit is one, with its own time", () => {
  assert.deepEqual(next(state("b")), { root: "file:///r", atMs: NOW });
  assert.deepEqual(next(state("b", { parents: undefined })), { root: "file:///r", atMs: NOW });
  assert.deepEqual(next(state("b", { ahead: 1 })), { root: "file:///r", atMs: NOW });
});

test("the same head again is none", () => {
  assert.equal(next(state("a")), undefined);
});

test("a pull, a checkout and a reset bring older commits, or others' commits", () => {
  assert.equal(next(state("b"), NOW + 120_001), undefined);
  assert.equal(next(state("b", { parents: ["x"] })), undefined);
  assert.equal(next(state("b", { ahead: 0 })), undefined, "a colleague's commit of a moment ago");
  assert.equal(next(state("b", { committedAtMs: undefined })), undefined, "nothing is known of it");
  assert.equal(next(state("b", { committedAtMs: NOW + 60_000 })), undefined, "from the future");
});

test("a merge, an amended commit and the steps of a rebase are none", () => {
  assert.equal(next(state("b", { parents: ["a", "theirs"] })), undefined);
  assert.equal(next(state("b", { parents: ["the parent of a"] })), undefined);
  assert.equal(next(state("b", { isRebasing: true })), undefined);
});

test("the first commit of a repository is one", () => {
  const watch = new CommitWatch();
  watch.look(state(undefined, { parents: undefined, committedAtMs: undefined }), NOW);
  assert.deepEqual(watch.look(state("a", { parents: [] }), NOW), { root: "file:///r", atMs: NOW });
});

test("each repository has a head of its own, and one that is opened again begins anew", () => {
  const watch = new CommitWatch();
  watch.look(state("a"), NOW);
  watch.look(state("z", { root: "file:///s" }), NOW);
  assert.equal(watch.look(state("b", { root: "file:///s" }), NOW), undefined, "its head was z");
  assert.deepEqual(watch.look(state("b"), NOW), { root: "file:///r", atMs: NOW });
  watch.removed("file:///r");
  assert.equal(watch.look(state("c", { parents: ["b"] }), NOW), undefined);
});
