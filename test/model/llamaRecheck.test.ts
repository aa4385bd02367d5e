import assert from "node:assert/strict";
import { test } from "node:test";
import { infillOrTemplate } from "../../src/model/llamaFormat.ts";
import { createRecheck } from "../../src/model/llamaRecheck.ts";
import { type LlamaSetUp, setUpLlama } from "../../src/model/llamaSetUp.ts";
import { ModelError } from "../../src/model/model.ts";
import { createOpenAiModel } from "../../src/model/openai.ts";
import { formatHole } from "../../src/model/templates.ts";
import { failureOf, requestFor, textOf } from "../support/answers.ts";
import { settled } from "../support/fakeClock.ts";
import { chatting, filling, llama, type Loaded } from "../support/startedAnew.ts";
import { serve } from "./localServer.ts";

const MINUTES = 60_000;
const never = new AbortController().signal;
const hole = { path: "a.py", languageId: "python", prefix: "def f():\n    ", suffix: "\n" };

/** The model as it is made for suggestions; `outdated` is what the next request would be told. */
async function setUp(url: string) {
  const options = { baseUrl: `${url}/v1`, apiKey: undefined, fetch };
  let now = 0;
  let asked = 0;
  let last: Promise<unknown> = Promise.resolve();
  const ask = () => {
    asked += 1;
    const answer = setUpLlama(options, "in-house", false);
    last = answer.catch(() => undefined);
    return answer;
  };
  const told = await ask();
  const recheck = createRecheck(told, ask, () => now);
  const { isLlama } = told;
  const doubted = () => recheck.doubt();
  const model = infillOrTemplate(
    createOpenAiModel({ ...options, model: "in-house", timeLimitMs: 5_000, isLlama, doubted, now: () => now }),
  );
  const { prompt } = formatHole(told.format ?? "chat-hole", hole);
  return {
    format: told.format,
    stream: () => model.stream(requestFor(prompt), never),
    recheck,
    questions: () => asked,
    pass: (ms: number) => void (now += ms),
    heard: async () => {
      await last;
      await settled();
    },
  };
}

test("after 501, as the model that was started since can't infill, what the server is has been asked again", async () => {
  let loaded = filling;
  await using server = await serve(llama(() => loaded));
  const { format, stream, recheck, heard } = await setUp(server.url);
  assert.equal(format, "infill");
  assert.equal(await textOf(stream()), "1");
  assert.equal(recheck.isOutdated(), false);
  loaded = chatting;
  assert.equal(await textOf(stream()), "1", "by the other way meanwhile");
  await heard();
  assert.equal(recheck.isOutdated(), true);
});

test("an answer by a model of another name makes the server be asked what it is", async () => {
  let loaded = chatting;
  await using server = await serve(llama(() => loaded));
  const { stream, recheck, questions, heard } = await setUp(server.url);
  for (let i = 0; i < 3; i += 1) await textOf(stream());
  assert.equal(questions(), 1, "the same name says nothing, also where it is not the one of the settings");
  loaded = filling;
  await textOf(stream());
  await heard();
  assert.equal(recheck.isOutdated(), true);
});

test("a server that was away is waited for at the next request, and the prompt is for the model that it has then", async () => {
  let loaded: Loaded | undefined = filling;
  await using server = await serve(llama(() => loaded));
  const { stream, recheck, heard, pass } = await setUp(server.url);
  loaded = undefined;
  assert.equal((await failureOf(stream())).kind, "model-loading");
  await heard();
  assert.equal(await recheck.isOutdated(), false, "it still loads");
  loaded = chatting;
  pass(30_000);
  assert.equal(await recheck.isOutdated(), true);
});

test("a server that comes back with the same model goes on as before", async () => {
  let loaded: Loaded | undefined = filling;
  await using server = await serve(llama(() => loaded));
  const { stream, recheck, heard, questions, pass } = await setUp(server.url);
  loaded = undefined;
  await failureOf(stream());
  await heard();
  loaded = filling;
  pass(30_000);
  assert.equal(await recheck.isOutdated(), false);
  const before = questions();
  assert.equal(recheck.isOutdated(), false, "at once again");
  assert.equal(await textOf(stream()), "1");
  assert.equal(questions(), before);
});

test("where nothing tells of another model the server is asked every few minutes, and no request waits for it", async () => {
  let loaded = filling;
  await using server = await serve(llama(() => loaded, false));
  const { recheck, questions, heard, pass } = await setUp(server.url);
  loaded = chatting;
  pass(1 * MINUTES);
  assert.equal(recheck.isOutdated(), false);
  assert.equal(questions(), 1);
  pass(3 * MINUTES);
  assert.equal(recheck.isOutdated(), false, "not waited for");
  assert.equal(recheck.isOutdated(), false, "nor asked twice");
  assert.equal(questions(), 2);
  await heard();
  assert.equal(recheck.isOutdated(), true);
});

test("a server that is none of llama.cpp's is not asked by the clock, and one that is silent is believed what it said", async () => {
  let now = 0;
  let asked = 0;
  const ask = async (): Promise<LlamaSetUp> => {
    asked += 1;
    return { isLlama: undefined };
  };
  const other = createRecheck({ isLlama: false }, ask, () => now);
  now = 60 * MINUTES;
  assert.equal(other.isOutdated(), false);
  assert.equal(asked, 0);
  const silent = createRecheck({ isLlama: true, format: "infill" }, ask, () => now);
  silent.doubt();
  await settled();
  assert.equal(asked, 1);
  assert.equal(silent.isOutdated(), false);
  const late = createRecheck(
    { isLlama: undefined },
    async () => ({ isLlama: true, format: "infill" }),
    () => now,
  );
  now += 3 * MINUTES;
  assert.equal(late.isOutdated(), false);
  await settled();
  assert.equal(late.isOutdated(), true, "it was too busy to tell at first");
});

test("whatever becomes of the question, nobody fails by it", async () => {
  const gone = async () => {
    throw new ModelError({ kind: "unreachable", host: "here", code: "ECONNREFUSED" });
  };
  const recheck = createRecheck({ isLlama: true, format: "infill" }, gone, () => 0);
  recheck.doubt();
  await settled();
  assert.equal(await recheck.isOutdated(), false);
});
