import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
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

test("windows that start together where the file was cut have one new secret", async () => {
  for (let times = 0; times < 10; times += 1) {
    await using temporary = await temporaryFolder();
    await writeFile(join(temporary.path, "ledger-secret"), "c2hvcnQ=");
    const begun = async (afterMs: number): Promise<Uint8Array> => {
      await setTimeout(afterMs);
      return installationSecret(temporary.path);
    };
    const [first, ...others] = await Promise.all(Array.from({ length: 8 }, (_, index) => begun(index * 7)));
    for (const other of others) assert.deepEqual(other, first);
  }
});

test("where it can't be kept nothing is counted, and the reason is said", async () => {
  await using temporary = await temporaryFolder();
  await writeFile(join(temporary.path, "file"), "");
  await assert.rejects(installationSecret(join(temporary.path, "file")), {
    trouble: {
      reason: "unavailable",
      detail: "EEXIST",
      secret: join(temporary.path, "file", "ledger-secret"),
    },
  });
  await mkdir(join(temporary.path, "odd", "ledger-secret"), { recursive: true });
  await assert.rejects(installationSecret(join(temporary.path, "odd")), {
    trouble: { reason: "unavailable", detail: "EISDIR", secret: join(temporary.path, "odd", "ledger-secret") },
  });
});
