import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { ModelSpeeds } from "../../src/extension/modelSpeeds.ts";
import type { ModelRequest } from "../../src/model/model.ts";
import { type EndPoint, RequestLog } from "../../src/model/requestLog.ts";

const request: Pick<ModelRequest, "prompt" | "purpose" | "maxTokens" | "temperature" | "stop"> = {
  prompt: { kind: "raw", parts: [{ text: "a", special: false }] },
  purpose: "suggestion",
  maxTokens: 100,
  temperature: 0,
  stop: [],
};

function setUp() {
  let now = 0;
  const kept = new Map<string, unknown>();
  let writes = 0;
  const memento = {
    get: <T>(key: string, fallback?: T) => (kept.get(key) ?? fallback) as T,
    update: async (key: string, value: unknown) => {
      writes += 1;
      kept.set(key, value);
    },
  };
  const log = new RequestLog(() => now);
  /** A request whose first token came after `firstTokenMs`, and which was over after `totalMs`. */
  const ask = (outputTokens: number | undefined, firstTokenMs: number, totalMs: number, endPoint: EndPoint = here) => {
    const recording = log.begin({ ...request, model: "small", endPoint }, undefined);
    now += totalMs;
    const usage = { promptTokens: 9, cachedTokens: 0, outputTokens, firstTokenMs };
    recording.end({ kind: "answered", leftEarly: false }, usage);
  };
  const make = () => new ModelSpeeds(memento, log);
  return { speeds: make(), make, ask, log, writes: () => writes };
}
const here: EndPoint = { kind: "embedded" };

test("the speed is that of writing, without the time that the prompt took", async () => {
  const { speeds, ask } = setUp();
  ask(41, 900, 1_700);
  await speeds.look();
  assert.equal(speeds.of("small"), 50);
  assert.equal(speeds.of("another"), undefined);
});

test("a request is counted once, and the figure is there in the next window", async () => {
  const { speeds, make, ask, writes } = setUp();
  ask(41, 100, 900);
  await speeds.look();
  await speeds.look();
  assert.equal(writes(), 1);
  ask(41, 100, 500);
  await speeds.look();
  assert.equal(Math.round(speeds.of("small") ?? 0), 67);
  assert.equal(Math.round(make().of("small") ?? 0), 67);
});

test("a few tokens tell nothing yet, and neither does a request without figures or one that still runs", async () => {
  const { speeds, ask, log } = setUp();
  ask(5, 10, 100);
  ask(undefined, 10, 100);
  ask(1, 10, 100);
  log.begin({ ...request, model: "small", endPoint: here }, undefined);
  await speeds.look();
  assert.equal(speeds.of("small"), undefined);
});

test("a server's speed is not this machine's", async () => {
  const { speeds, ask, writes } = setUp();
  ask(500, 10, 1_000, { kind: "server", url: "https://api.example.com" });
  await speeds.look();
  assert.equal(speeds.of("small"), undefined);
  assert.equal(writes(), 0);
});

test("what was measured long ago counts less", async () => {
  const { speeds, ask } = setUp();
  for (let time = 0; time < 30; time += 1) ask(101, 0, 10_000);
  await speeds.look();
  assert.equal(Math.round(speeds.of("small") ?? 0), 10);
  for (let time = 0; time < 30; time += 1) ask(101, 0, 1_000);
  await speeds.look();
  // All of it together would be 18.
  assert.ok((speeds.of("small") ?? 0) > 40, String(speeds.of("small")));
});

test("speeds that can't be kept are left out, and nobody who waits for them fails", async () => {
  const { ask, log } = setUp();
  ask(41, 100, 900);
  const full = {
    get: <T>(_key: string, fallback?: T) => fallback as T,
    update: () => Promise.reject(new Error("full")),
  };
  await new ModelSpeeds(full, log).look();
});

test("a request that ends when the window is closed is not looked at any more", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const { speeds, ask, writes } = setUp();
    ask(41, 100, 900);
    speeds.dispose();
    speeds.soon();
    mock.timers.tick(60_000);
    assert.equal(writes(), 0);
  } finally {
    mock.timers.reset();
  }
});
