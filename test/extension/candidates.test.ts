import assert from "node:assert/strict";
import { test } from "node:test";
import { CompletionEngine } from "../../src/completion/engine.ts";
import { Candidates, type MadeModel } from "../../src/extension/candidates.ts";
import type { EngineState } from "../../src/model/embedded/engineState.ts";
import type { ModelFailure } from "../../src/model/failure.ts";
import { type Model, ModelError, type ModelRequest } from "../../src/model/model.ts";
import { at } from "../support/carets.ts";
import { FakeClock, settled } from "../support/fakeClock.ts";
import { ScriptedModel } from "../support/scriptedModel.ts";

const request: ModelRequest = {
  prompt: { kind: "raw", parts: [] },
  purpose: "suggestion",
  maxTokens: 10,
  temperature: 0,
  stop: [],
};
const gone: ModelFailure = { kind: "model-file-missing", path: "a.gguf" };

/** What is made of the models that the settings name, and what is told of it. */
function setUp(makers: Readonly<Record<string, () => MadeModel | Promise<MadeModel>>>) {
  const told: string[] = [];
  const asked: string[] = [];
  const engineChanges = new Map<string, () => void>();
  let names = Object.keys(makers);
  const candidates = new Candidates({
    references: () => names,
    make: async (reference, engineChanged) => {
      asked.push(reference);
      engineChanges.set(reference, engineChanged);
      const maker = makers[reference];
      assert.ok(maker);
      return maker();
    },
    now: () => 0,
    onOtherModel: () => told.push("model"),
    onEngineChange: () => told.push("engine"),
  });
  const choose = (...next: string[]): void => {
    names = next;
    candidates.reset();
  };
  return { candidates, told, asked, choose, engineChanged: (name: string) => engineChanges.get(name)?.() };
}

function made(name: string, more: Omit<MadeModel, "backend"> = {}, model: Model = new ScriptedModel()): MadeModel {
  return { backend: { model, format: "qwen2.5-coder", host: name }, ...more };
}

function engineOf(kind: "ready" | "unloaded", restart = async (): Promise<void> => {}) {
  return { state: { kind } as EngineState, restart };
}

async function failureOf(work: Promise<unknown>): Promise<ModelFailure | undefined> {
  return work.then(
    () => undefined,
    (error: unknown) => (error instanceof ModelError ? error.failure : undefined),
  );
}

test("each model that answers is known by the name that the settings give it, until they change", async () => {
  const { candidates, choose } = setUp({ "slow/one": () => made("slow"), "other/two": () => made("other") });
  const first = await candidates.backend();
  const second = await candidates.instead(first);
  assert.ok(second);
  assert.deepEqual([candidates.referenceOf(first), candidates.referenceOf(second)], ["slow/one", "other/two"]);
  choose("other/two");
  assert.equal(candidates.referenceOf(first), undefined);
});

test("the next model helps where the first one hangs, request after request", { timeout: 10_000 }, async () => {
  const hanging = new ScriptedModel();
  const helping = new ScriptedModel((stream) => stream.say("a + b;").done());
  const { candidates } = setUp({
    "slow/one": () => made("slow", {}, hanging),
    "other/two": () => made("other", {}, helping),
  });
  const clock = new FakeClock();
  const delay = { rate: 0, minMs: 0, maxMs: 0 };
  const engine = new CompletionEngine({
    backend: () => candidates.backend(),
    clock,
    options: () => ({ timeLimitMs: 2_000, maxLines: 8, lingerMs: 200, delay, alternatives: 1 }),
    onEvent: () => {},
  });
  const ask = async (text: string) => {
    const outcome = engine.complete(at(text), "automatic", new AbortController().signal);
    await clock.pass(2_000);
    return outcome;
  };
  for (const name of ["a", "b", "c"]) assert.equal((await ask(`${name} = ║\n`)).kind, "failed");
  assert.equal(candidates.fallenBack?.to, undefined, "not before the next request");
  assert.equal((await ask("d = ║\n")).kind, "offered");
  assert.deepEqual(candidates.fallenBack, {
    to: "other/two",
    failure: { kind: "timed-out", host: "slow", limitMs: 2_000 },
  });
});

test("requests that the user typed past say nothing of the model, nor do answers that were cut short", async () => {
  const model = new ScriptedModel((stream) => stream.say("first();\n", "  sec"));
  const { candidates } = setUp({ a: () => made("a", {}, model), b: () => made("b") });
  const clock = new FakeClock();
  const delay = { rate: 0, minMs: 0, maxMs: 0 };
  const engine = new CompletionEngine({
    backend: () => candidates.backend(),
    clock,
    options: () => ({ timeLimitMs: 2_000, maxLines: 8, lingerMs: 200, delay, alternatives: 1 }),
    onEvent: () => {},
  });
  for (const name of ["a", "b", "c", "d"]) {
    const outcome = engine.complete(at(`${name}{\n  ║\n}`), "automatic", new AbortController().signal);
    await clock.pass(name === "a" ? 2_000 : 100);
    engine.stop();
    assert.notEqual((await outcome).kind, "failed");
  }
  assert.equal(candidates.health[0]?.failed, 0);
});

test("of two local models each is closed, and the state is that of the one in use", async () => {
  const closed: string[] = [];
  const one = { ...made("one"), engine: engineOf("unloaded"), dispose: () => void closed.push("one") };
  const two = { ...made("two"), engine: engineOf("ready"), dispose: () => void closed.push("two") };
  const { candidates, told, choose, engineChanged } = setUp({ one: () => one, two: () => two });
  const state = (): EngineState["kind"] => candidates.engineState.kind;
  await candidates.backend();
  assert.equal(state(), "unloaded");
  const { model } = await candidates.backend();
  const stream = model.stream(request, new AbortController().signal)[Symbol.asyncIterator]();
  const failing = assert.rejects(stream.next());
  await settled();
  (one.backend.model as ScriptedModel).last.fail(new ModelError({ kind: "model-file-unusable", path: "", detail: "" }));
  await failing;
  await candidates.backend();
  assert.equal(state(), "ready");
  assert.deepEqual(told, ["model", "model"]);
  engineChanged("one");
  assert.deepEqual(told, ["model", "model"], "what becomes of an engine that is not in use is not told");
  engineChanged("two");
  assert.deepEqual(told, ["model", "model", "engine"]);
  choose("one");
  assert.deepEqual(closed, ["one", "two"]);
  assert.equal(state(), "idle");
});

test("after a change of settings no model of the old ones is made, also where one of them failed", async () => {
  const first = Promise.withResolvers<MadeModel>();
  const { candidates, asked, choose } = setUp({
    old: () => first.promise,
    older: () => made("older"),
    new: () => made("new"),
  });
  choose("old", "older");
  const backend = candidates.backend();
  await settled();
  choose("new");
  first.reject(new ModelError(gone));
  assert.equal((await backend).host, "new");
  assert.deepEqual(asked, ["old", "new"]);
});

test("a model that is there only after the settings have changed is closed, and not used", async () => {
  const late = Promise.withResolvers<MadeModel>();
  let closed = 0;
  const { candidates, choose } = setUp({ old: () => late.promise, new: () => made("new") });
  choose("old");
  const backend = candidates.backend();
  await settled();
  choose("new");
  late.resolve(made("old", { dispose: () => void (closed += 1) }));
  assert.equal((await backend).host, "new");
  assert.equal(closed, 1);
});

test("a server that turns out to have another model is made anew for the next request", async () => {
  let outdated: boolean | Promise<boolean> = false;
  let closed = 0;
  const formats = ["infill", "chat-hole"] as const;
  const { candidates, asked, told } = setUp({
    a: () => {
      const { backend } = made("a");
      const format = formats[asked.length - 1] ?? "infill";
      return {
        backend: { ...backend, format },
        isOutdated: () => asked.length === 1 && outdated,
        dispose: () => void (closed += 1),
      };
    },
  });
  const format = async () => (await candidates.backend()).format;
  assert.equal(await format(), "infill");
  outdated = Promise.resolve(true);
  assert.deepEqual(await Promise.all([format(), format()]), ["chat-hole", "chat-hole"]);
  assert.equal(closed, 1);
  assert.equal(await format(), "chat-hole");
  assert.deepEqual(asked, ["a", "a"]);
  assert.deepEqual(told, ["model"], "it is the same one for people");
});

test("Suggest Now asks the one that helps, and not the one that hangs", async () => {
  const retried: string[] = [];
  let isThere = false;
  const { candidates } = setUp({
    local: () => (isThere ? made("local") : Promise.reject(new ModelError(gone))),
    server: () => made("server", { retry: () => void retried.push("server") }),
  });
  assert.equal((await candidates.backend()).host, "server");
  isThere = true;
  candidates.retry();
  assert.equal((await candidates.backend()).host, "server");
  assert.deepEqual(retried, ["server"]);
});

test("Suggest Now asks all where none works", async () => {
  let isThere = false;
  const maker = (name: string) => () => (isThere ? made(name) : Promise.reject(new ModelError(gone)));
  const { candidates } = setUp({ one: maker("one"), two: maker("two") });
  assert.deepEqual(await failureOf(candidates.backend()), gone);
  isThere = true;
  assert.deepEqual(await failureOf(candidates.backend()), gone);
  candidates.retry();
  assert.equal((await candidates.backend()).host, "one");
});

test("Suggest Now asks also a server that asked to be left alone", async () => {
  let retried = 0;
  const { candidates } = setUp({ a: () => made("a", { retry: () => void (retried += 1) }) });
  candidates.retry();
  await candidates.backend();
  candidates.retry();
  assert.equal(retried, 1);
});

test("a restart is of the chosen model: it fails with what that fails with, whoever helps meanwhile", async () => {
  let isThere = false;
  let restarts = 0;
  const engine = engineOf("ready", async () => void (restarts += 1));
  const { candidates } = setUp({
    local: () => (isThere ? made("local", { engine }) : Promise.reject(new ModelError(gone))),
    server: () => made("server"),
  });
  assert.equal((await candidates.backend()).host, "server");
  assert.deepEqual(await failureOf(candidates.restart()), gone);
  isThere = true;
  await candidates.restart();
  assert.equal(restarts, 1);
  assert.equal((await candidates.backend()).host, "local");
});

/** An engine that asks these candidates, at one caret after the other. */
function typing(candidates: Candidates) {
  const clock = new FakeClock();
  const engine = new CompletionEngine({
    backend: () => candidates.backend(),
    instead: (failed) => candidates.instead(failed),
    clock,
    options: () => ({ timeLimitMs: 2_000, maxLines: 8, delay: { rate: 0, minMs: 0, maxMs: 0 }, alternatives: 1 }),
  });
  return async (text: string) => {
    const outcome = engine.complete(at(text), "automatic", new AbortController().signal);
    await clock.pass(100);
    return outcome;
  };
}

const refused: ModelFailure = { kind: "unreachable", host: "one", code: "ECONNREFUSED" };
const overloaded: ModelFailure = { kind: "server-error", host: "one", status: 503 };

for (const failure of [refused, overloaded])
  test(`the very request that the first model fails at (${failure.kind}) is asked of the next one at once`, async () => {
    const failing = new ScriptedModel((stream) => stream.fail(new ModelError(failure)));
    const helping = new ScriptedModel((stream) => stream.say("a + b;").done());
    const { candidates } = setUp({ one: () => made("one", {}, failing), two: () => made("two", {}, helping) });
    assert.equal((await typing(candidates)("a = ║\n")).kind, "offered");
    assert.equal(failing.streams.length, 1);
    assert.equal(helping.streams.length, 1);
    assert.deepEqual(candidates.fallenBack, { to: "two", failure });
  });

test("what the first model had begun to write is not begun again by the next one", async () => {
  const failing = new ScriptedModel((stream) => {
    stream.say("foo(");
    setImmediate(() => stream.fail(new ModelError({ kind: "interrupted", host: "one" })));
  });
  const helping = new ScriptedModel((stream) => stream.say("a + b;").done());
  const { candidates } = setUp({ one: () => made("one", {}, failing), two: () => made("two", {}, helping) });
  assert.equal((await typing(candidates)("a = ║\n")).kind, "failed");
  assert.equal(helping.streams.length, 0);
});

test("where all fail, each is asked once, and it is told what the first one failed with", async () => {
  const fails = (failure: ModelFailure) => new ScriptedModel((stream) => stream.fail(new ModelError(failure)));
  const models = [fails(refused), fails({ kind: "key-rejected", host: "two" }), fails(overloaded)];
  const makers = models.map((model, index) => [`model${index}`, () => made("", {}, model)] as const);
  const { candidates } = setUp(Object.fromEntries(makers));
  const outcome = await typing(candidates)("a = ║\n");
  assert.deepEqual(outcome.kind === "failed" && outcome.failure, refused);
  assert.deepEqual(
    models.map(({ streams }) => streams.length),
    [1, 1, 1],
  );
});

test("it is told that another model helps as long as it does, also when the first one may be tried again", async () => {
  let now = 0;
  const failing = new ScriptedModel((stream) => stream.fail(new ModelError(refused)));
  const candidates = new Candidates({
    references: () => ["one", "two"],
    make: async (name) => made(name, {}, name === "one" ? failing : new ScriptedModel((stream) => stream.done())),
    now: () => now,
    onOtherModel: () => {},
    onEngineChange: () => {},
  });
  await typing(candidates)("a = ║\n");
  now = 3_000;
  assert.deepEqual(candidates.fallenBack, { to: "two", failure: refused });
});

test("a model that a check found to work is trusted again, and no failure of it is told any more", async () => {
  const failing = new ScriptedModel((stream) => stream.fail(new ModelError(refused)));
  const helping = new ScriptedModel((stream) => stream.done());
  const { candidates } = setUp({ one: () => made("one", {}, failing), two: () => made("two", {}, helping) });
  await typing(candidates)("a = ║\n");
  assert.equal(candidates.fallenBack?.to, "two");
  candidates.worked("one");
  assert.equal(candidates.fallenBack, undefined);
  assert.equal((await candidates.backend()).host, "one");
});
