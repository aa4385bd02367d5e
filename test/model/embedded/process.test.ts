import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { enginePackage } from "../../../src/model/embedded/binding.ts";
import { connectToEngine, EngineConnection, processEnvironment } from "../../../src/model/embedded/connection.ts";
import { endpointFile, readEndpoint } from "../../../src/model/embedded/endpoint.ts";
import { ModelError } from "../../../src/model/model.ts";
import { gone, hole, longCode, makeWindows, never, reaches, root, textOf } from "./support.ts";

let windows: Awaited<ReturnType<typeof makeWindows>>;
beforeEach(async () => void (windows = await makeWindows()));
afterEach(() => windows.end());

const request = hole("def add(a, b):\n    return ");
const answer = /^a \+ b/u;
const stopped = (error: unknown) => error instanceof ModelError && error.failure.kind === "engine-stopped";
const endpoint = (version = "test") => endpointFile(windows.folder, version);

test("windows that start at once share one process and one model", async () => {
  const models = [windows.open(), windows.open(), windows.open()];
  const answers = await Promise.all(models.map((model) => textOf(model.stream(request, never))));
  for (const text of answers) assert.match(text, answer);
  const log = readFileSync(path.join(windows.folder, "engine-test.log"), "utf8");
  assert.equal(log.match(/ serves$/gmu)?.length, 1, log);
  assert.equal(log.match(/ loaded /gu)?.length, 1, log);
});

test("when the process is killed in mid-answer the stream says so, and the next request starts another", async () => {
  const model = windows.open();
  const stream = model.stream(hole(longCode(3), "\n", { maxTokens: 1000 }), never);
  const reading = (async () => {
    for await (const piece of stream) if (piece !== "") process.kill(windows.pid() ?? 0, "SIGKILL");
  })();
  await assert.rejects(reading, stopped);
  const failed = await reaches(model, "failed");
  assert.ok(failed.kind === "failed" && failed.failure.kind === "engine-stopped");
  const killed = windows.pid();
  assert.match(await textOf(model.stream(request, never)), answer);
  assert.equal(model.state.kind, "ready");
  assert.notEqual(windows.pid(), killed);
});

test("a process that is killed while nobody asks is noticed, and the next request starts another", async () => {
  const model = windows.open();
  await model.warm({ kind: "raw", parts: [] }, never);
  process.kill(windows.pid() ?? 0, "SIGKILL");
  await reaches(model, "failed");
  assert.match(await textOf(model.stream(request, never)), answer);
});

test("a peer that does not know the secret is refused and disconnected", async () => {
  const model = windows.open();
  await model.warm({ kind: "raw", parts: [] }, never);
  const real = readEndpoint(endpoint());
  assert.ok(real !== undefined);
  const options = {
    folder: windows.folder,
    version: "test",
    processFile: "",
    execPath: "",
    onStatus: () => assert.fail("told the status"),
    onClose: () => undefined,
  };
  assert.equal(await EngineConnection.open({ ...real, secret: "guess" }, options), undefined);
  const known = await EngineConnection.open(real, { ...options, onStatus: () => undefined });
  assert.equal(known?.pid, windows.pid());
  await known?.close();
});

test("the files are for the user alone", { skip: process.platform === "win32" }, async () => {
  await windows.open().warm({ kind: "raw", parts: [] }, never);
  assert.equal(statSync(windows.folder).mode & 0o777, 0o700);
  assert.equal(statSync(endpoint()).mode & 0o777, 0o600);
});

test("the process stays for the other window, and ends after the last", async () => {
  const [first, second] = [windows.open(), windows.open()];
  await Promise.all([textOf(first.stream(request, never)), textOf(second.stream(request, never))]);
  const pid = windows.pid();
  assert.ok(pid !== undefined);
  await first.dispose();
  assert.match(await textOf(second.stream(request, never)), answer);
  assert.equal(windows.pid(), pid);
  await second.dispose();
  await gone(pid);
  assert.equal(existsSync(endpoint()), false);
});

test("the process ends when its folder is removed", async () => {
  const model = windows.open();
  await model.warm({ kind: "raw", parts: [] }, never);
  const pid = windows.pid();
  assert.ok(pid !== undefined);
  rmSync(windows.folder, { recursive: true });
  await gone(pid);
  await reaches(model, "idle");
  assert.match(await textOf(model.stream(request, never)), answer);
});

test("what a killed process left behind is no hindrance", async () => {
  writeFileSync(endpoint(), JSON.stringify({ pid: process.pid, socket: `${windows.folder}/dead.sock`, secret: "old" }));
  assert.match(await textOf(windows.open().stream(request, never)), answer);
  assert.notEqual(readEndpoint(endpoint())?.secret, "old");
});

test("half an endpoint file is no hindrance", async () => {
  writeFileSync(endpoint(), '{"pid":12');
  assert.match(await textOf(windows.open().stream(request, never)), answer);
});

test("a folder whose path is too long for a socket works, with the secret in it", async () => {
  const folder = path.join(windows.folder, "a".repeat(60), "b".repeat(60));
  const model = windows.open({ folder });
  assert.match(await textOf(model.stream(request, never)), answer);
  await model.restart();
  const pid = readEndpoint(endpointFile(folder, "test"))?.pid;
  await model.dispose();
  await gone(pid ?? 0);
});

test("another version of the extension gets a process of its own", async () => {
  const [old, fresh] = [windows.open(), windows.open({ version: "test 2/next" })];
  await Promise.all([textOf(old.stream(request, never)), textOf(fresh.stream(request, never))]);
  const pid = readEndpoint(endpoint("test 2/next"))?.pid;
  assert.ok(pid !== undefined);
  assert.notEqual(pid, windows.pid());
  await fresh.dispose();
  await gone(pid);
});

test("windows with two models get their answers, each from its own", async () => {
  const copy = path.join(windows.folder, "copy.gguf");
  copyFileSync(windows.modelPath, copy);
  const [one, other] = [windows.open(), windows.open({ path: copy })];
  for (const model of [one, other, one]) assert.match(await textOf(model.stream(request, never)), answer);
  await reaches(other, "unloaded");
});

test("a model that nobody uses is unloaded, and loaded again by the next request", async () => {
  const model = windows.open({ idleUnloadMs: 100 });
  await textOf(model.stream(request, never));
  await reaches(model, "unloaded");
  assert.match(await textOf(model.stream(request, never)), answer);
});

test("a restart ends the process for all windows, which go on with the new one", async () => {
  const [one, other] = [windows.open(), windows.open()];
  await Promise.all([textOf(one.stream(request, never)), textOf(other.stream(request, never))]);
  const pid = windows.pid();
  await one.restart();
  assert.equal(one.state.kind, "ready");
  assert.match(await textOf(other.stream(request, never)), answer);
  assert.notEqual(windows.pid(), pid);
});

test("a restart ends the process also where this window has never asked it anything", async () => {
  const copy = path.join(windows.folder, "copy.gguf");
  copyFileSync(windows.modelPath, copy);
  const [one, other] = [windows.open(), windows.open({ path: copy })];
  await textOf(one.stream(request, never));
  const pid = windows.pid();
  await other.restart();
  assert.equal(other.state.kind, "ready");
  assert.notEqual(windows.pid(), pid);
  await gone(pid ?? 0);
  assert.match(await textOf(one.stream(request, never)), answer);
});

test("a process that is killed again and again says when it is started next", async () => {
  const model = windows.open();
  for (const hasWait of [false, true]) {
    await model.warm({ kind: "raw", parts: [] }, never);
    process.kill(windows.pid() ?? 0, "SIGKILL");
    const failed = await reaches(model, "failed");
    assert.ok(failed.kind === "failed" && failed.failure.kind === "engine-stopped");
    assert.equal(failed.failure.retryInMs !== undefined, hasWait);
  }
});

test("a request that waits while the process is restarted is answered by the new one", async () => {
  const model = windows.open();
  await model.warm({ kind: "raw", parts: [] }, never);
  const waiting = textOf(model.stream(request, never));
  await model.restart();
  assert.match(await waiting, answer);
});

test("a process that cannot start says why, within its time", async () => {
  const broken = path.join(windows.folder, "broken.mjs");
  writeFileSync(broken, 'throw new Error("this build is broken");');
  const model = windows.open({ processFile: broken });
  await assert.rejects(textOf(model.stream(request, never)), (error) => {
    assert.ok(error instanceof ModelError && error.failure.kind === "engine-stopped");
    assert.match(error.failure.detail, /this build is broken/u);
    return true;
  });
  assert.equal(model.state.kind, "failed");
  const noNode = windows.open({ execPath: path.join(windows.folder, "no-node") });
  await assert.rejects(textOf(noNode.stream(request, never)), stopped);
});

test("a process that hangs is replaced", { skip: process.platform === "win32" }, async () => {
  await windows.open().warm({ kind: "raw", parts: [] }, never);
  const hung = windows.pid();
  assert.ok(hung !== undefined);
  process.kill(hung, "SIGSTOP");
  const connection = await connectToEngine({
    folder: windows.folder,
    version: "test",
    processFile: path.join(root, "src/model/embedded/process.ts"),
    execPath: process.execPath,
    helloWithinMs: 300,
    onStatus: () => undefined,
    onClose: () => undefined,
  });
  assert.notEqual(connection.pid, hung);
  await gone(hung);
  await connection.close();
});

test(
  "a process that hangs is ended by the window that gives it up",
  { skip: process.platform === "win32" },
  async () => {
    await windows.open().warm({ kind: "raw", parts: [] }, never);
    const pid = windows.pid();
    assert.ok(pid !== undefined);
    const connection = await connectToEngine({
      folder: windows.folder,
      version: "test",
      processFile: "",
      execPath: "",
      helloWithinMs: 300,
      mayStart: false,
      onStatus: () => undefined,
      onClose: () => undefined,
    });
    process.kill(pid, "SIGSTOP");
    await connection.close();
    await gone(pid);
  },
);

test(
  "a computation that never ends does not keep the process alive",
  { skip: process.platform === "win32" },
  async () => {
    // All that is computed goes through one thread, and that one waits for what never comes.
    const [fifo, processFile] = [path.join(windows.folder, "fifo"), path.join(windows.folder, "held.mjs")];
    execFileSync("mkfifo", [fifo]);
    const held = `import { open } from "node:fs"; open(${JSON.stringify(fifo)}, "r", () => {});`;
    const entry = pathToFileURL(path.join(root, "src/model/embedded/process.ts"));
    writeFileSync(processFile, `${held} process.argv[4] = "100"; await import(${JSON.stringify(entry.href)});`);
    const model = windows.open({ processFile });
    const reading = assert.rejects(textOf(model.stream(request, never)), stopped);
    await reaches(model, "starting");
    for (let tries = 0; windows.pid() === undefined && tries < 1_000; tries += 1) await delay(20);
    const pid = windows.pid();
    assert.ok(pid !== undefined, "the process has said where it listens");
    // The request is there by then.
    await delay(500);
    await model.dispose();
    await reading;
    await gone(pid);
  },
);

test("a build without the engine says so", async () => {
  // A copy of the process with, beside it, an engine that does not load.
  const copy = path.join(windows.folder, "src/model/embedded");
  const engine = path.join(copy, "engine", enginePackage(process.platform, process.arch) ?? "");
  mkdirSync(engine, { recursive: true });
  writeFileSync(path.join(engine, "llama-addon.node"), "not a library");
  writeFileSync(path.join(windows.folder, "package.json"), '{"type":"module"}');
  cpSync(path.join(root, "src/model"), path.join(windows.folder, "src/model"), { recursive: true });
  const library = "node_modules/vscode-jsonrpc";
  cpSync(path.join(root, library), path.join(windows.folder, library), { recursive: true });
  const model = windows.open({ processFile: path.join(copy, "process.ts") });
  await assert.rejects(
    textOf(model.stream(request, never)),
    (error) => error instanceof ModelError && error.failure.kind === "engine-absent",
  );
});

test("the process gets none of the editor's Node and Electron settings", () => {
  const kept = processEnvironment(
    { PATH: "/bin", HOME: "/home/me", NODE_OPTIONS: "--inspect", VSCODE_PID: "1", ELECTRON_NO_ASAR: "1" },
    "linux",
  );
  assert.deepEqual(Object.keys(kept).toSorted(), ["ELECTRON_RUN_AS_NODE", "HOME", "PATH", "UV_THREADPOOL_SIZE"]);
});
