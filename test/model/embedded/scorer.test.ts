import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { loadBinding } from "../../../src/model/embedded/binding.ts";
import type { EmbeddedModel } from "../../../src/model/embedded/embeddedModel.ts";
import { Engine } from "../../../src/model/embedded/engine.ts";
import { ModelError, type RawPrompt } from "../../../src/model/model.ts";
import { hole, longCode, makeWindows, never, root, textOf } from "./support.ts";

let windows: Awaited<ReturnType<typeof makeWindows>>;
let model: EmbeddedModel;
before(async () => {
  windows = await makeWindows();
  model = windows.open();
});
after(() => windows.end());

const plain = (text: string): RawPrompt => ({ kind: "raw", parts: [{ text, special: false }] });

const score = async (prompt: string | RawPrompt, continuation: string) => {
  const asked = { prompt: typeof prompt === "string" ? plain(prompt) : prompt, continuation };
  const { logProbability, tokens } = await model.score(asked, never);
  assert.ok(logProbability <= 0);
  return { logProbability, tokens };
};

/** Evaluated in other chunks, the same text has slightly other figures: the small model computes with few bits. */
function near(one: number, other: number): void {
  assert.ok(Math.abs(one - other) < 0.15 + Math.abs(one) / 50, `${one} and ${other}`);
}

test("what makes sense is likelier than what does not", async () => {
  const pairs = [
    ["hello", " world", "qzx"],
    ["def add(a, b):\n    return a", " + b", " - c"],
    ["for (let i = 0; i < ", "items.length", "Promise.all"],
  ] as const;
  for (const [prompt, good, bad] of pairs) {
    const [likely, unlikely] = [await score(prompt, good), await score(prompt, bad)];
    assert.ok(likely.logProbability > unlikely.logProbability + 2, `${good}: ${likely.logProbability}`);
  }
});

test("the score of a text is the sum of the scores of its parts", async () => {
  const prompt = `${longCode(3)}\ndef add_3(a, b):\n    return a`;
  // More tokens than are looked at together, and cut where tokens are.
  const parts = [" + b", " + 3 if a", " and b else 3", " * sum(value for value in (a, b))"];
  const whole = await score(prompt, parts.join(""));
  let sum = 0;
  let tokens = 0;
  let before = prompt;
  for (const part of parts) {
    const one = await score(before, part);
    sum += one.logProbability;
    tokens += one.tokens;
    before += part;
  }
  assert.equal(whole.tokens, tokens);
  assert.ok(tokens > 17, String(tokens));
  near(whole.logProbability, sum);
});

test("what the model itself writes is the likeliest of all", async () => {
  const request = hole("def add(a, b):\n    return ", "\n", { maxTokens: 3, heal: true });
  const written = await textOf(model.stream(request, never));
  assert.equal(written, "a + b");
  const prompt = request.prompt as RawPrompt;
  const own = await score(prompt, written);
  assert.deepEqual([own.tokens, own.logProbability > -0.5], [3, true]);
  for (const other of ["a - b", "b + a", "a * b", "0"]) {
    assert.ok((await score(prompt, other)).logProbability < own.logProbability, other);
  }
});

test("a prompt that ends inside a word is scored as it is healed: what is there already costs nothing", async () => {
  const whole = await score("def add(a, b):\n", "    return a + b\n");
  const cut = await score("def add(a, b):\n    retu", "rn a + b\n");
  const atWord = await score("def add(a, b):\n    return", " a + b\n");
  assert.ok(whole.logProbability < atWord.logProbability - 1);
  near(cut.logProbability, atWord.logProbability);
  // An indentation ends where no token of the model does.
  const indented = await score("def add(a, b):\n    ", "return a + b\n");
  const unfitting = await score("def add(a, b):\n    ", "import a + b\n");
  assert.ok(indented.logProbability > unfitting.logProbability + 2);
});

test("characters of several tokens have a score, cut between any two characters", async () => {
  const text = "世界你好";
  for (let at = 1; at < text.length; at++) {
    const { logProbability, tokens } = await score(text.slice(0, at), text.slice(at));
    assert.ok(tokens >= text.length - at && logProbability < 0, `${at}: ${tokens}`);
  }
});

test("the adapter has its say where a hole is filled, and only there", async () => {
  const withoutAdapter = windows.open({
    model: { name: "small", path: windows.modelPath, adapterPath: undefined, contextTokens: 2048 },
  });
  const prompt = hole("def greet(name):\n    ", "\n\nprint(greet('you'))\n").prompt as RawPrompt;
  const continuation = "return f'Hello {name}'";
  const taught = await score(prompt, continuation);
  const untaught = await withoutAdapter.score({ prompt, continuation }, never);
  assert.ok(taught.logProbability > untaught.logProbability + 0.5, `${untaught.logProbability}`);
  const same = await withoutAdapter.score({ prompt: plain("hello"), continuation: " world" }, never);
  near((await score("hello", " world")).logProbability, same.logProbability);
});

test("nothing to score is certain, and nothing to score it after is refused", async () => {
  assert.deepEqual(await score("def add(a, b):", ""), { logProbability: 0, tokens: 0 });
  const failsWith = (kind: string) => (error: unknown) => error instanceof ModelError && error.failure.kind === kind;
  await assert.rejects(score("", "x"), failsWith("request-refused"));
  await assert.rejects(score(longCode(200), "x"), failsWith("prompt-too-long"));
});

test("a suggestion that is asked for while a long prompt is scored comes first, and the score is as it was", async () => {
  const prompt = plain(longCode(25));
  const continuation = "\ndef add_25(a, b):\n    return a + b + 25\n";
  const alone = await score(prompt, continuation);
  // Another beginning, so that the long one has to be evaluated again.
  await score("import os\n", "import sys\n");
  const order: string[] = [];
  const scoring = score(prompt, continuation).then((answer) => {
    order.push("score");
    return answer;
  });
  const suggestion = textOf(model.stream(hole("def add(a, b):\n    return "), never)).then((text) => {
    order.push("suggestion");
    return text;
  });
  assert.match(await suggestion, /^a \+ b/u);
  near((await scoring).logProbability, alone.logProbability);
  assert.deepEqual(order, ["suggestion", "score"]);
});

test("scoring leaves what is evaluated for suggestions", async () => {
  const request = hole(`${longCode(10)}\ndef total(numbers):\n    `);
  await textOf(model.stream(request, never));
  await score(request.prompt as RawPrompt, "return sum(numbers)");
  const again = model.stream(request, never);
  await textOf(again);
  assert.equal(again.usage.cachedTokens, (again.usage.promptTokens ?? 0) - 1);
});

test("an abort in the middle of a score settles it at once and frees the engine", async () => {
  const controller = new AbortController();
  const reason = new Error("the view was closed");
  const scoring = model.score({ prompt: plain(longCode(60)), continuation: "\n" }, controller.signal);
  setTimeout(() => controller.abort(reason), 200);
  await assert.rejects(scoring, reason);
  assert.match(await textOf(model.stream(hole("def add(a, b):\n    return "), never)), /^a \+ b/u);
  await assert.rejects(model.score({ prompt: plain("a"), continuation: "b" }, AbortSignal.abort(reason)), reason);
});

test("an abort takes effect between two chunks, and what was evaluated is kept for the next score", async () => {
  const binding = await loadBinding(path.join(root, "src/model/embedded/process.ts"), () => undefined);
  let chunks = 0;
  let tokens = 0;
  class CountingContext extends binding.AddonContext {
    override initBatch(size: number) {
      chunks++;
      tokens += size;
      super.initBatch(size);
    }
  }
  const engine = await Engine.load(
    Object.create(binding, { AddonContext: { value: CountingContext } }),
    { path: windows.modelPath, adapterPath: undefined, contextTokens: 2048, threads: 1 },
    () => undefined,
    () => "",
  );
  const request = { prompt: plain(longCode(20)), continuation: "\ndef add_20(a, b):" };
  const controller = new AbortController();
  const reason = new Error("the view was closed");
  chunks = 0;
  tokens = 0;
  const abortAfterThree = () => {
    if (chunks === 3) controller.abort(reason);
    return undefined;
  };
  await assert.rejects(engine.score(request, controller.signal, abortAfterThree), reason);
  assert.equal(chunks, 3);
  const evaluated = tokens;
  let between = 0;
  chunks = 0;
  tokens = 0;
  await engine.score(request, never, () => void between++);
  const rest = tokens;
  assert.ok(between >= chunks, "others are let in between at least as often as a chunk was evaluated");
  await engine.score({ ...request, prompt: plain("import os\n") }, never, () => undefined);
  tokens = 0;
  await engine.score(request, never, () => undefined);
  assert.equal(evaluated + rest, tokens);
  await engine.dispose();
});
