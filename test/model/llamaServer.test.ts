import assert from "node:assert/strict";
import { test } from "node:test";
import type { Prompt } from "../../src/model/model.ts";
import { createOpenAiModel } from "../../src/model/openai.ts";
import { deadUrl, serve } from "./localServer.ts";

const never = new AbortController().signal;
const raw = (...texts: string[]): Prompt => ({ kind: "raw", parts: texts.map((text) => ({ text, special: false })) });

function modelAt(url: string, apiKey?: string) {
  return createOpenAiModel({ baseUrl: `${url}/v1`, apiKey, model: "small", fetch, timeLimitMs: 5_000 });
}

/** With a clock that only goes on by `pass`, apart from the time that the server takes. */
function modelWithClock(url: string) {
  let passed = 0;
  const now = () => performance.now() + passed;
  const model = createOpenAiModel({
    baseUrl: `${url}/v1`,
    apiKey: undefined,
    model: "small",
    fetch,
    timeLimitMs: 5_000,
    now,
  });
  return { model, pass: (ms: number) => void (passed += ms) };
}

interface Read {
  readonly model: string;
  readonly prompt: string;
  readonly n_predict: number;
  readonly cache_prompt: boolean;
}

/** A server that answers as llama.cpp's does, and keeps what it was asked to read. */
async function serveLlama(onRead: (read: Read) => Promise<void> | void = () => {}) {
  const reads: Read[] = [];
  /** How many characters its only slot has read last; a token is one character. */
  const slot = { held: 0, told: true };
  const server = await serve(async (request, response, body) => {
    if (request.url === "/props") {
      response.end(JSON.stringify({ default_generation_settings: { n_ctx: 4096 }, total_slots: 1 }));
    } else if (request.url === "/completion") {
      const read = JSON.parse(body) as Read;
      reads.push(read);
      await onRead(read);
      const added = Math.max(1, read.prompt.length - slot.held);
      slot.held = read.prompt.length;
      response.end(JSON.stringify({ tokens_evaluated: slot.held, timings: { prompt_n: added } }));
    } else if (request.url === "/slots") {
      if (slot.told) response.end(JSON.stringify([{ id: 0, n_prompt_tokens: slot.held }]));
      else
        response.writeHead(501).end('{"error":{"code":501,"message":"This server does not support slots endpoint."}}');
    } else {
      slot.held = (JSON.parse(body) as { prompt: string }).prompt.length;
      const usage = JSON.stringify({ choices: [], usage: { prompt_tokens: slot.held, completion_tokens: 2 } });
      // As llama.cpp counts it: with what was written, without the last token.
      slot.held += 1;
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.end(`data: {"choices":[{"text":"x","finish_reason":"stop"}]}\n\ndata: ${usage}\n\ndata: [DONE]\n\n`);
    }
  });
  const paths = () => server.requests.map(({ url }) => url);
  return { server, reads, paths, slot };
}

async function textFor(model: ReturnType<typeof modelAt>, prompt: Prompt): Promise<string> {
  let text = "";
  const request = { prompt, purpose: "suggestion", maxTokens: 8, temperature: 0, stop: [] } as const;
  for await (const piece of model.stream(request, never)) text += piece;
  return text;
}

test("llama.cpp's server reads a prompt ahead with nothing asked for, and is recognised once", async () => {
  const { server, reads, paths } = await serveLlama();
  await using _ = server;
  const model = modelAt(server.url, "sk-test");
  await model.warm(raw("<fim_prefix>", "def add(a, b):\n"), never);
  await model.warm(raw("class Cart:\n"), never);
  assert.deepEqual(paths(), ["/props", "/completion", "/completion"]);
  assert.deepEqual(reads, [
    { model: "small", prompt: "<fim_prefix>def add(a, b):\n", n_predict: 0, cache_prompt: true },
    { model: "small", prompt: "class Cart:\n", n_predict: 0, cache_prompt: true },
  ]);
  for (const { headers } of server.requests) assert.equal(headers.authorization, "Bearer sk-test");
});

test("a long prompt is read in pieces, each the start of the next, so that an abort is noticed soon", async () => {
  const { server, reads } = await serveLlama();
  await using _ = server;
  const code = Array.from({ length: 200 }, (_, line) => `value_${line} = ${line}\n`).join("");
  await modelAt(server.url).warm(raw(code), never);
  assert.ok(reads.length > 2, `${reads.length} pieces`);
  assert.equal(reads.at(-1)?.prompt, code);
  for (const [index, { prompt }] of reads.entries()) {
    assert.ok(code.startsWith(prompt) && prompt.endsWith("\n"));
    assert.ok(index === 0 || prompt.length > (reads[index - 1]?.prompt.length ?? 0));
  }
  assert.ok((reads[0]?.prompt.length ?? 0) <= 256);
});

test("what the server has read already is not read in pieces again, since a shorter piece would undo it", async () => {
  const { server, reads } = await serveLlama();
  await using _ = server;
  const model = modelAt(server.url);
  const code = "total = total + 1\n".repeat(100);
  assert.equal(await textFor(model, raw(code)), "x");
  await model.warm(raw(code), never);
  assert.equal(reads.length, 0);
  await model.warm(raw(`${code}print(total)`), never);
  assert.deepEqual(
    reads.map(({ prompt }) => prompt),
    [`${code}print(total)`],
  );
});

test("a warm-up that is aborted closes its request, and what is left is not asked for", async () => {
  const asked = Promise.withResolvers<void>();
  const { server, reads } = await serveLlama(() => {
    asked.resolve();
    return new Promise(() => {});
  });
  await using _ = server;
  const controller = new AbortController();
  const warming = modelAt(server.url).warm(raw("x = 1\n".repeat(1000)), controller.signal);
  await asked.promise;
  controller.abort();
  await warming;
  await server.droppedByClient;
  assert.equal(reads.length, 1);
});

test("a server of another kind is asked for one small page and nothing else", async () => {
  for (const answer of [404, "null", "<html></html>", '{"props":{}}', '{"error":"not found"}']) {
    await using server = await serve((_request, response) => {
      if (typeof answer === "number") response.writeHead(answer).end();
      else response.end(answer);
    });
    const model = modelAt(server.url);
    await model.warm(raw("a"), never);
    await model.warm(raw("b"), never);
    assert.deepEqual(
      server.requests.map(({ method, url }) => `${method} ${url}`),
      ["GET /props"],
    );
  }
});

test("chats and holes are not read ahead, and nobody is asked", async () => {
  const { server, paths } = await serveLlama();
  await using _ = server;
  const model = modelAt(server.url);
  await model.warm({ kind: "chat", messages: [{ role: "user", content: "hello" }] }, never);
  await model.warm({ kind: "hole", prefix: "a", suffix: "b" }, never);
  await model.warm(raw("a"), AbortSignal.abort());
  assert.deepEqual(paths(), []);
});

test("a server that can't be reached is no error, and is asked again the next time", async () => {
  const url = await deadUrl();
  await modelAt(url).warm(raw("a"), never);
  let isUp = false;
  const { server, reads } = await serveLlama();
  await using _ = server;
  const model = createOpenAiModel({
    baseUrl: `${server.url}/v1`,
    apiKey: undefined,
    model: "small",
    fetch: (input, init) => (isUp ? fetch(input, init) : Promise.reject(new TypeError("fetch failed"))),
    timeLimitMs: 5_000,
  });
  await model.warm(raw("a"), never);
  isUp = true;
  await model.warm(raw("a"), never);
  assert.equal(reads.length, 1);
});

test("a server that refuses to read ahead is left alone for this time", async () => {
  await using server = await serve((request, response) => {
    if (request.url === "/props") response.end('{"default_generation_settings":{}}');
    else response.writeHead(501).end('{"error":{"message":"not supported"}}');
  });
  await modelAt(server.url).warm(raw("x = 1\n".repeat(1000)), never);
  assert.equal(server.requests.length, 2);
});

test("a server that is loading, busy or wants another key is asked again; one that knows no such page is not", async () => {
  for (const status of [503, 429, 500, 401]) {
    let refuses = true;
    const { server: llama, reads } = await serveLlama();
    await using _ = llama;
    await using server = await serve(async (request, response, body) => {
      if (refuses) return void response.writeHead(status).end('{"error":{"message":"Loading model"}}');
      const answer = await fetch(`${llama.url}${request.url}`, body === "" ? {} : { method: "POST", body });
      response.end(await answer.text());
    });
    const model = modelAt(server.url);
    await model.warm(raw("a"), never);
    assert.equal(reads.length, 0);
    refuses = false;
    await model.warm(raw("a"), never);
    assert.equal(reads.length, 1, String(status));
  }
  for (const status of [404, 405]) {
    await using server = await serve((_request, response) => void response.writeHead(status).end("{}"));
    const model = modelAt(server.url);
    await model.warm(raw("a"), never);
    await model.warm(raw("b"), never);
    assert.equal(server.requests.length, 1, String(status));
  }
});

test("while a server wants to be left alone, it is not warmed either", async () => {
  await using server = await serve((_request, response) => {
    response.writeHead(429, { "retry-after": "60" }).end('{"error":{"message":"Slow down"}}');
  });
  const { model, pass } = modelWithClock(server.url);
  await assert.rejects(textFor(model, raw("a")));
  await model.warm(raw("a"), never);
  assert.deepEqual(
    server.requests.map(({ url }) => url),
    ["/v1/completions"],
  );
  pass(61_000);
  await model.warm(raw("a"), never);
  assert.equal(server.requests.length, 2);
});

test("after a request that was aborted before its answer, no piece is shorter than what it gave to read", async () => {
  const code = "total = total + 1\n".repeat(300);
  const asked = Promise.withResolvers<void>();
  const { server: llama, reads } = await serveLlama();
  await using _ = llama;
  await using server = await serve(async (request, response, body) => {
    if (request.url === "/v1/completions") return asked.resolve();
    const answer = await fetch(`${llama.url}${request.url}`, body === "" ? {} : { method: "POST", body });
    response.end(await answer.text());
  });
  const model = modelAt(server.url);
  const abort = new AbortController();
  const request = { prompt: raw(code), purpose: "suggestion", maxTokens: 8, temperature: 0, stop: [] } as const;
  const answer = (async () => {
    for await (const piece of model.stream(request, abort.signal)) assert.fail(piece);
  })();
  await asked.promise;
  abort.abort(new Error("typed on"));
  await assert.rejects(answer, /typed on/);
  await model.warm(raw(code), never);
  assert.deepEqual(
    reads.map(({ prompt }) => prompt.length),
    [code.length],
  );
});

test("after a while a place that was read is given to read again, in case that the server has forgotten it", async () => {
  const { server, reads, slot } = await serveLlama();
  await using _ = server;
  slot.told = false;
  const { model, pass } = modelWithClock(server.url);
  await model.warm(raw("x = 1\n"), never);
  await model.warm(raw("x = 1\n"), never);
  assert.equal(reads.length, 1);
  pass(10_000);
  await model.warm(raw("x = 1\n"), never);
  assert.equal(reads.length, 2);
});

test("a server that was started anew, or has read for others, gets the prompt in pieces again", async () => {
  const { server, reads, slot } = await serveLlama();
  await using _ = server;
  const code = "total = total + 1\n".repeat(300);
  const { model, pass } = modelWithClock(server.url);
  for (const read of [() => model.warm(raw(code), never), () => textFor(model, raw(code))]) {
    await read();
    reads.length = 0;
    pass(10_000);
    await model.warm(raw(`${code}x = 1\n`), never);
    assert.deepEqual(
      reads.map(({ prompt }) => prompt.length),
      [code.length + 6],
      "it still has the rest",
    );
    reads.length = 0;
    pass(10_000);
    slot.held = 17;
    await model.warm(raw(`${code}x = 1\ny = 2\n`), never);
    assert.ok((reads[0]?.prompt.length ?? Infinity) <= 256, "it has nothing");
    assert.ok(reads.length > 2);
  }
});

test("after a request that failed nothing counts as read", async () => {
  const code = "total = total + 1\n".repeat(300);
  const { server: llama, reads } = await serveLlama();
  await using _ = llama;
  await using server = await serve(async (request, response, body) => {
    if (request.url === "/v1/completions") return void response.writeHead(400).end('{"error":{"message":"no"}}');
    const answer = await fetch(`${llama.url}${request.url}`, body === "" ? {} : { method: "POST", body });
    response.end(await answer.text());
  });
  const model = modelAt(server.url);
  await model.warm(raw(code), never);
  reads.length = 0;
  await assert.rejects(textFor(model, raw(`${code}x = 1\n`)));
  await model.warm(raw(`${code}x = 1\n`), never);
  assert.ok((reads[0]?.prompt.length ?? Infinity) <= 256);
});
