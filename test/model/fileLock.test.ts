import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { acquireFileLock } from "../../src/model/fileLock.ts";

const folder = await mkdtemp(join(tmpdir(), "pairwise-lock-"));
after(() => rm(folder, { recursive: true, force: true }));

const times = { beatMs: 60_000, staleMs: 30_000, pollMs: 1 };

test("takes a lock over whose owner on another machine has not touched it for too long, and not before", async () => {
  const path = join(folder, "lock");
  await writeFile(path, JSON.stringify({ pid: 1, host: "another-machine", token: "other" }));
  const { mtimeMs } = await stat(path);
  let now = mtimeMs + 29_000;
  let waits = 0;
  const lock = await acquireFileLock(
    path,
    undefined,
    () => {
      if (++waits === 3) now = mtimeMs + 31_000;
    },
    { ...times, now: () => now },
  );
  assert.equal(waits, 3);
  assert.match(await readFile(path, "utf8"), new RegExp(`"pid":${process.pid},`));
  await lock.release();
  await assert.rejects(stat(path), { code: "ENOENT" });
});

test("takes a lock over whose owner died before it could write its name, long before it would be too old", async () => {
  const path = join(folder, "nameless");
  await writeFile(path, "");
  const { mtimeMs } = await stat(path);
  let now = mtimeMs + 1_000;
  let waits = 0;
  const wait = (): void => {
    if (++waits === 3) now = mtimeMs + 6_000;
  };
  const lock = await acquireFileLock(path, undefined, wait, { ...times, beatMs: 5_000, now: () => now });
  assert.equal(waits, 3);
  await lock.release();
});
