import assert from "node:assert/strict";
import { test } from "node:test";
import { Lazy } from "../../src/extension/lazy.ts";

function counted() {
  const counts = { made: 0, disposed: 0 };
  const lazy = new Lazy(async () => {
    counts.made += 1;
    return { dispose: () => void (counts.disposed += 1) };
  });
  return { lazy, counts };
}

test("a part that nobody wants is never made", () => {
  const { lazy, counts } = counted();
  assert.equal(lazy.made, undefined);
  lazy.dispose();
  assert.deepEqual(counts, { made: 0, disposed: 0 });
});

test("a part is made once for all who want it, and disposed with the extension", async () => {
  const { lazy, counts } = counted();
  const [one, other] = await Promise.all([lazy.get(), lazy.get()]);
  assert.equal(one, other);
  assert.equal(lazy.made, one);
  lazy.dispose();
  assert.deepEqual(counts, { made: 1, disposed: 1 });
});

test("a part that is still being made when the extension ends is disposed when it is there", async () => {
  const { lazy, counts } = counted();
  const making = lazy.get();
  lazy.dispose();
  await making;
  assert.deepEqual(counts, { made: 1, disposed: 1 });
});

test("a part that could not be made is tried again when it is wanted again", async () => {
  const outcomes = [Promise.reject(new Error("no file")), Promise.resolve({ name: "view" })];
  const lazy = new Lazy(() => outcomes.shift() ?? Promise.reject(new Error("no more")));
  await assert.rejects(lazy.get(), /no file/);
  assert.deepEqual(await lazy.get(), { name: "view" });
});
