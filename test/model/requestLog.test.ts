import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { formatHole, formatNames } from "../../src/model/templates.ts";
import type { Prompt, Usage } from "../../src/model/model.ts";
import { placeStretches, promptTexts } from "../../src/model/placedStretches.ts";
import type { Stretch } from "../../src/model/provenance.ts";
import { RequestLog, type Sending } from "../../src/model/requestLog.ts";

const usage: Usage = { promptTokens: 9, cachedTokens: 4, outputTokens: 2, firstTokenMs: 30 };
const raw = (...texts: readonly string[]): Prompt => ({
  kind: "raw",
  parts: texts.map((text) => ({ text, special: text.startsWith("<") })),
});
const sending = (prompt: Prompt): Sending => ({
  purpose: "suggestion",
  model: "small",
  endPoint: { kind: "embedded" },
  prompt,
  maxTokens: 96,
  temperature: 0,
  stop: [],
});
const stretch = (source: string, text: string): Stretch => ({ source, text, path: "a.ts", line: 0, tokens: 1 });
const ids = (log: RequestLog) => log.requests.map(({ id }) => id);

test("of more requests than are kept the oldest are forgotten", () => {
  const log = new RequestLog(() => 0, { requests: 3, chars: 1_000 });
  for (let count = 0; count < 5; count += 1) log.begin(sending(raw("text")), undefined);
  assert.deepEqual(ids(log), [3, 4, 5]);
});

test("when prompts and answers are together too long the oldest are forgotten, also while an answer grows", () => {
  const log = new RequestLog(() => 0, { requests: 50, chars: 100 });
  log.begin(sending(raw("a".repeat(40))), undefined);
  const second = log.begin(sending(raw("b".repeat(40))), undefined);
  assert.deepEqual(ids(log), [1, 2]);
  second.text("c".repeat(20), usage);
  assert.deepEqual(ids(log), [1, 2]);
  second.text("d", usage);
  assert.deepEqual(ids(log), [2]);
  log.begin(sending(raw("e".repeat(101))), undefined);
  assert.deepEqual(ids(log), []);
  log.begin(sending(raw("f".repeat(100))), undefined);
  assert.deepEqual(ids(log), [4]);
});

test("whatever is recorded, the bounds hold and the newest that fits is there", () => {
  const step = fc.record({ prompt: fc.nat(60), answer: fc.nat(60), purge: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const log = new RequestLog(() => 0, { requests: 4, chars: 100 });
      for (const { prompt, answer, purge } of steps) {
        const recording = log.begin(sending(raw("p".repeat(prompt))), undefined);
        recording.text("a".repeat(answer), usage);
        recording.end({ kind: "answered", leftEarly: false }, usage);
        const length = log.requests.reduce(
          (sum, request) =>
            sum +
            request.answer.length +
            promptTexts(request.prompt)
              .map(({ text }) => text)
              .join("").length,
          0,
        );
        assert.ok(log.requests.length <= 4 && length <= 100);
        assert.equal(log.requests.at(-1)?.answer.length, prompt + answer <= 100 ? answer : undefined);
        if (purge) log.purge();
      }
    }),
  );
});

test("purged while a request runs, nothing of it comes back", () => {
  const log = new RequestLog(() => 0);
  const recording = log.begin(sending(raw("secret")), undefined);
  recording.text("half", usage);
  log.purge();
  let told = 0;
  log.onDidChange(() => (told += 1));
  recording.text("rest", usage);
  recording.end({ kind: "answered", leftEarly: false }, usage);
  recording.forget();
  assert.deepEqual(log.requests, []);
  assert.equal(told, 0);
  log.begin(sending(raw("next")), undefined);
  assert.deepEqual(ids(log), [2]);
});

test("who keeps something of requests elsewhere hears of a purge, when the record is empty, until they leave", () => {
  const log = new RequestLog(() => 0);
  const heard: number[] = [];
  const leave = log.onDidPurge(() => heard.push(log.requests.length));
  log.begin(sending(raw("one")), undefined);
  log.pause(true);
  assert.deepEqual(heard, []);
  log.purge();
  leave();
  log.purge();
  assert.deepEqual(heard, [0]);
});

test("while paused nothing new is kept, and what runs already is filled in", () => {
  const log = new RequestLog(() => 0);
  const running = log.begin(sending(raw("one")), undefined);
  log.pause(true);
  const unseen = log.begin(sending(raw("two")), undefined);
  unseen.text("text", usage);
  running.text("answer", usage);
  running.end({ kind: "answered", leftEarly: true }, usage);
  assert.deepEqual(
    log.requests.map(({ id, answer }) => [id, answer]),
    [[1, "answer"]],
  );
  log.pause(false);
  log.begin(sending(raw("three")), undefined);
  assert.deepEqual(ids(log), [1, 2]);
});

test("who looks on is told of each change until they leave", () => {
  const log = new RequestLog(() => 0);
  let told = 0;
  const leave = log.onDidChange(() => (told += 1));
  const recording = log.begin(sending(raw("one")), undefined);
  recording.text("a", usage);
  recording.end({ kind: "aborted" }, usage);
  log.purge();
  assert.equal(told, 4);
  leave();
  log.pause(true);
  assert.equal(told, 4);
});

test("the caret's file is found in the prompt of every format, wherever the format puts it", () => {
  const prefix = "function add(a, b) {\n  return ";
  const suffix = ";\n}\n\nadd(1, 2);\n";
  for (const format of [...formatNames, "infill"] as const) {
    const { prompt } = formatHole(format, { path: "src/add.js", languageId: "javascript", prefix, suffix });
    const all = promptTexts(prompt)
      .map(({ text }) => text)
      .join("");
    const found = placeStretches(prompt, [stretch("before", prefix), stretch("after", suffix)]).map(
      ({ range }) => range && all.slice(range.start, range.end),
    );
    assert.deepEqual(found, [prefix, format === "continuation" ? undefined : suffix], format);
  }
});

test("a short text after the caret is not taken for one of the same characters elsewhere", () => {
  const [before, after] = placeStretches(raw("<PRE>", "a {}\nb {", "<SUF>", "}", "<MID>"), [
    stretch("before", "a {}\nb {"),
    stretch("after", "}"),
  ]);
  assert.deepEqual(before?.range, { start: 5, end: 13 });
  assert.deepEqual(after?.range, { start: 18, end: 19 });
});

test("a piece is found inside of a longer text and two of them never overlap", () => {
  const prompt = raw("<PRE>", "// cart.ts\nsum(): number\nlet total = ");
  const [piece, inside, before] = placeStretches(prompt, [
    stretch("definitions", "sum(): number"),
    stretch("similar", "number"),
    stretch("before", "let total = "),
  ]);
  assert.deepEqual(piece?.range, { start: 16, end: 29 });
  assert.equal(inside?.range, undefined);
  assert.deepEqual(before?.range, { start: 30, end: 42 });
});

test("a record keeps the place of a stretch and not a second copy of its text", () => {
  const log = new RequestLog(() => 0);
  log.begin(sending(raw("PAIRWISE_1")), { stretches: [stretch("before", "the secret itself")], redactions: [] });
  assert.doesNotMatch(JSON.stringify(log.requests), /the secret itself/);
});

test("the texts of the stretches are let go of after the answer's end, and not while somebody waits for it", () => {
  const work: (() => void)[] = [];
  const log = new RequestLog(
    () => 0,
    undefined,
    (each) => work.push(each),
  );
  let reads = 0;
  const before = {
    ...stretch("before", ""),
    get text() {
      reads += 1;
      return "let total = ";
    },
  };
  const recording = log.begin(sending(raw("<PRE>", "let total = ")), { stretches: [before], redactions: [] });
  recording.end({ kind: "answered", leftEarly: false }, usage);
  assert.equal(reads, 0);
  for (const each of work) each();
  const readsAtEnd = reads;
  assert.ok(readsAtEnd > 0);
  assert.deepEqual(log.requests[0]?.stretches[0]?.range, { start: 5, end: 17 });
  assert.equal(reads, readsAtEnd);
});

test("control tokens of a template are never taken for the user's text", () => {
  const [before] = placeStretches(raw("<PRE>", "x"), [stretch("before", "<PRE>")]);
  assert.equal(before?.range, undefined);
});
