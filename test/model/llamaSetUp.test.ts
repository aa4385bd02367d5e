import assert from "node:assert/strict";
import { test } from "node:test";
import { setUpLlama } from "../../src/model/llamaSetUp.ts";
import { deadUrl, serve } from "./localServer.ts";

const setUp = (url: string, name: string, isCalledSo = false) =>
  setUpLlama({ baseUrl: `${url}/v1`, apiKey: "sk-test", fetch }, name, isCalledSo);

/** A model that names its tokens for filling holes, with room for 4,096. */
const READY = '{"default_generation_settings":{"n_ctx":4096},"chat_template":""}';

test("a model of no known family on a server of llama.cpp's is asked by what the server tells", async () => {
  await using server = await serve((request, response) => {
    if (request.url === "/infill") response.writeHead(400);
    response.end(READY);
  });
  assert.deepEqual(await setUp(server.url, "in-house"), { isLlama: true, format: "infill", contextTokens: 4096 });
  assert.deepEqual(await setUp(server.url, "qwen2.5-coder-7b"), {
    isLlama: true,
    format: "qwen2.5-coder",
    contextTokens: 4096,
  });
  for (const { headers } of server.requests) assert.equal(headers.authorization, "Bearer sk-test");
});

test("a server that is not llama.cpp's is left to those who know more, unless the settings call it so", async () => {
  await using server = await serve((_request, response) => {
    response.writeHead(404).end();
  });
  assert.deepEqual(await setUp(server.url, "in-house"), { isLlama: false });
  assert.deepEqual(await setUp(server.url, "in-house", true), { isLlama: false, format: "chat-hole" });
  assert.equal(server.requests.length, 2);
});

test("a server elsewhere is asked only where the settings call it llama.cpp's", async () => {
  const asked: string[] = [];
  const options = {
    baseUrl: "https://api.example.com/v1",
    apiKey: "sk-test",
    fetch: (async (input) => {
      asked.push(new Request(input).url);
      return new Response("", { status: 404 });
    }) satisfies typeof fetch,
  };
  assert.deepEqual(await setUpLlama(options, "in-house", false), { isLlama: undefined });
  assert.deepEqual(asked, []);
  await setUpLlama(options, "in-house", true);
  assert.deepEqual(asked, ["https://api.example.com/props"]);
});

test("a server that does not say what it is costs no more than a second", async () => {
  await using server = await serve(() => {});
  assert.deepEqual(await setUp(server.url, "in-house"), { isLlama: undefined });
});

test("a server that was not there, or was loading, is asked again", async () => {
  await assert.rejects(setUp(await deadUrl(), "in-house"), (error: { failure: { kind: string; code: string } }) => {
    assert.deepEqual([error.failure.kind, error.failure.code], ["unreachable", "ECONNREFUSED"]);
    return true;
  });
  let isLoading = true;
  await using server = await serve((request, response) => {
    if (isLoading) response.writeHead(503).end('{"error":{"message":"Loading model","code":503}}');
    else if (request.url === "/infill") response.writeHead(501).end();
    else response.end(READY);
  });
  const { host } = new URL(server.url);
  await assert.rejects(setUp(server.url, "in-house"), { failure: { kind: "model-loading", host } });
  isLoading = false;
  assert.deepEqual(await setUp(server.url, "in-house"), { isLlama: true, format: "continuation", contextTokens: 4096 });
});
