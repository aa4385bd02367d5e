import assert from "node:assert/strict";
import { test } from "node:test";
import { readServerSentEvents } from "../../src/model/serverSentEvents.ts";

async function dataOf(...chunks: readonly (string | Uint8Array)[]): Promise<readonly string[]> {
  async function* bytes() {
    for (const chunk of chunks) yield typeof chunk === "string" ? Buffer.from(chunk) : chunk;
  }
  const events: string[] = [];
  for await (const data of readServerSentEvents(bytes())) events.push(data);
  return events;
}

test("events end at a blank line, whichever line breaks a server uses", async () => {
  for (const end of ["\n", "\r\n", "\r"]) {
    assert.deepEqual(await dataOf(`data: a${end}${end}data:b${end}${end}`), ["a", "b"]);
  }
});

test("an event is whole however the network cuts it", async () => {
  const events = Buffer.from("data: 你好\r\n\r\ndata: 🙂\r\n\r\n");
  for (let cut = 1; cut < events.length; cut++) {
    assert.deepEqual(await dataOf(events.subarray(0, cut), events.subarray(cut)), ["你好", "🙂"]);
  }
  assert.deepEqual(await dataOf(...Array.from(events, (byte) => Uint8Array.of(byte))), ["你好", "🙂"]);
});

test("several lines of data are one event; comments, names and ids are left out", async () => {
  assert.deepEqual(await dataOf(": hello\n\nevent: message\nid: 7\ndata: a\ndata:  b\nretry: 3\n\n"), ["a\n b"]);
  assert.deepEqual(await dataOf("event: ping\n\n"), []);
});

test("the last event counts without its blank line, and without its line break", async () => {
  assert.deepEqual(await dataOf("data: a\n\ndata: b\n"), ["a", "b"]);
  assert.deepEqual(await dataOf("data: a\n\ndata: b"), ["a", "b"]);
});

test("an event comes before the next one has begun", async () => {
  const later = Promise.withResolvers<void>();
  async function* bytes() {
    yield Buffer.from("data: a\n\n");
    await later.promise;
    yield Buffer.from("data: b\n\n");
  }
  const events = readServerSentEvents(bytes());
  assert.deepEqual(await events.next(), { done: false, value: "a" });
  later.resolve();
  assert.deepEqual(await events.next(), { done: false, value: "b" });
});

test("a return is a line's end, also as the last byte and as half of one that is cut in two", async () => {
  assert.deepEqual(await dataOf("data: a\n\ndata: [DONE]\r"), ["a", "[DONE]"]);
  assert.deepEqual(await dataOf("data: a\r", "\n", "data: b\r", "\n\r", "\ndata: c\r\n\r\n"), ["a\nb", "c"]);
  assert.deepEqual(await dataOf("data: a\r", "\r", "data: b\r\r"), ["a", "b"]);
});

test("a line in a thousand pieces is whole", async () => {
  const pieces = Array.from({ length: 1_000 }, (_, index) => `${index} `);
  assert.deepEqual(await dataOf("data:", ...pieces, "\n\n"), [pieces.join("")]);
});

test("a line that does not end is given up, and not read on", async () => {
  let read = 0;
  async function* bytes() {
    for (; read < 1_000; read++) yield new Uint8Array(2 ** 16).fill(97);
  }
  await assert.rejects(async () => {
    for await (const data of readServerSentEvents(bytes())) assert.fail(data);
  }, SyntaxError);
  assert.ok(read < 20, `${read} pieces`);
});
