import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { titleOf } from "../../src/chat/titles.ts";
import { question } from "../support/threads.ts";

function title(text: string, rest: Partial<Parameters<typeof titleOf>[0]> = {}): string {
  return titleOf(question("q", undefined, { text, ...rest }));
}

test("a thread is called after the first sentence of its first question", () => {
  assert.equal(
    title("Why does cart.ts fail on an empty cart? I have tried everything."),
    "Why does cart.ts fail on an empty cart?",
  );
  assert.equal(title("Explain this. Then fix it."), "Explain this");
  assert.equal(title("Hi. What does the total include?"), "Hi. What does the total include?");
  assert.equal(title("## Refactor `total()` to use **reduce**\n\nand more"), "Refactor total() to use reduce");
  assert.equal(title("- 1. first of all"), "first of all");
  assert.equal(title("snake_case and __init__"), "snake_case and __init__");
});

test("in any language, and no character is cut in two", () => {
  assert.equal(title("为什么购物车的总价不对？我已经试过了。"), "为什么购物车的总价不对？");
  assert.equal(title("购".repeat(60)), `${"购".repeat(49)}…`);
  assert.equal(title("👩‍👩‍👧‍👦".repeat(60)), `${"👩‍👩‍👧‍👦".repeat(49)}…`);
  assert.equal(title("لماذا لا يعمل هذا؟"), "لماذا لا يعمل هذا؟");
  assert.equal(title("\u202eevil\u202c text"), "evil text");
});

test("a long question is cut between words", () => {
  assert.equal(
    title("Please look at the way in which the totals of carts are computed everywhere"),
    "Please look at the way in which the totals of…",
  );
});

test("code is no title where there are words beside it", () => {
  assert.equal(title("```ts\nconst a = 1;\n```\nWhat is a?"), "What is a?");
  assert.equal(title("```ts\nconst a = 1;\n```"), "const a = 1;");
  assert.equal(title("\n\n   \nreally?"), "really?");
});

test("a command is named, with what it is about", () => {
  const attachments = [{ id: "s", kind: "selection", label: "cart.ts:3-9" }] as const;
  assert.equal(title("", { command: "explain", attachments }), "/explain cart.ts:3-9");
  assert.equal(title("the loop", { command: "fix", attachments }), "/fix the loop");
  assert.equal(title(""), "");
});

test("whatever is asked, the title is one line of at most 50 characters", () => {
  const characters = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
      const made = title(text);
      assert.ok(Array.from(characters.segment(made)).length <= 50);
      assert.doesNotMatch(made, /[\n\r\t\u202e]/);
      if (/[a-z]{3}/.test(text) && !/[`~]/.test(text)) assert.notEqual(made, "");
    }),
  );
});
