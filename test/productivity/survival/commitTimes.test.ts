import assert from "node:assert/strict";
import { test } from "node:test";
import { CommitTimes } from "../../../src/productivity/survival/commitTimes.ts";

const repository = (root: string) => ({ root, isIn: (uri: string) => uri.startsWith(`${root}/`) });
const SHOP = repository("file:///shop");
const ZOO = repository("file:///zoo");
const FILE = "file:///shop/cart.ts";

test("the next commit is the first one at the accept's time or after it, in the file's own repository", () => {
  const times = new CommitTimes();
  times.add(SHOP, [100, 200, 300]);
  times.add(ZOO, [150]);
  const after = times.firstAfterIn(FILE);
  assert.deepEqual([50, 100, 101, 300, 301].map(after), [100, 100, 200, 300, undefined]);
  assert.equal(times.firstAfterIn("file:///elsewhere/a.ts")(0), undefined);
});

test("what is recalled of a thousand commits does not push out those of another repository, nor a later one", () => {
  const times = new CommitTimes();
  times.add(SHOP, [5_000]);
  times.add(
    ZOO,
    Array.from({ length: 1_000 }, (_, at) => at),
  );
  times.add(
    SHOP,
    Array.from({ length: 1_000 }, (_, at) => at),
  );
  const after = times.firstAfterIn(FILE);
  assert.deepEqual([after(1_000), after(500), after(0)], [5_000, 500, 1], "the earliest of more than are kept is gone");
});

test("in a repository within a repository it is the first of both", () => {
  const times = new CommitTimes();
  times.add(repository("file:///shop/parts"), [400]);
  times.add(SHOP, [300, 500]);
  const after = times.firstAfterIn("file:///shop/parts/a.ts");
  assert.deepEqual([after(0), after(301), after(401)], [300, 400, 500]);
});
