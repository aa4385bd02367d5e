import assert from "node:assert/strict";
import { test } from "node:test";
import { llamaServerFacts } from "../../src/model/llamaFacts.ts";
import { deadUrl, serve } from "./localServer.ts";

const never = new AbortController().signal;
const optionsFor = (url: string) => ({ baseUrl: `${url}/v1`, apiKey: "sk-test", fetch, timeLimitMs: 500 });

test("a server that is not there, is loading, wants a key, or is of another kind is told apart", async () => {
  assert.deepEqual(await llamaServerFacts(optionsFor(await deadUrl()), never), {
    kind: "unreachable",
    code: "ECONNREFUSED",
  });
  for (const [status, facts] of [
    [503, { kind: "loading" }],
    [500, { kind: "refused", status: 500 }],
    [401, { kind: "refused", status: 401 }],
    [302, { kind: "refused", status: 302 }],
    [404, { kind: "other" }],
    [200, { kind: "other" }],
  ] as const) {
    await using server = await serve((_request, response) => {
      response.writeHead(status).end('{"error":{"message":"Loading model"}}');
    });
    assert.deepEqual(await llamaServerFacts(optionsFor(server.url), never), facts);
  }
});

test("a server that is busy with something else is not taken for one that loads its model", async () => {
  await using server = await serve((_request, response) => {
    response.writeHead(503).end("Service Unavailable");
  });
  assert.deepEqual(await llamaServerFacts(optionsFor(server.url), never), { kind: "refused", status: 503 });
});

test("what a server does not tell is undefined, and no page is waited for without an end", async () => {
  await using server = await serve((request, response) => {
    if (request.url === "/infill") response.writeHead(404).end();
    else response.end('{"default_generation_settings":{"n_ctx":2048},"chat_template":""}');
  });
  assert.deepEqual(await llamaServerFacts(optionsFor(server.url), never), {
    kind: "ready",
    alias: undefined,
    path: undefined,
    build: undefined,
    contextTokens: 2048,
    slots: undefined,
    hasChatTemplate: false,
    hasFillTokens: undefined,
  });
  await using silent = await serve(() => {});
  assert.deepEqual(await llamaServerFacts(optionsFor(silent.url), never), { kind: "late" });
  for (const { headers } of server.requests) assert.equal(headers.authorization, "Bearer sk-test");
});

test("a length without an end is none", async () => {
  await using server = await serve((request, response) => {
    if (request.url === "/infill") response.writeHead(404).end();
    else response.end('{"default_generation_settings":{"n_ctx":1e999},"total_slots":1e999}');
  });
  const facts = await llamaServerFacts(optionsFor(server.url), never);
  assert.ok(facts.kind === "ready");
  assert.deepEqual([facts.contextTokens, facts.slots], [undefined, undefined]);
});

test("an abort ends the asking with its reason", async () => {
  const asked = Promise.withResolvers<void>();
  await using server = await serve(() => asked.resolve());
  const controller = new AbortController();
  const reason = new Error("the view was closed");
  const facts = llamaServerFacts({ ...optionsFor(server.url), timeLimitMs: 60_000 }, controller.signal);
  await asked.promise;
  controller.abort(reason);
  await assert.rejects(facts, reason);
  await server.droppedByClient;
});
