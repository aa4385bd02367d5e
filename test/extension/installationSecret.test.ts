import assert from "node:assert/strict";
import { test } from "node:test";
import { installationSecret } from "../../src/extension/installationSecret.ts";

type SecretStorage = Parameters<typeof installationSecret>[0];

/** The part of VS Code's that is used, for all windows. */
function storage(kept = new Map<string, string>()): SecretStorage {
  return {
    get: (key: string) => Promise.resolve(kept.get(key)),
    store: (key: string, value: string) => Promise.resolve(void kept.set(key, value)),
  } as unknown as SecretStorage;
}

test("the same secret comes back at the next start", async () => {
  const secrets = storage();
  const first = await installationSecret(secrets, 0);
  assert.equal(first.length, 32);
  assert.deepEqual(await installationSecret(secrets, 0), first);
  assert.notDeepEqual(await installationSecret(storage(), 0), first);
});

test("two windows that start for the first time have one secret", async () => {
  const secrets = storage();
  const [one, other] = await Promise.all([installationSecret(secrets, 20), installationSecret(secrets, 20)]);
  assert.deepEqual(one, other);
});

test("without a secret storage nothing is counted, and that is the reason", async () => {
  const broken = { get: () => Promise.reject(new Error("no keyring")) } as unknown as SecretStorage;
  await assert.rejects(installationSecret(broken, 0), { trouble: { reason: "no-secret", detail: "Error" } });
  const forgetful = { ...storage(), get: () => Promise.resolve(undefined) } as unknown as SecretStorage;
  await assert.rejects(installationSecret(forgetful, 0), { trouble: { reason: "no-secret", detail: "not kept" } });
});
