import assert from "node:assert/strict";
import { test } from "node:test";
import {
  COMMITS_LOOKED_AT,
  CommitWatch,
  type LoggedCommit,
  type RepositoryState,
} from "../../../src/productivity/activity/commitWatch.ts";

/** When `a` was seen as the head. */
const SINCE = 1_800_000_000_000;
const MINUTE = 60_000;
const OWN = "keeper@zoo.example";

function commit(hash: string, parent: string | undefined, more: Partial<LoggedCommit> = {}): LoggedCommit {
  const atMs = more.committedAtMs ?? SINCE + MINUTE;
  const parents = parent === undefined ? [] : [parent];
  return { hash, parents, authoredAtMs: atMs, committedAtMs: atMs, email: OWN, ...more };
}

function state(head: string | undefined, log: readonly LoggedCommit[], more: Partial<RepositoryState> = {}) {
  return { root: "file:///r", head, log, emails: [OWN], ahead: undefined, isRebasing: false, ...more };
}

/** What is made of a second look an hour later, `a` having been the head before. */
function next(later: RepositoryState, nowMs = SINCE + 60 * MINUTE): readonly number[] {
  const watch = new CommitWatch();
  assert.deepEqual(watch.look(state("a", []), SINCE), [], "the first look finds none");
  return watch.look(later, nowMs).map(({ atMs }) => atMs - SINCE);
}

test("a commit is one at its own time, also when it is noticed an hour later", () => {
  assert.deepEqual(next(state("b", [commit("b", "a")])), [MINUTE + 999]);
});

test("a commit that was pushed before anybody looked is one", () => {
  assert.deepEqual(next(state("b", [commit("b", "a")], { ahead: 0 })), [MINUTE + 999]);
  const written = { email: "Keeper@Zoo.example" };
  assert.deepEqual(next(state("b", [commit("b", "a", written)], { ahead: 0 })), [MINUTE + 999]);
});

test("several commits between two looks are as many, in their order", () => {
  const log = [commit("c", "b", { committedAtMs: SINCE + 2 * MINUTE }), commit("b", "a")];
  assert.deepEqual(next(state("c", log, { ahead: 1 })), [MINUTE + 999, 2 * MINUTE + 999]);
});

test("with another address, too, what the remote branch lacks was made here", () => {
  const log = [commit("c", "b", { email: "other@zoo.example" }), commit("b", "a", { email: "other@zoo.example" })];
  assert.deepEqual(next(state("c", log, { ahead: 1, emails: [] })), [MINUTE + 999]);
});

test("git's dates have whole seconds: what was accepted just before it is in it, and none is in the future", () => {
  assert.deepEqual(next(state("b", [commit("b", "a")]), SINCE + MINUTE + 300), [MINUTE + 300]);
});

test("the same head again is none", () => {
  assert.deepEqual(next(state("a", [commit("a", "z")])), []);
});

test("what colleagues have made and is pulled is none, beside own commits too", () => {
  const theirs = { email: "colleague@zoo.example" };
  assert.deepEqual(next(state("b", [commit("b", "a", theirs)], { ahead: 0 })), [], "of some minutes ago");
  const log = [commit("c", "b", { committedAtMs: SINCE + 2 * MINUTE }), commit("b", "a", theirs)];
  assert.deepEqual(next(state("c", log, { ahead: 1 })), [2 * MINUTE + 999]);
});

test("where nobody can tell whose it is, a single young one is", () => {
  const theirs = { email: "unknown@zoo.example" };
  assert.deepEqual(next(state("b", [commit("b", "a", theirs)]), SINCE + 2 * MINUTE), [MINUTE + 999]);
  assert.deepEqual(next(state("b", [commit("b", "a", theirs)])), []);
  const log = [commit("c", "b", theirs), commit("b", "a", theirs)];
  assert.deepEqual(next(state("c", log), SINCE + 2 * MINUTE), []);
});

test("a checkout, a reset and an amended commit are none", () => {
  assert.deepEqual(next(state("x", [commit("x", "y"), commit("y", undefined)])), [], "another branch");
  assert.deepEqual(next(state("z", [commit("z", undefined)])), [], "back");
  assert.deepEqual(next(state("b", [commit("b", "z"), commit("z", undefined)])), [], "in the place of a");
  const old = { committedAtMs: SINCE - MINUTE };
  assert.deepEqual(next(state("b", [commit("b", "a", old)])), [], "forward to a branch that was there before");
  assert.deepEqual(next(state("b", [])), [], "git does not say");
  assert.deepEqual(
    next(state("b", [commit("b", "a", { committedAtMs: SINCE + 120 * MINUTE })])),
    [],
    "from the future",
  );
});

test("a merge is none, and the steps of a rebase are none, while it goes on and behind it", () => {
  const merge = commit("m", "a", { parents: ["a", "theirs"] });
  assert.deepEqual(next(state("m", [merge, commit("theirs", "a")])), []);
  assert.deepEqual(next(state("b", [commit("b", "a")], { isRebasing: true })), []);
  const again = { authoredAtMs: SINCE - 60 * MINUTE };
  assert.deepEqual(next(state("b", [commit("b", "a", again)], { ahead: 3 })), []);
});

test("a commit on a branch that is then taken over by another one is told of once", () => {
  const watch = new CommitWatch();
  const log = [commit("b", "a")];
  watch.look(state("a", []), SINCE);
  assert.equal(watch.look(state("b", log), SINCE + MINUTE + 2_000).length, 1);
  assert.equal(watch.look(state("a", log), SINCE + MINUTE + 3_000).length, 0);
  assert.equal(watch.look(state("b", log), SINCE + MINUTE + 4_000).length, 0);
});

test("the first commit of a repository is one", () => {
  const watch = new CommitWatch();
  watch.look(state(undefined, []), SINCE);
  assert.equal(watch.look(state("a", [commit("a", undefined)]), SINCE + 2 * MINUTE).length, 1);
});

test("more than can be looked through at once are none", () => {
  const chain = (count: number) =>
    Array.from({ length: count }, (_, at) =>
      commit(String(count - at), at === count - 1 ? "a" : String(count - at - 1)),
    );
  assert.equal(next(state(String(COMMITS_LOOKED_AT), chain(COMMITS_LOOKED_AT))).length, COMMITS_LOOKED_AT);
  assert.equal(next(state(String(COMMITS_LOOKED_AT + 1), chain(COMMITS_LOOKED_AT + 1))).length, 0);
});

test("each repository has a head of its own, and one that is opened again begins anew", () => {
  const watch = new CommitWatch();
  const other = { root: "file:///s" };
  watch.look(state("a", []), SINCE);
  watch.look(state("z", [], other), SINCE);
  assert.deepEqual(watch.look(state("b", [commit("b", "a")], other), SINCE + 2 * MINUTE), [], "its head was z");
  assert.equal(watch.look(state("b", [commit("b", "a")]), SINCE + 2 * MINUTE).length, 1);
  watch.removed("file:///r");
  assert.deepEqual(watch.look(state("c", [commit("c", "b")]), SINCE + 2 * MINUTE), []);
});
