import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { loadBinding, type Binding } from "../../../src/model/embedded/binding.ts";
import { Engine } from "../../../src/model/embedded/engine.ts";
import { ModelError, type Purpose } from "../../../src/model/model.ts";
import { ensureTestModel } from "../../support/testModel.ts";
import { never, root } from "./support.ts";

/** llama.cpp, with contexts for which there is memory only while `full` is false. */
async function scarceBinding() {
  const binding = await loadBinding(path.join(root, "src/model/embedded/process.ts"), () => undefined);
  const memory = { full: false, contextsStay: false, modelsDisposed: 0 };
  class ScarceContext extends binding.AddonContext {
    override init() {
      return memory.full ? Promise.resolve(false) : super.init();
    }
    override async dispose() {
      await super.dispose();
      if (memory.contextsStay) throw new Error("not disposed");
    }
  }
  class CountedModel extends binding.AddonModel {
    override dispose() {
      memory.modelsDisposed++;
      return super.dispose();
    }
  }
  // What the add-on exports cannot be spread.
  const scarce: Binding = Object.create(binding, {
    AddonContext: { value: ScarceContext },
    AddonModel: { value: CountedModel },
  });
  return { scarce, memory };
}

const unusable = (error: unknown) =>
  error instanceof ModelError &&
  error.failure.kind === "model-file-unusable" &&
  /no memory for a context of (512|8192) tokens/u.test(error.failure.detail);

test("a model for whose context there is no memory says so, and gives back what it had", async () => {
  const { scarce, memory } = await scarceBinding();
  const spec = { path: await ensureTestModel(), adapterPath: undefined, contextTokens: 512, threads: 1 };
  const load = () =>
    Engine.load(
      scarce,
      spec,
      () => undefined,
      () => "",
    );
  memory.full = true;
  await assert.rejects(load(), unusable);
  assert.equal(memory.modelsDisposed, 1);

  memory.full = false;
  const engine = await load();
  const ask = (purpose: Purpose) =>
    engine.run({
      request: {
        prompt: { kind: "raw", parts: [{ text: "def add(a, b):", special: false }] },
        purpose,
        maxTokens: 1,
        temperature: 0,
        stop: [],
      },
      signal: never,
      onEvaluated: () => undefined,
      onText: () => undefined,
      between: () => undefined,
    });
  memory.full = true;
  await assert.rejects(ask("chat"), unusable);
  assert.equal((await ask("suggestion")).outputTokens, 1);
  memory.full = false;
  assert.equal((await ask("chat")).outputTokens, 1);
  memory.contextsStay = true;
  await engine.dispose();
  assert.equal(memory.modelsDisposed, 2);
});

test("a chat has room for more than a suggestion", async () => {
  const binding = await loadBinding(path.join(root, "src/model/embedded/process.ts"), () => undefined);
  const engine = await Engine.load(
    binding,
    { path: await ensureTestModel(), adapterPath: undefined, contextTokens: 256, threads: 1 },
    () => undefined,
    () => "",
  );
  const ask = (purpose: Purpose) =>
    engine.run({
      request: {
        prompt: { kind: "raw", parts: [{ text: "def add(a, b):\n".repeat(50), special: false }] },
        purpose,
        maxTokens: 1,
        temperature: 0,
        stop: [],
      },
      signal: never,
      onEvaluated: () => undefined,
      onText: () => undefined,
      between: () => undefined,
    });
  await assert.rejects(
    ask("suggestion"),
    (error) => error instanceof ModelError && error.failure.kind === "prompt-too-long" && error.failure.limit === 255,
  );
  assert.equal((await ask("chat")).outputTokens, 1);
  await engine.dispose();
});

test("the tokens that healing needs are looked up after the load and not by the first suggestion", async () => {
  const binding = await loadBinding(path.join(root, "src/model/embedded/process.ts"), () => undefined);
  const lookups = { count: 0, fail: false };
  class CountedModel extends binding.AddonModel {
    override getTokenAttributes(token: number) {
      lookups.count += 1;
      if (lookups.fail) throw new Error("no vocabulary");
      return super.getTokenAttributes(token);
    }
  }
  const counted: Binding = Object.create(binding, { AddonModel: { value: CountedModel } });
  const spec = { path: await ensureTestModel(), adapterPath: undefined, contextTokens: 512, threads: 1 };
  for (const fail of [false, true]) {
    lookups.count = 0;
    lookups.fail = fail;
    const engine = await Engine.load(
      counted,
      spec,
      () => undefined,
      () => "",
    );
    for (let before = -1; before < lookups.count; await new Promise((wake) => setTimeout(wake, 100))) {
      before = lookups.count;
    }
    const afterLoad = lookups.count;
    lookups.fail = false;
    await engine.run({
      request: {
        prompt: { kind: "raw", parts: [{ text: "def add(a, b):\n    retur", special: false }] },
        purpose: "suggestion",
        maxTokens: 2,
        temperature: 0,
        stop: [],
        heal: true,
      },
      signal: never,
      onEvaluated: () => undefined,
      onText: () => undefined,
      between: () => undefined,
    });
    const afterRun = lookups.count;
    // The vocabulary has 49,152 tokens.
    if (fail) assert.ok(afterLoad < 100 && afterRun > 40_000, `${afterLoad}, ${afterRun}: a failure is forgotten`);
    else assert.ok(afterLoad > 40_000 && afterRun - afterLoad < 1_000, `${afterLoad}, ${afterRun}`);
    await engine.dispose();
  }
});

test("a chat template that is not valid refuses the chat, with the reason", async () => {
  const binding = await loadBinding(path.join(root, "src/model/embedded/process.ts"), () => undefined);
  class BrokenTemplate extends binding.AddonJinjaRenderer {
    constructor() {
      super("{% if %}");
    }
  }
  const engine = await Engine.load(
    Object.create(binding, { AddonJinjaRenderer: { value: BrokenTemplate } }),
    { path: await ensureTestModel(), adapterPath: undefined, contextTokens: 512, threads: 1 },
    () => undefined,
    () => "",
  );
  const prompt = { kind: "chat", messages: [{ role: "user", content: "Hello" }] } as const;
  await assert.rejects(
    engine.run({
      request: { prompt, purpose: "chat", maxTokens: 1, temperature: 0, stop: [] },
      signal: never,
      onEvaluated: () => undefined,
      onText: () => undefined,
      between: () => undefined,
    }),
    (error) =>
      error instanceof ModelError && error.failure.kind === "request-refused" && /compile/u.test(error.failure.detail),
  );
  await engine.dispose();
});

test("a request that was aborted before its turn came costs the next one nothing of what is evaluated", async () => {
  const binding = await loadBinding(path.join(root, "src/model/embedded/process.ts"), () => undefined);
  const spec = { path: await ensureTestModel(), adapterPath: undefined, contextTokens: 512, threads: 1 };
  const engine = await Engine.load(
    binding,
    spec,
    () => undefined,
    () => "",
  );
  const ask = (text: string, signal: AbortSignal) =>
    engine.run({
      request: {
        prompt: { kind: "raw", parts: [{ text, special: false }] },
        purpose: "suggestion",
        maxTokens: 1,
        temperature: 0,
        stop: [],
      },
      signal,
      onEvaluated: () => undefined,
      onText: () => undefined,
      between: () => undefined,
    });
  const first = await ask("def add(a, b):\n    return a", never);
  await assert.rejects(ask("import os\n", AbortSignal.abort()));
  const again = await ask("def add(a, b):\n    return a", never);
  assert.equal(again.cachedTokens, first.promptTokens - 1);
  await engine.dispose();
});
