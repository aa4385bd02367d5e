import assert from "node:assert/strict";
import { test } from "node:test";
import { askAbout, budgetOf } from "../../src/completion/prompt.ts";
import type { CompletionBackend } from "../../src/completion/request.ts";
import { Windows } from "../../src/completion/windows.ts";
import { estimateTokens } from "../../src/context/tokens.ts";
import { nextWindow } from "../../src/context/window.ts";
import { promptTexts } from "../../src/model/placedStretches.ts";
import { formatNames, type FormatName } from "../../src/model/templates.ts";
import { at } from "../support/carets.ts";
import { alwaysSays } from "../support/scriptedModel.ts";

const ascii = "const total = items.length;\n".repeat(400);
const chinese = "返回数组中所有元素的总和，如果数组为空则返回零。\n".repeat(400);

function backendOf(format: FormatName, contextTokens?: number): CompletionBackend {
  return { model: alwaysSays(""), format, ...(contextTokens === undefined ? {} : { contextTokens }) };
}

/** The longest that a window gets before it is placed anew. */
function longestWindow(text: string, backend: CompletionBackend) {
  const windows = new Windows();
  let longest = windows.place(at(`${text}║${text}`), backend);
  const { start } = longest;
  for (let typed = "a = 1;\n"; ; typed += "a = 1;\n") {
    const window = windows.place(at(`${text}${typed}║${text}`), backend);
    if (window.start !== start) return longest;
    longest = window;
  }
}

test("prompt and answer fit the context of a small model, whatever the format and the script", () => {
  for (const format of formatNames) {
    for (const text of [ascii, chinese]) {
      const backend = backendOf(format, 2_048);
      const asking = { format, shape: "block", heals: false, second: false } as const;
      const { prompt, maxTokens } = askAbout(at(`${text}║\n`), longestWindow(text, backend), [], asking).request;
      const shown = promptTexts(prompt)
        .map(({ text }) => text)
        .join("");
      const tokens = estimateTokens(shown, budgetOf(format).otherWeight);
      assert.ok(tokens + maxTokens <= 2_048, `${format}: ${tokens} tokens`);
    }
  }
});

test("the small model reads as little of a file in Chinese as of one in ASCII", () => {
  const shown = (text: string) => new Windows().place(at(`${text}║${text}`), backendOf("smollm2-fim", 4_096));
  const { prefix, suffix } = shown(chinese);
  // Measured: 1.6 to 1.7 tokens a character.
  const tokens = (prefix.length + suffix.length) * 1.7;
  assert.ok(tokens > 150 && tokens < 1_000 / 3, `${tokens} tokens`);
});

test("a context with room for it changes nothing", () => {
  for (const format of formatNames) {
    const cursor = at(`${ascii}║${ascii}`);
    const expected = nextWindow(undefined, cursor, budgetOf(format));
    assert.deepEqual(new Windows().place(cursor, backendOf(format, 4_096)), expected, format);
    assert.deepEqual(new Windows().place(cursor, backendOf(format)), expected, format);
  }
});

test("a context of 2,048 tokens gets most of the window that a larger one gets", () => {
  const cursor = at(`${ascii}║${ascii}`);
  const small = new Windows().place(cursor, backendOf("granite", 2_048));
  const large = new Windows().place(cursor, backendOf("granite", 4_096));
  assert.ok(small.prefix.length < large.prefix.length && small.prefix.length > large.prefix.length / 2);
});

test("what a model has refused once is not asked of it again, and another model is asked as before", () => {
  const windows = new Windows();
  const cursor = at(`${ascii}║${ascii}`);
  const backend = backendOf("granite", 4_096);
  const refused = windows.place(cursor, backend);
  const shorter = windows.shorten(refused, [], { tokens: 3_000, limit: 2_048 }, cursor, backend);
  assert.ok(shorter && shorter.prefix.length + shorter.suffix.length < (4_400 * 1_850) / 3_000);
  assert.deepEqual(windows.place(cursor, backend), shorter);
  windows.clear();
  assert.deepEqual(windows.place(cursor, backend), shorter);
  windows.clear();
  assert.deepEqual(windows.place(cursor, backendOf("granite", 4_096)), refused);
});

test("a refusal that a shorter window does not help against is not answered with the same window", () => {
  const windows = new Windows();
  const cursor = at("x = ║\n");
  const backend = backendOf("granite");
  const window = windows.place(cursor, backend);
  assert.equal(windows.shorten(window, [], { tokens: 90, limit: 64 }, cursor, backend), undefined);
});
