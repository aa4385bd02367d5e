import assert from "node:assert/strict";
import { test } from "node:test";
import { mayStart } from "../../src/extension/checkStart.ts";
import { formsOf, storeMended } from "../../src/extension/mendedKey.ts";

test("a check begins without a word only where every host that it would ask was confirmed", () => {
  assert.ok(mayStart([], new Set()));
  assert.ok(mayStart(["a:1"], new Set(["a:1", "b:2"])));
  assert.ok(!mayStart(["api.openai.com"], new Set()));
  assert.ok(!mayStart(["a:1", "api.openai.com"], new Set(["a:1"])));
});

test("a key that was entered while the check ran stays, and the one that was checked is stored mended", async () => {
  const kept = new Map([["https://a/v1", "Bearer sk-old"]]);
  const keys = {
    get: async (address: string) => kept.get(address),
    store: async (address: string, key: string) => void kept.set(address, key),
    remove: async (address: string) => void kept.delete(address),
  };
  await storeMended(keys, "https://a/v1", "Bearer sk-old");
  assert.equal(kept.get("https://a/v1"), "sk-old");
  kept.set("https://a/v1", "sk-new");
  await storeMended(keys, "https://a/v1", "Bearer sk-old");
  assert.equal(kept.get("https://a/v1"), "sk-new");
});

test("what a server may repeat of a key is that which is kept, and that which is sent", () => {
  assert.deepEqual(formsOf("Bearer sk-0123\n"), ["Bearer sk-0123\n", "Bearer sk-0123", "Bearersk-0123", "sk-0123"]);
  assert.deepEqual(formsOf("  "), []);
});
