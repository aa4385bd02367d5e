import assert from "node:assert/strict";
import { test } from "node:test";
import { askAbout, budgetOf, secondFormat, secondWindow } from "../../src/completion/prompt.ts";
import type { CursorSnapshot } from "../../src/context/snapshot.ts";
import { nextWindow } from "../../src/context/window.ts";
import { formatNames, type FormatName } from "../../src/model/templates.ts";
import { at } from "../support/carets.ts";

function ask(cursor: CursorSnapshot, format: FormatName, heals = false) {
  const asking = { format, shape: "block", heals, second: false } as const;
  const question = askAbout(cursor, nextWindow(undefined, cursor, budgetOf(format)), [], asking);
  const { prompt } = question.request;
  return { ...question, text: prompt.kind === "raw" ? prompt.parts.map(({ text }) => text).join("") : "" };
}

test("a model that only continues is asked from before the indentation, and owes it", () => {
  const { text, mustStartWith } = ask(at("def f():\n    ║\n"), "continuation");
  assert.deepEqual([text, mustStartWith], ["def f():\n", "    "]);
  assert.deepEqual(ask(at("x = ║\n"), "continuation").mustStartWith, " ");
});

test("a model that heals a cut is asked with the indentation, and owes nothing", () => {
  const { text, mustStartWith, request } = ask(at("def f():\n    ║\n"), "continuation", true);
  assert.deepEqual([text, mustStartWith, request.heal], ["def f():\n    ", "", true]);
});

test("a model that was taught with cuts anywhere sees the text as it is", () => {
  const { text, mustStartWith } = ask(at("def f():\n    ║\n", { path: "f.py" }), "smollm2-fim");
  assert.deepEqual([text, mustStartWith], ["<file_sep>f.py\n<issue_start>\n<issue_comment>def f():\n    ", ""]);
});

test("a file with Windows line ends is shown with the line ends that models know", () => {
  assert.doesNotMatch(ask(at("a;\r\nb;\r\n║\r\nc;\r\n"), "qwen2.5-coder").text, /\r/);
});

test("every format has a budget in which the prefix can grow", () => {
  for (const format of [...formatNames, "infill"] as const) {
    const { freshPrefixChars, mostPrefixChars } = budgetOf(format);
    assert.ok(freshPrefixChars * 2 <= mostPrefixChars, format);
  }
});

test("the small model stays within what it was taught with", () => {
  const { mostPrefixChars, suffixChars } = budgetOf("smollm2-fim");
  assert.ok(mostPrefixChars <= 1_600 && suffixChars <= 600);
});

test("what llama.cpp's server would cut is not sent to be cut, however fast it reads", () => {
  const { mostPrefixChars, mostSuffixChars } = budgetOf("infill", 2);
  assert.ok(mostPrefixChars <= 4_000 && mostSuffixChars <= 1_200);
});

test("only the small model is asked again, only on an empty line, and only after saying nothing", () => {
  const empty = at("def f():\n    ║\n");
  assert.equal(secondFormat("smollm2-fim", empty, ""), "continuation");
  assert.equal(secondFormat("smollm2-fim", empty, "return 1"), undefined);
  assert.equal(secondFormat("smollm2-fim", at("x = ║\n"), ""), undefined);
  assert.equal(secondFormat("continuation", empty, ""), undefined);
  assert.equal(secondFormat("qwen2.5-coder", empty, ""), undefined);
});

test("the second question shows less, from the start of a line", () => {
  const cursor = at(`${"a line of the file\n".repeat(60)}  ║\n`);
  const window = secondWindow(nextWindow(undefined, cursor, budgetOf("smollm2-fim")));
  assert.match(window.prefix, /^(a line of the file\n){20,30} {2}$/);
  assert.equal(window.start + window.prefix.length, cursor.offset);
});

test("the second question is as short in a script whose characters are more tokens", () => {
  const cursor = at(`${"返回数组中所有元素的总和\n".repeat(60)}  ║\n`);
  const window = secondWindow(nextWindow(undefined, cursor, { ...budgetOf("continuation"), otherWeight: 1 }));
  assert.match(window.prefix, /^(返回数组中所有元素的总和\n){5,8} {2}$/);
});
