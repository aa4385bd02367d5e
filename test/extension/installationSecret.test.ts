import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { installationSecret } from "../../src/extension/installationSecret.ts";

async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), "pairwise-secret-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

test("the same secret comes back at the next start, and no other installation has it", async () => {
  await using temporary = await temporaryFolder();
  const folder = join(temporary.path, "global", "pairwise");
  const first = await installationSecret(folder);
  assert.equal(first.length, 32);
  assert.deepEqual(await installationSecret(folder), first);
  assert.notDeepEqual(await installationSecret(join(temporary.path, "other")), first);
});

test("windows that start for the first time have one secret, which nobody else can read", async () => {
  await using temporary = await temporaryFolder();
  const [first, ...others] = await Promise.all(Array.from({ length: 20 }, () => installationSecret(temporary.path)));
  for (const other of others) assert.deepEqual(other, first);
  const [file, ...more] = await readdir(temporary.path);
  assert.deepEqual([file, more], ["ledger-secret", []]);
  if (process.platform === "win32") return;
  assert.equal((await stat(join(temporary.path, "ledger-secret"))).mode & 0o777, 0o600);
});

test("a file that was cut is no secret: there is a new one", async () => {
  await using temporary = await temporaryFolder();
  await writeFile(join(temporary.path, "ledger-secret"), "c2hvcnQ=");
  const made = await installationSecret(temporary.path);
  assert.equal(made.length, 32);
  assert.deepEqual(await installationSecret(temporary.path), made);
});

test("where it can't be kept nothing is counted, and the reason is said", async () => {
  await using temporary = await temporaryFolder();
  await writeFile(join(temporary.path, "file"), "");
  await assert.rejects(installationSecret(join(temporary.path, "file")), {
    trouble: { reason: "unavailable", detail: "EEXIST" },
  });
  await mkdir(join(temporary.path, "odd", "ledger-secret"), { recursive: true });
  await assert.rejects(installationSecret(join(temporary.path, "odd")), {
    trouble: { reason: "unavailable", detail: "EISDIR" },
  });
});
