import assert from "node:assert/strict";
import { test } from "node:test";
import { type Model, ModelError, type ModelRequest, type ModelStream } from "../../src/model/model.ts";
import { promptTexts } from "../../src/model/placedStretches.ts";
import { asChecks, recordedModel, recordedWarm, serverEndPoint } from "../../src/model/recorded.ts";
import { RequestLog, type SentRequest } from "../../src/model/requestLog.ts";
import type { ScoreRequest } from "../../src/model/scoring.ts";
import { settled } from "../support/fakeClock.ts";
import { alwaysSays, ScriptedModel } from "../support/scriptedModel.ts";

const request: ModelRequest = {
  prompt: {
    kind: "raw",
    parts: [
      { text: "<PRE>", special: true },
      { text: "const key = PAIRWISE_1", special: false },
    ],
  },
  purpose: "suggestion",
  maxTokens: 96,
  temperature: 0,
  stop: ["<EOT>"],
  provenance: {
    stretches: [{ source: "before", text: "const key = PAIRWISE_1", path: "a.ts", line: 3, tokens: 7 }],
    redactions: [{ placeholder: "PAIRWISE_1", rule: "AWS access key", count: 1 }],
    suggestion: "s1",
  },
};
const never = new AbortController().signal;

function recording(model: Model) {
  let time = 1_000;
  const log = new RequestLog(() => time);
  const only = (): SentRequest => {
    assert.equal(log.requests.length, 1);
    return log.requests[0]!;
  };
  return { log, only, pass: (ms: number) => (time += ms), model: recordedModel(model, log, { kind: "embedded" }) };
}

async function readAll(stream: ModelStream): Promise<string> {
  let answer = "";
  for await (const text of stream) answer += text;
  return answer;
}

test("what the model is asked and what it answers are on record, as sent", async () => {
  const scripted = new ScriptedModel();
  const { model, only, pass } = recording(scripted);
  const answer = readAll(model.stream(request, never));
  await settled();
  assert.deepEqual(only().state, { kind: "running" });
  assert.equal(only().totalMs, undefined);
  scripted.last.say("ab", "cd");
  await settled();
  assert.equal(only().answer, "abcd");
  pass(250);
  scripted.last.done();
  assert.equal(await answer, "abcd");
  const { prompt, maxTokens, temperature, stop, purpose } = request;
  assert.deepEqual(only(), {
    id: 1,
    startedAt: 1_000,
    purpose,
    model: "scripted",
    endPoint: { kind: "embedded" },
    prompt,
    maxTokens,
    temperature,
    stop,
    stretches: [{ source: "before", path: "a.ts", line: 3, tokens: 7, range: { start: 5, end: 27 } }],
    redactions: [{ placeholder: "PAIRWISE_1", rule: "AWS access key", count: 1 }],
    suggestion: "s1",
    state: { kind: "answered", leftEarly: false },
    answer: "abcd",
    usage: { promptTokens: 10, cachedTokens: undefined, outputTokens: undefined, firstTokenMs: undefined },
    totalMs: 250,
  });
});

test("the model gets the request without what is told of its origin", async () => {
  const scripted = alwaysSays("x");
  const { model } = recording(scripted);
  await readAll(model.stream(request, never));
  const { provenance: _, ...asked } = request;
  assert.deepEqual(scripted.last.request, asked);
});

test("a stream that nobody reads is not sent, and not on record", () => {
  const { model, log } = recording(new ScriptedModel());
  model.stream(request, never);
  assert.deepEqual(log.requests, []);
});

test("what was aborted before it began was not sent, and throws the signal's reason as without a record", async () => {
  const { model, log } = recording(new ScriptedModel());
  await assert.rejects(readAll(model.stream(request, AbortSignal.abort(new Error("typed on")))), /typed on/);
  assert.deepEqual(log.requests, []);
});

test("an aborted request is on record as given up, with what had arrived", async () => {
  const scripted = new ScriptedModel();
  const { model, only } = recording(scripted);
  const typing = new AbortController();
  const answer = readAll(model.stream(request, typing.signal));
  await settled();
  scripted.last.say("half");
  await settled();
  typing.abort(new Error("typed on"));
  await assert.rejects(answer, /typed on/);
  assert.deepEqual([only().state, only().answer], [{ kind: "aborted" }, "half"]);
});

test("a failure is on record with its kind, and reaches the caller unchanged", async () => {
  const failure = { kind: "server-error", host: "localhost", status: 503 } as const;
  const error = new ModelError(failure);
  const { model, only } = recording(new ScriptedModel((stream) => stream.fail(error)));
  await assert.rejects(readAll(model.stream(request, never)), (thrown) => thrown === error);
  assert.deepEqual(only().state, { kind: "failed", failure });
});

test("a fault of the program's own is on record without a kind", async () => {
  const { model, only } = recording(new ScriptedModel((stream) => stream.fail(new TypeError("bug"))));
  await assert.rejects(readAll(model.stream(request, never)), TypeError);
  assert.deepEqual(only().state, { kind: "failed", failure: undefined });
});

test("a reader who has enough ends the request, and the record says so", async () => {
  const scripted = new ScriptedModel((stream) => stream.say("one", "two"));
  const { model, only } = recording(scripted);
  for await (const _ of model.stream(request, never)) break;
  assert.equal(scripted.last.left, true);
  assert.deepEqual([only().state, only().answer], [{ kind: "answered", leftEarly: true }, "one"]);
});

test("purged while it runs, a request goes on and leaves no trace", async () => {
  const scripted = new ScriptedModel();
  const { model, log } = recording(scripted);
  const answer = readAll(model.stream(request, never));
  await settled();
  log.purge();
  scripted.last.say("all").done();
  assert.equal(await answer, "all");
  assert.deepEqual(log.requests, []);
});

test("a prompt that is read ahead is on record; one that was not sent, or has nothing in it, is not", async () => {
  const log = new RequestLog(() => 0);
  const about = { model: "small", endPoint: { kind: "embedded" } } as const;
  const outcomes = () => log.requests.map(({ purpose, state }) => [purpose, state.kind]);
  await recordedWarm(() => Promise.resolve(false), log, about)(request.prompt, never);
  await recordedWarm(() => Promise.resolve(true), log, about)({ kind: "raw", parts: [] }, never);
  await recordedWarm(() => Promise.resolve(true), log, about)(request.prompt, AbortSignal.abort());
  assert.deepEqual(outcomes(), []);
  await recordedWarm(() => Promise.resolve(true), log, about)(request.prompt, never);
  const resting = new AbortController();
  const warming = recordedWarm(
    () => new Promise((_, reject) => resting.signal.addEventListener("abort", () => reject(new Error("moved on")))),
    log,
    about,
  )(request.prompt, resting.signal);
  resting.abort();
  await assert.rejects(warming, /moved on/);
  await assert.rejects(
    recordedWarm(
      () => Promise.reject(new ModelError({ kind: "engine-stopped", detail: "" })),
      log,
      about,
    )(request.prompt, never),
    ModelError,
  );
  assert.deepEqual(outcomes(), [
    ["warm-up", "answered"],
    ["warm-up", "aborted"],
    ["warm-up", "failed"],
  ]);
});

test("of a server's address only what is no secret is on record", () => {
  const url = (address: string) => {
    const endPoint = serverEndPoint(address);
    return endPoint.kind === "server" ? endPoint.url : undefined;
  };
  assert.equal(url("https://api.openai.com/v1/"), "https://api.openai.com/v1");
  assert.equal(url(" http://name:word@localhost:8080/v1?key=abc#def "), "http://localhost:8080/v1");
  assert.equal(url("no address"), "");
});

const scoreRequest = {
  prompt: request.prompt,
  continuation: "\nuse(key)",
  provenance: request.provenance,
} as ScoreRequest;

test("what is asked to see whether a model answers, or to try a prompt, is on record as that and asked as a suggestion", async () => {
  const asked: unknown[] = [];
  const scripted = alwaysSays("a");
  const model: Model = {
    name: "m",
    stream(sent, signal) {
      asked.push(sent.purpose);
      return scripted.stream(sent, signal);
    },
  };
  const log = new RequestLog(() => 0);
  const end = { kind: "embedded" } as const;
  await readAll(recordedModel(model, asChecks(log), end).stream(request, never));
  const provenance = { stretches: [], redactions: [], askedFor: "trial" } as const;
  await readAll(recordedModel(model, log, end).stream({ ...request, provenance }, never));
  assert.deepEqual(
    log.requests.map(({ purpose }) => purpose),
    ["check", "trial"],
  );
  assert.deepEqual(asked, ["suggestion", "suggestion"]);
});

test("what is scored is on record with the prompt in front of it, under a purpose of its own", async () => {
  const asked: ScoreRequest[] = [];
  const score = async (request: ScoreRequest) => {
    asked.push(request);
    return { logProbability: -2.5, tokens: 4 };
  };
  const { model, only } = recording(Object.assign(new ScriptedModel(), { score }));
  assert.deepEqual(await model.score?.(scoreRequest, never), { logProbability: -2.5, tokens: 4 });
  assert.deepEqual(asked, [{ prompt: scoreRequest.prompt, continuation: scoreRequest.continuation }]);
  const { purpose, endPoint, prompt, stretches, redactions, state, answer } = only();
  assert.deepEqual([purpose, endPoint, answer], ["scoring", { kind: "embedded" }, ""]);
  assert.deepEqual(state, { kind: "answered", leftEarly: false });
  assert.deepEqual(prompt, {
    kind: "raw",
    parts: [...scoreRequest.prompt.parts, { text: "\nuse(key)", special: false }],
  });
  assert.deepEqual(
    stretches.map(({ source, range }) => [source, range]),
    [
      ["before", { start: 5, end: 27 }],
      ["scored", { start: 27, end: 36 }],
    ],
  );
  assert.deepEqual(redactions, request.provenance?.redactions);
});

test("a score that fails or is given up is on record as that, and one that was never asked for is not", async () => {
  const failure = new ModelError({ kind: "timed-out", host: "a", limitMs: 1 });
  const failing = recording(Object.assign(new ScriptedModel(), { score: () => Promise.reject(failure) }));
  await assert.rejects(failing.model.score!(scoreRequest, never), failure);
  assert.deepEqual(failing.only().state, { kind: "failed", failure: failure.failure });

  const controller = new AbortController();
  const reason = new Error("the view was closed");
  const score = async () => {
    controller.abort(reason);
    throw reason;
  };
  const aborted = recording(Object.assign(new ScriptedModel(), { score }));
  await assert.rejects(aborted.model.score!(scoreRequest, controller.signal), reason);
  assert.deepEqual(aborted.only().state, { kind: "aborted" });

  const late = recording(Object.assign(new ScriptedModel(), { score }));
  await assert.rejects(late.model.score!(scoreRequest, controller.signal), reason);
  assert.equal(late.log.requests.length, 0);
  assert.equal(recording(new ScriptedModel()).model.score, undefined);
});

test("of a picture its size is on record and not the picture, and of tools what was sent and called", async () => {
  const base64 = Buffer.from("x".repeat(34_001)).toString("base64");
  const call = { id: "1", name: "read_file", arguments: '{"path":"a.ts"}' };
  const prompt = {
    kind: "chat",
    messages: [
      { role: "user", content: "what is it?", pictures: [{ mediaType: "image/png", base64 }] },
      { role: "assistant", content: "", toolCalls: [call] },
      { role: "tool", content: "let a;", toolCallId: "1" },
    ],
    tools: [{ name: "read_file", description: "Reads.", parameters: { type: "object" } }],
  } as const;
  let sent: unknown;
  const calling: Model = {
    name: "calling",
    stream(asked) {
      sent = asked.prompt;
      return Object.assign(alwaysSays("Let me look.").stream(asked, never), { toolCalls: [call] });
    },
  };
  const { model, only } = recording(calling);
  const stretches = [{ source: "file", text: "let a;", path: "a.ts", line: 0, tokens: 2 }];
  const provenance = { stretches, redactions: [] };
  await readAll(model.stream({ ...request, prompt, provenance }, never));
  assert.equal(sent, prompt);
  assert.ok(!JSON.stringify(only().prompt).includes(base64));
  assert.equal(only().answer, 'Let me look.\nread_file {"path":"a.ts"}');
  const texts = promptTexts(only().prompt);
  assert.deepEqual(
    texts.map(({ role, text, picture }) => [role, text || picture]),
    [
      ["user", "what is it?"],
      ["user", { mediaType: "image/png", bytes: 34_001 }],
      ["assistant", 'read_file {"path":"a.ts"}'],
      ["tool", "let a;"],
      ["tools", '{"name":"read_file","description":"Reads.","parameters":{"type":"object"}}'],
    ],
  );
  const at = texts
    .map(({ text }) => text)
    .join("")
    .indexOf("let a;");
  assert.deepEqual(only().stretches[0]?.range, { start: at, end: at + 6 });
});
