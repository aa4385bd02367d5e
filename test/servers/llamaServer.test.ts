/** llama.cpp's own server with the small model: what is taken for granted of it in src/model. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { llamaServerFacts } from "../../src/model/llamaFacts.ts";
import { llamaFormat } from "../../src/model/llamaFormat.ts";
import { ModelError, type ModelRequest, type Prompt } from "../../src/model/model.ts";
import { createOpenAiModel } from "../../src/model/openai.ts";
import { type LlamaServer, startLlamaServer } from "../support/llamaServer.ts";
import { ensureTestModel } from "../support/testModel.ts";

const never = new AbortController().signal;
/** How often it is started anew where it was quicker than we were. */
const STARTS = 5;
let server: LlamaServer;
let answerWhileLoading = "";
before(async () => {
  for (let start = 0; start < STARTS && answerWhileLoading === ""; start++) {
    await server?.[Symbol.asyncDispose]();
    server = await startLlamaServer(await ensureTestModel(), ["--parallel", "1", "--ctx-size", "2048"]);
    // As soon as somebody listens: the model takes some hundred milliseconds.
    let facts = await factsHere();
    for (; facts.kind === "unreachable"; facts = await factsHere()) await sleep(2);
    if (facts.kind === "loading") answerWhileLoading = await answerOnceLoaded();
    await server.ready();
  }
});
after(() => server?.[Symbol.asyncDispose]());

const raw = (text: string): Prompt => ({ kind: "raw", parts: [{ text, special: false }] });
const requestFor = (prompt: Prompt, more: Partial<ModelRequest> = {}): ModelRequest => ({
  prompt,
  purpose: "suggestion",
  maxTokens: 16,
  temperature: 0,
  stop: [],
  ...more,
});
const factsHere = () => llamaServerFacts({ baseUrl: `${server.url}/v1`, apiKey: undefined, fetch }, never);
const modelHere = (timeLimitMs = 60_000) =>
  createOpenAiModel({ baseUrl: `${server.url}/v1`, apiKey: undefined, model: "small", fetch, timeLimitMs });

async function textFrom(pieces: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const piece of pieces) text += piece;
  return text;
}

/** Three tries fail as with any server that is busy; on a machine that is, loading takes longer than they do. */
async function answerOnceLoaded(): Promise<string> {
  const model = modelHere();
  for (;;) {
    try {
      return await textFrom(model.stream(requestFor(raw("x =")), never));
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      assert.deepEqual(error.failure, { kind: "model-loading", host: new URL(server.url).host });
      await sleep(200);
    }
  }
}

const CODE = "def add(a, b):\n    return a + b\n\ndef subtract(a, b):\n    return";

test("the server is known to be reading its model, and a request of that time is answered when it has", () => {
  assert.notEqual(answerWhileLoading, "");
});

test("the server tells of its model, and is asked as its name says", async () => {
  const facts = await factsHere();
  assert.ok(facts.kind === "ready");
  const { path, contextTokens, slots, hasChatTemplate, hasFillTokens } = facts;
  assert.deepEqual(
    { path, contextTokens, slots, hasChatTemplate, hasFillTokens },
    {
      path: await ensureTestModel(),
      contextTokens: 2048,
      slots: 1,
      hasChatTemplate: true,
      hasFillTokens: false,
    },
  );
  assert.equal(llamaFormat("small", facts), "chat-hole");
});

test("a raw prompt is continued as it arrives, and what was read before is not read again", async () => {
  const model = modelHere();
  const pieces: string[] = [];
  const stream = model.stream(requestFor(raw(CODE)), never);
  for await (const piece of stream) pieces.push(piece);
  assert.match(pieces.join(""), /^ a - b/);
  assert.ok(pieces.length > 3, "in pieces");
  const again = model.stream(requestFor(raw(`${CODE} `)), never);
  await textFrom(again);
  assert.ok((again.usage.cachedTokens ?? 0) > 15, `${again.usage.cachedTokens} of ${again.usage.promptTokens}`);
});

test("a chat is answered", async () => {
  const messages = [{ role: "user", content: "What is the capital of France? One word." }] as const;
  const stream = modelHere().stream(requestFor({ kind: "chat", messages }), never);
  assert.match(await textFrom(stream), /Paris/);
  assert.ok((stream.usage.promptTokens ?? 0) > 10);
});

test("a prompt that is read ahead is there when it is asked about", async () => {
  const model = modelHere();
  const code = Array.from({ length: 60 }, (_, line) => `value_${line} = ${line} * 2\n`).join("");
  assert.equal(await model.warm(raw(code), never), true);
  const stream = model.stream(requestFor(raw(`${code}value_60`)), never);
  await textFrom(stream);
  const { cachedTokens = 0, promptTokens = Infinity } = stream.usage;
  assert.ok(cachedTokens > promptTokens * 0.9, `${cachedTokens} of ${promptTokens}`);
});

test("a request that is aborted, while it is read or while it is answered, leaves the slot free", async () => {
  const model = modelHere();
  const long = raw("The quick brown fox jumps over the lazy dog. ".repeat(120));
  for (const abortAfter of ["a moment", "the first words"] as const) {
    const controller = new AbortController();
    const reason = new Error("typed on");
    const answer = (async () => {
      for await (const _ of model.stream(requestFor(long, { maxTokens: 1_000 }), controller.signal)) {
        if (abortAfter === "the first words") controller.abort(reason);
      }
    })();
    answer.catch(() => {});
    if (abortAfter === "a moment") {
      await untilBusy(1);
      controller.abort(reason);
    }
    await assert.rejects(answer, reason);
    await untilBusy(0);
  }
});

test("a prompt that is longer than the context is refused with both lengths", async () => {
  const asked = textFrom(modelHere().stream(requestFor(raw("one two three ".repeat(1_500))), never));
  await assert.rejects(asked, (error) => {
    assert.ok(error instanceof ModelError && error.failure.kind === "prompt-too-long", String(error));
    assert.equal(error.failure.limit, 2048);
    assert.ok(error.failure.tokens > 4_000);
    return true;
  });
});

test("what the small model writes it finds likelier than what it would not write", async () => {
  const model = modelHere();
  await textFrom(model.stream(requestFor(raw(CODE)), never));
  const prompt = { kind: "raw", parts: [{ text: CODE, special: false }] } as const;
  const [good, bad] = [
    await model.score?.({ prompt, continuation: " a - b" }, never),
    await model.score?.({ prompt, continuation: " pear juice" }, never),
  ];
  assert.ok((good?.logProbability ?? -Infinity) > (bad?.logProbability ?? 0) + 5, JSON.stringify([good, bad]));
});

/** The file's own limit ends what never comes. */
async function untilBusy(slots: number): Promise<void> {
  for (;;) {
    const told = (await (await fetch(`${server.url}/slots`)).json()) as readonly { readonly is_processing: boolean }[];
    if (told.filter(({ is_processing }) => is_processing).length === slots) return;
    await sleep(10);
  }
}
