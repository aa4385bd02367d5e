import assert from "node:assert/strict";
import { test } from "node:test";
import { listOllamaModels, type PullProgress, pullOllamaModel, showOllamaModel } from "../../src/model/ollamaServer.ts";
import { failureOf } from "../support/answers.ts";
import { startOllama } from "../support/ollamaServer.ts";
import { deadUrl, serve } from "./localServer.ts";

const models = {
  "qwen2.5-coder:7b": {
    capabilities: ["completion", "insert", "tools"],
    contextLength: 32_768,
  },
  "gpt-oss:120b-cloud": { capabilities: ["completion", "thinking"], contextLength: 131_072 },
};
const never = new AbortController().signal;

function at(url: string, timeLimitMs = 5_000) {
  return { baseUrl: url, apiKey: undefined, fetch, timeLimitMs };
}

test("lists what is pulled, and tells what would leave the machine", async () => {
  await using server = await startOllama({ models });
  assert.deepEqual(await listOllamaModels(at(`${server.url}/v1`), never), [
    { name: "qwen2.5-coder:7b", bytes: 4_683_075_271, parameters: "7.6B", isRemote: false },
    { name: "gpt-oss:120b-cloud", bytes: 4_683_075_271, parameters: "7.6B", isRemote: true },
  ]);
});

test("shows what a model can do and how much it reads", async () => {
  await using server = await startOllama({ models });
  assert.deepEqual(await showOllamaModel(at(server.url), "qwen2.5-coder:7b", never), {
    capabilities: ["completion", "insert", "tools"],
    contextTokens: 32_768,
    isRemote: false,
  });
});

test("a model that is not pulled is an unknown one", async () => {
  await using server = await startOllama({ models });
  assert.deepEqual(await failureOf(showOllamaModel(at(server.url), "codellama:code", never)), {
    kind: "model-unknown",
    host: new URL(server.url).host,
    model: "codellama:code",
  });
});

test("of another server it is told that it is none of Ollama's", async () => {
  await using other = await serve((_request, response) => void response.end('{"status":"ok"}'));
  assert.equal((await failureOf(listOllamaModels(at(other.url), never))).kind, "bad-response");
  assert.equal((await failureOf(showOllamaModel(at(other.url), "a", never))).kind, "bad-response");
  await using page = await serve((_request, response) => void response.end("Welcome"));
  assert.equal((await failureOf(listOllamaModels(at(page.url), never))).kind, "bad-response");
  assert.equal((await failureOf(listOllamaModels(at(await deadUrl()), never))).kind, "unreachable");
});

test("a server that does not answer is waited for no longer than the limit", async () => {
  await using server = await serve(() => {});
  assert.equal((await failureOf(listOllamaModels(at(server.url, 100), never))).kind, "timed-out");
  await server.droppedByClient;
});

test("an abort ends a question with its reason", async () => {
  await using server = await serve(() => {});
  const abort = new AbortController();
  const asked = listOllamaModels(at(server.url), abort.signal);
  while (server.requests.length === 0) await new Promise(setImmediate);
  abort.abort(new Error("closed"));
  await assert.rejects(asked, /closed/);
  await server.droppedByClient;
});

const layer = { status: "pulling 60e05f210007", digest: "sha256:60e0", total: 4_000 };
const pull = [
  { status: "pulling manifest" },
  layer,
  { ...layer, completed: 1_000 },
  { ...layer, completed: 4_000 },
  { status: "pulling 66b9ea09bd5b", digest: "sha256:66b9", total: 68, completed: 68 },
  { status: "verifying sha256 digest" },
  { status: "writing manifest" },
  { status: "success" },
];

test("a pull tells how far it is, over all of the model's files", async () => {
  await using server = await startOllama({ pull, cutAt: 5 });
  const told: PullProgress[] = [];
  await pullOllamaModel(at(server.url), "qwen2.5-coder:7b", (progress) => told.push(progress), never);
  assert.deepEqual(server.bodies, [{ model: "qwen2.5-coder:7b" }]);
  assert.deepEqual(
    told.map(({ doneBytes, totalBytes }) => [doneBytes, totalBytes]),
    [
      [0, 0],
      [0, 4_000],
      [1_000, 4_000],
      [4_000, 4_000],
      [4_068, 4_068],
      [4_068, 4_068],
      [4_068, 4_068],
      [4_068, 4_068],
    ],
  );
  assert.equal(told.at(-1)?.status, "success");
});

test("an abort ends a pull at the server, too", async () => {
  await using server = await startOllama({ pull: pull.slice(0, 3), ending: "silence" });
  const abort = new AbortController();
  const pulled = pullOllamaModel(
    at(server.url),
    "a",
    ({ doneBytes }) => doneBytes > 0 && abort.abort(new Error("enough")),
    abort.signal,
  );
  await assert.rejects(pulled, /enough/);
  await server.droppedByClient;
});

test("a pull that does not come to its end has failed", async () => {
  const host = (url: string) => new URL(url).host;
  await using half = await startOllama({ pull: pull.slice(0, 4) });
  const nothing = () => {};
  assert.deepEqual(await failureOf(pullOllamaModel(at(half.url), "a", nothing, never)), {
    kind: "interrupted",
    host: host(half.url),
  });
  await using silent = await startOllama({ pull: pull.slice(0, 3), ending: "silence" });
  assert.deepEqual(await failureOf(pullOllamaModel(at(silent.url, 200), "a", nothing, never)), {
    kind: "timed-out",
    host: host(silent.url),
    limitMs: 200,
  });
  const error = "pull model manifest: file does not exist";
  await using unknown = await startOllama({ pull: [{ status: "pulling manifest" }, { error }] });
  assert.deepEqual(await failureOf(pullOllamaModel(at(unknown.url), "qwen9", nothing, never)), {
    kind: "model-unknown",
    host: host(unknown.url),
    model: "qwen9",
  });
  await using broken = await startOllama({
    pull: [{ status: "pulling manifest" }, { error: "no space left on device" }],
  });
  const failure = await failureOf(pullOllamaModel(at(broken.url), "a", nothing, never));
  assert.ok(failure.kind === "request-refused");
  assert.equal(failure.detail, "no space left on device");
});
