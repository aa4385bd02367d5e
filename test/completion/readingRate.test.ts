import assert from "node:assert/strict";
import { test } from "node:test";
import { budgetOf } from "../../src/completion/prompt.ts";
import { ReadingRate, timedBudget } from "../../src/completion/readingRate.ts";
import type { CompletionBackend } from "../../src/completion/request.ts";
import { readingMs, Windows } from "../../src/completion/windows.ts";
import type { Usage } from "../../src/model/model.ts";
import { at } from "../support/carets.ts";
import { alwaysSays } from "../support/scriptedModel.ts";

const code = "const total = items.length;\n".repeat(800);
const cursor = at(`${code}║${code}`);

/** Of what the window of a request has to do with its figures nothing is tested here. */
const seen = {
  cursor,
  window: new Windows().plan(cursor, { model: alwaysSays(""), format: "qwen2.5-coder" }, 1),
  pieceChars: 0,
};

function usage(promptTokens: number, cachedTokens: number, firstTokenMs: number): Usage {
  return { promptTokens, cachedTokens, firstTokenMs, outputTokens: 1 };
}

/** A window after a model has answered 40 ms after a short prompt, and has read a long one at some rate. */
function windowsAt(tokensPerSecond: number, more: Partial<CompletionBackend> = {}) {
  const backend: CompletionBackend = { model: alwaysSays(""), format: "qwen2.5-coder", ...more };
  const windows = new Windows();
  windows.observe(backend, seen, usage(1_000, 999, 40));
  windows.observe(backend, seen, usage(1_000, 0, 40 + 1e6 / tokensPerSecond));
  return { backend, windows };
}

function freshChars(tokensPerSecond: number, more: Partial<CompletionBackend> = {}, ms: number = readingMs.request) {
  const { backend, windows } = windowsAt(tokensPerSecond, more);
  const { prefix, suffix } = windows.plan(cursor, backend, ms);
  return prefix.length + suffix.length;
}

test("a model that reads slowly is shown less, and never next to nothing", () => {
  const usual = new Windows().place(cursor, { model: alwaysSays(""), format: "qwen2.5-coder" });
  assert.ok(freshChars(280) < (usual.prefix.length + usual.suffix.length) / 3);
  assert.ok(freshChars(280) > 800);
  assert.ok(freshChars(3) > 300);
});

test("what is read in the background may be longer", () => {
  assert.ok(freshChars(280, {}, readingMs.background) > 2.5 * freshChars(280));
});

test("a fast model is shown more than usual only where nobody pays by the token", () => {
  const usual = freshChars(1e6);
  assert.ok(freshChars(1e6, { local: true }) > 1.8 * usual);
  assert.equal(freshChars(1e6, { local: true, format: "smollm2-fim" }), freshChars(1e6, { format: "smollm2-fim" }));
});

test("a longer window from the background stays while somebody types in it", () => {
  const { backend, windows } = windowsAt(280);
  const warmed = windows.plan(cursor, backend, readingMs.background);
  windows.keep(warmed);
  const typed = windows.place(at(`${code}x║${code}`), backend);
  assert.deepEqual([typed.start, typed.suffix], [warmed.start, warmed.suffix]);
});

test("a window does not grow beyond what can be read again in good time", () => {
  const grown = (tokensPerSecond: number) => {
    const { backend, windows } = windowsAt(tokensPerSecond, { local: true });
    const { start } = windows.place(cursor, backend);
    let typed = "";
    while (windows.place(at(`${code}${typed}║${code}`), backend).start === start) typed += "total += 1;\n";
    return typed.length;
  };
  assert.ok(grown(280) < 5 * 280 * 3.3);
  assert.ok(grown(280) < grown(1e6));
});

test("a request that had little to read tells nothing of the rate, nor does the first one", () => {
  const rate = new ReadingRate();
  rate.observe(usage(1_000, 0, 40_000));
  rate.observe(usage(1_000, 999, 40));
  rate.observe({ ...usage(1_000, 0, 40), cachedTokens: undefined });
  assert.equal(rate.charsIn(1_000), undefined);
  rate.observe(usage(1_000, 0, 1_040));
  assert.equal(rate.charsIn(1_000), 3_300);
  rate.observe(usage(1_000, 0, 2_040));
  assert.ok((rate.charsIn(1_000) ?? 0) < 3_300);
});

test("a server that takes its time whatever the prompt's length is not shown less", () => {
  const usual = new Windows().place(cursor, { model: alwaysSays(""), format: "qwen2.5-coder" });
  const backend: CompletionBackend = { model: alwaysSays(""), format: "qwen2.5-coder" };
  const windows = new Windows();
  for (const ms of [1_500, 1_520, 1_510, 1_500]) windows.observe(backend, seen, usage(1_400, 0, ms));
  assert.deepEqual(windows.place(cursor, backend), usual);
});

test("the share of prefix and suffix stays", () => {
  const budget = budgetOf("granite");
  const short = timedBudget(budget, (budget.freshPrefixChars + budget.suffixChars) / 2, 1e9);
  assert.deepEqual([short.freshPrefixChars * 2, short.suffixChars * 2], [budget.freshPrefixChars, budget.suffixChars]);
  assert.deepEqual(timedBudget(budget, 1e9, 1e9), budget);
});
