import assert from "node:assert/strict";
import { test } from "node:test";

import { Redactor } from "../../src/context/gates/redactor.ts";
import { askServer } from "../../src/model/askServer.ts";
import { discoverServers } from "../../src/model/discovery.ts";
import { modelsIn, reach } from "../../src/model/doctor/reach.ts";
import { Embeddings } from "../../src/model/embeddings.ts";
import { llamaServerFacts } from "../../src/model/llamaFacts.ts";
import { ModelError, type ModelRequest, type Prompt } from "../../src/model/model.ts";
import { createOllamaModel } from "../../src/model/ollama.ts";
import { createOpenAiModel } from "../../src/model/openai.ts";
import { providers } from "../../src/model/providers.ts";
import { RequestLog } from "../../src/model/requestLog.ts";
import { flood, serve } from "./localServer.ts";

const never = new AbortController().signal;
const chat: Prompt = { kind: "chat", messages: [{ role: "user", content: "hello" }] };
const raw: Prompt = { kind: "raw", parts: [{ text: "hello", special: false }] };
const JSON_TYPE = { "content-type": "application/json" };
const EVENTS_TYPE = { "content-type": "text/event-stream" };
const timeLimitMs = 5_000;

function asking(prompt: Prompt): ModelRequest {
  return { prompt, purpose: "suggestion", maxTokens: 8, temperature: 0, stop: [] };
}

function modelsOf(url: string) {
  const options = { baseUrl: url, apiKey: undefined, model: "m-1", fetch, timeLimitMs };
  return [
    { kind: "chat", model: createOpenAiModel(options), request: asking(chat) },
    { kind: "completion", model: createOpenAiModel(options), request: asking(raw) },
    { kind: "ollama", model: createOllamaModel(options), request: asking(raw) },
  ] as const;
}

function serveEndless(status: number, type: Readonly<Record<string, string>>, start: string, piece: string) {
  return serve((_request, response) => {
    response.writeHead(status, type).write(start);
    flood(response, piece);
  });
}

async function kindOf(answer: Promise<unknown>): Promise<string> {
  const error: unknown = await answer.then(
    () => assert.fail("answered"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ModelError, String(error));
  return error.failure.kind;
}

async function readAll(stream: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const piece of stream) text += piece;
  return text;
}

const bodies = [
  ["an error", 400, { "content-type": "text/plain" }, "", "no ", "request-refused"],
  ["an answer in one piece", 200, JSON_TYPE, '{"a":"', "b", "bad-response"],
] as const;

for (const [what, status, type, start, piece, kind] of bodies) {
  test(`${what} that has no end is read no further than any is long`, async () => {
    for (const place of [0, 1, 2] as const) {
      await using server = await serveEndless(status, type, start, piece);
      const { kind: protocol, model, request } = modelsOf(server.url)[place];
      assert.equal(await kindOf(readAll(model.stream(request, never))), kind, protocol);
      await server.droppedByClient;
    }
  });
}

test("an event that has no end, in one line or in many, is read no further than any is long", async () => {
  const pieces = ["x", 'data: {"choices":[]}\n'];
  for (const [piece, place] of pieces.flatMap((piece) => [[piece, 0] as const, [piece, 1] as const])) {
    await using server = await serveEndless(200, EVENTS_TYPE, "data: ", piece);
    const { kind, model, request } = modelsOf(server.url)[place];
    assert.equal(await kindOf(readAll(model.stream(request, never))), "bad-response", kind);
    await server.droppedByClient;
  }
});

test("an answer that a server does not end where it was asked to is ended by us", async () => {
  const pieces = [
    'data: {"choices":[{"delta":{"content":"word "}}]}\n\n',
    'data: {"choices":[{"text":"word "}]}\n\n',
    '{"response":"word ","done":false}\n',
  ] as const;
  for (const place of [0, 1, 2] as const) {
    await using server = await serveEndless(200, place === 2 ? {} : EVENTS_TYPE, "", pieces[place]);
    const { kind, model, request } = modelsOf(server.url)[place];
    assert.equal((await readAll(model.stream(request, never))).length, 64, kind);
    await server.droppedByClient;
  }
});

test("a question whose answer has no end is given up, whatever was asked", async () => {
  const server = () => serveEndless(200, JSON_TYPE, '{"a":"', "b");
  {
    await using endless = await server();
    const asked = { baseUrl: endless.url, apiKey: undefined, fetch, timeLimitMs };
    assert.equal(await kindOf(askServer(asked, "/models", never)), "bad-response");
    await endless.droppedByClient;
  }
  {
    await using endless = await server();
    const options = { baseUrl: endless.url, apiKey: undefined, fetch, timeLimitMs };
    assert.deepEqual(await llamaServerFacts(options, never), { kind: "other" });
    await endless.droppedByClient;
  }
  {
    await using endless = await server();
    const found = discoverServers({ fetch, signal: never, places: [endless.url], timeLimitMs });
    assert.deepEqual(await found, []);
    await endless.droppedByClient;
  }
  {
    await using endless = await server();
    const asked = { provider: providers[2]!, apiKey: undefined };
    const reached = await reach({ fetch }, endless.url, asked, timeLimitMs, never);
    assert.deepEqual([reached.kind, modelsIn(reached)], ["answered", undefined]);
    await endless.droppedByClient;
  }
  {
    await using endless = await server();
    const gate = async () => new Redactor(() => [], "t3st");
    const options = { baseUrl: endless.url, apiKey: undefined, fetch, now: Date.now, timeLimitMs };
    const embeddings = new Embeddings({ ...options, model: "e", gate, log: new RequestLog(Date.now) });
    assert.equal(await kindOf(embeddings.of(["text"], never)), "bad-response");
    await endless.droppedByClient;
  }
});

test("a success without content is no answer of a model", async () => {
  for (const place of [0, 1, 2] as const) {
    await using server = await serve((_request, response) => void response.writeHead(204, JSON_TYPE).end());
    const { kind, model, request } = modelsOf(server.url)[place];
    assert.equal(await kindOf(readAll(model.stream(request, never))), "bad-response", kind);
  }
});
