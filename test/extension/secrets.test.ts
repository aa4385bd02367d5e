import assert from "node:assert/strict";
import { test } from "node:test";
import { hostOf, keysIn } from "../../src/extension/secrets.ts";
import { ModelError } from "../../src/model/model.ts";

function storage() {
  const kept = new Map<string, string>();
  const secrets = {
    get: (name: string) => Promise.resolve(kept.get(name)),
    store: (name: string, value: string) => Promise.resolve(void kept.set(name, value)),
    delete: (name: string) => Promise.resolve(void kept.delete(name)),
    keys: () => Promise.resolve([...kept.keys()]),
    onDidChange: () => ({ dispose() {} }),
  };
  return { kept, keys: keysIn(secrets) };
}

test("a key is for one server, by whatever path it is asked", async () => {
  const { kept, keys } = storage();
  await keys.store("https://api.example.com/v1", "sk-1");
  assert.deepEqual([...kept], [["key:https://api.example.com", "sk-1"]]);
  assert.equal(await keys.get("https://api.example.com/other"), "sk-1");
  assert.equal(await keys.get("http://api.example.com/v1"), undefined);
  await keys.remove("https://api.example.com");
  assert.deepEqual([...kept], []);
});

test("what is no address has no key, and shares none with others", async () => {
  const { kept, keys } = storage();
  for (const address of ["localhost:8080", "other:1234", "ftp://example.com", "https://me:pw@example.com", ""]) {
    await assert.rejects(
      keys.store(address, "sk-1"),
      (error) => error instanceof ModelError && error.failure.kind === "unreachable",
      address,
    );
    kept.set("key:null", "sk-of-another").set("key:https://example.com", "sk-of-another");
    assert.equal(await keys.get(address), undefined, address);
    await keys.remove(address);
    assert.equal(kept.size, 2);
    kept.clear();
  }
  assert.equal(hostOf("localhost:8080"), "localhost:8080");
  assert.equal(hostOf("https://example.com:8443/v1"), "example.com:8443");
});
