import assert from "node:assert/strict";
import { copyFileSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { connectToEngine } from "../../../src/model/embedded/connection.ts";
import type { EmbeddedModel } from "../../../src/model/embedded/embeddedModel.ts";
import type { EngineState } from "../../../src/model/embedded/engineState.ts";
import { ModelError } from "../../../src/model/model.ts";
import { hole, makeWindows, never, reaches, textOf } from "./support.ts";

let windows: Awaited<ReturnType<typeof makeWindows>>;
beforeEach(async () => void (windows = await makeWindows()));
afterEach(() => windows.end());

const request = hole("def add(a, b):\n    return ");
const answer = /^a \+ b/u;
const log = () => readFileSync(path.join(windows.folder, "engine-test.log"), "utf8");
const generous = { timeout: 60_000 };

/** Asks, and types on as soon as the model is in a state of this kind. */
async function abortIn(model: EmbeddedModel, kind: EngineState["kind"]): Promise<void> {
  const controller = new AbortController();
  const reason = new Error("typed on");
  const asked = textOf(model.stream(request, controller.signal));
  // The first state comes while `stream` is being read for the first time.
  void reaches(model, kind).then(() => controller.abort(reason));
  await assert.rejects(asked, reason);
}

for (const kind of ["starting", "loading"] as const) {
  test(`the model is loaded though the request was aborted while it was ${kind}`, generous, async () => {
    const model = windows.open();
    await abortIn(model, kind);
    assert.ok(model.state.kind === "starting" || model.state.kind === "loading", model.state.kind);
    await reaches(model, "ready");
    assert.match(await textOf(model.stream(request, never)), answer);
    assert.equal(log().match(/ loaded /gu)?.length, 1, log());
  });
}

test("a request that is aborted while another window's model answers leaves no start for ever", generous, async () => {
  const chatting = windows.open();
  const messages = [{ role: "user", content: "Tell me a long story." }] as const;
  const story = chatting.stream(
    { ...request, prompt: { kind: "chat", messages }, purpose: "chat", maxTokens: 1500 },
    never,
  );
  const iterator = story[Symbol.asyncIterator]();
  await iterator.next();

  const copy = path.join(windows.folder, "copy.gguf");
  copyFileSync(windows.modelPath, copy);
  const waiting = windows.open({ path: copy });
  const controller = new AbortController();
  const asked = textOf(waiting.stream(request, controller.signal));
  asked.catch(() => undefined);
  // Connections are taken in their order: when these have been, the request waits in the process.
  for (let i = 0; i < 3; i++) {
    const other = await connectToEngine({
      folder: windows.folder,
      version: "test",
      processFile: "",
      execPath: "",
      mayStart: false,
      onStatus: () => undefined,
      onClose: () => undefined,
    });
    await other.close();
  }
  assert.equal(waiting.state.kind, "starting");
  controller.abort();
  await assert.rejects(asked);
  // On a slow machine the request was not there yet when it was aborted: then the model is loaded for the next one.
  await Promise.race([reaches(waiting, "unloaded"), reaches(waiting, "loading")]);
  await iterator.return?.();
});

test("a folder that cannot be made says what the system says", async () => {
  const file = path.join(windows.folder, "file");
  writeFileSync(file, "");
  const model = windows.open({ folder: path.join(file, "engine") });
  for (let attempt = 0; attempt < 3; attempt++) {
    await assert.rejects(textOf(model.stream(request, never)), (error) => {
      assert.ok(error instanceof ModelError && error.failure.kind === "engine-stopped");
      assert.match(error.failure.detail, /ENOTDIR|ENOENT|EEXIST/u);
      return true;
    });
    assert.equal(model.state.kind, "failed");
  }
});

test("a model that cannot be loaded is not read at every keystroke, until the user restarts it", async () => {
  const broken = path.join(windows.folder, "broken.gguf");
  writeFileSync(broken, Buffer.concat([Buffer.from("GGUF"), Buffer.alloc(64, 7)]));
  const model = windows.open({ path: broken });
  const failure = async () => {
    const error: unknown = await textOf(model.stream(request, never)).catch((error: unknown) => error);
    assert.ok(error instanceof ModelError && error.failure.kind === "model-file-unusable", String(error));
    return error.failure;
  };
  const tries = () => log().match(/ was not loaded: /gu)?.length;
  const first = await failure();
  assert.deepEqual(await failure(), first);
  assert.equal(tries(), 1, log());
  await assert.rejects(model.restart(), ModelError);
  assert.equal(tries(), 2, log());
  // Fetched anew.
  copyFileSync(windows.modelPath, broken);
  assert.match(await textOf(model.stream(request, never)), answer);
});

const filesStay = process.platform === "win32" && "a file that is open cannot be moved";
test("a chat whose model's file has vanished says so, and does not end the process", { skip: filesStay }, async () => {
  const copy = path.join(windows.folder, "copy.gguf");
  copyFileSync(windows.modelPath, copy);
  const model = windows.open({ path: copy });
  await textOf(model.stream(request, never));
  const pid = windows.pid();
  renameSync(copy, `${copy}.away`);
  const messages = [{ role: "user", content: "Hello" }] as const;
  const chat = { ...request, prompt: { kind: "chat", messages }, purpose: "chat" } as const;
  await assert.rejects(textOf(model.stream(chat, never)), (error) => {
    assert.ok(error instanceof ModelError);
    assert.deepEqual(error.failure, { kind: "model-file-missing", path: copy });
    return true;
  });
  assert.match(await textOf(model.stream(request, never)), answer);
  renameSync(`${copy}.away`, copy);
  assert.notEqual(await textOf(model.stream(chat, never)), "");
  assert.equal(windows.pid(), pid);
});

test("a model file that is not there does not cost another window its model", async () => {
  const model = windows.open();
  await textOf(model.stream(request, never));
  const missing = windows.open({ path: path.join(windows.folder, "none.gguf") });
  await assert.rejects(
    textOf(missing.stream(request, never)),
    (error) => error instanceof ModelError && error.failure.kind === "model-file-missing",
  );
  assert.match(await textOf(model.stream(request, never)), answer);
  assert.doesNotMatch(log(), /unloaded/u);
  assert.equal(log().match(/ loaded /gu)?.length, 1, log());
});
