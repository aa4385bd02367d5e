import assert from "node:assert/strict";
import { test } from "node:test";
import type { Hole } from "../../src/model/hole.ts";
import { infillOrTemplate, llamaFormat } from "../../src/model/llamaFormat.ts";
import { ModelError, type ModelRequest } from "../../src/model/model.ts";
import { createOpenAiModel } from "../../src/model/openai.ts";
import { formatHole } from "../../src/model/templates.ts";
import { type LocalServer, serve } from "./localServer.ts";

const never = new AbortController().signal;
const hole: Hole = {
  path: "src/a.py",
  languageId: "python",
  prefix: "def f():\n    return ",
  suffix: "\n",
  neighbours: [{ path: "src/b.py", text: "def g(n): ..." }],
};
const requestFor = (hole: Hole): ModelRequest => ({
  ...formatHole("infill", hole),
  purpose: "suggestion",
  maxTokens: 16,
  temperature: 0,
  stop: ["<1>", "<2>", "<3>", "<4>", "<5>"],
});
const modelAt = ({ url }: LocalServer) =>
  createOpenAiModel({ baseUrl: `${url}/v1`, apiKey: "sk-test", model: "in-house", fetch, timeLimitMs: 5_000 });

async function textFrom(pieces: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const piece of pieces) text += piece;
  return text;
}

const events = (...values: readonly object[]) => values.map((value) => `data: ${JSON.stringify(value)}\n\n`).join("");
const last = { content: "", stop: true, tokens_predicted: 2, tokens_evaluated: 40, timings: { cache_n: 30 } };

for (const [name, facts, format] of [
  ["qwen2.5-coder-7b", {}, "qwen2.5-coder"],
  ["default", { alias: "fast", path: "/models/starcoder2-3b.Q8_0.gguf" }, "starcoder2"],
  ["default", { path: "C:\\models\\codegemma-2b.gguf" }, "codegemma"],
  ["default", { alias: "some-7b-instruct" }, "chat-hole"],
  ["in-house", {}, "infill"],
  ["in-house-7b-base", {}, "infill"],
  ["codellama-34b", {}, "continuation"],
  ["codestral-latest", {}, "infill"],
  ["in-house", { hasFillTokens: false }, "chat-hole"],
  ["in-house-7b-base", { hasFillTokens: false }, "continuation"],
  ["codestral-latest", { hasFillTokens: false }, "chat-hole"],
  ["in-house", undefined, "chat-hole"],
  ["in-house", { hasFillTokens: false, hasChatTemplate: false }, "continuation"],
  ["in-house-base", { path: "/models/starcoder2-3b.gguf" }, "starcoder2"],
] as const) {
  test(`on llama.cpp's server, ${name} with ${JSON.stringify(facts)} is asked as ${format}`, () => {
    const all = facts && { alias: undefined, path: undefined, hasChatTemplate: true, hasFillTokens: true, ...facts };
    assert.equal(llamaFormat(name, all), format);
  });
}

test("the server gets the hole and the other files apart, and its words and figures come back", async () => {
  let asked: unknown;
  await using server = await serve((_request, response, body) => {
    asked = JSON.parse(body);
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(events({ content: "g(", stop: false }, { content: "1)", stop: false }, last));
  });
  const stream = modelAt(server).stream(requestFor(hole), never);
  assert.equal(await textFrom(stream), "g(1)");
  assert.deepEqual(asked, {
    model: "in-house",
    input_prefix: hole.prefix,
    input_suffix: hole.suffix,
    input_extra: [{ filename: "src/b.py", text: "def g(n): ...\n" }],
    n_predict: 16,
    temperature: 0,
    stop: ["<1>", "<2>", "<3>", "<4>", "<5>"],
    stream: true,
    cache_prompt: true,
    t_max_predict_ms: 15_000,
  });
  const { promptTokens, cachedTokens, outputTokens } = stream.usage;
  assert.deepEqual([promptTokens, cachedTokens, outputTokens], [40, 30, 2]);
  assert.deepEqual(
    server.requests.map(({ url, headers }) => [url, headers.authorization]),
    [["/infill", "Bearer sk-test"]],
  );
});

test("an answer that breaks off before its last event is a failure", async () => {
  await using server = await serve((_request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(events({ content: "g(", stop: false }));
  });
  const isInterrupted = (error: unknown) => error instanceof ModelError && error.failure.kind === "interrupted";
  await assert.rejects(textFrom(modelAt(server).stream(requestFor(hole), never)), isInterrupted);
});

test("a server that does not infill is asked by template at once, and from then on", async () => {
  await using server = await serve((request, response) => {
    if (request.url === "/infill") {
      response.writeHead(501, { "content-type": "application/json" });
      response.end(
        '{"error":{"code":501,"message":"Infill is not supported by this model","type":"not_supported_error"}}',
      );
      return;
    }
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(`${events({ choices: [{ delta: { content: "g(1)" }, finish_reason: "stop" }] })}data: [DONE]\n\n`);
  });
  const model = infillOrTemplate(modelAt(server));
  assert.equal(await textFrom(model.stream(requestFor(hole), never)), "g(1)");
  assert.equal(await textFrom(model.stream(requestFor(hole), never)), "g(1)");
  assert.deepEqual(
    server.requests.map(({ url }) => url),
    ["/infill", "/v1/chat/completions", "/v1/chat/completions"],
  );
});

test("a server that refuses a request is not taken for one that does not infill", async () => {
  await using server = await serve((_request, response) => {
    response.writeHead(400, { "content-type": "application/json" }).end('{"error":{"code":400,"message":"no"}}');
  });
  const model = infillOrTemplate(modelAt(server));
  for (let i = 0; i < 2; i++) await assert.rejects(textFrom(model.stream(requestFor(hole), never)), ModelError);
  assert.deepEqual(
    server.requests.map(({ url }) => url),
    ["/infill", "/infill"],
  );
});
