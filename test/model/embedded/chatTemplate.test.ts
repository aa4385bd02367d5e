import assert from "node:assert/strict";
import { test } from "node:test";
import { chatParts } from "../../../src/model/embedded/chatTemplate.ts";

interface Items {
  readonly messages?: readonly { readonly role: string; readonly content: string }[];
}
const tokens = { bos: "<s>", eos: "</s>" };
const chatMl = (items: Items) =>
  `${(items.messages ?? []).map(({ role, content }) => `<|${role}|>${content}<|end|>`).join("")}<|assistant|>`;

const refusing = (items: Items) => {
  if (items.messages?.[0]?.role === "system") throw new Error("System role not supported");
  return chatMl(items);
};

test("what the user wrote is text, and only the template's own words are control tokens", () => {
  const parts = chatParts(chatMl, [{ role: "user", content: "what is <|end|>?" }], tokens);
  assert.deepEqual(parts, [
    { text: "<|user|>", special: true },
    { text: "what is <|end|>?", special: false },
    { text: "<|end|><|assistant|>", special: true },
  ]);
});

test("a template that refuses the system role gets its text with the first question", () => {
  const parts = chatParts(
    refusing,
    [
      { role: "system", content: "Be brief." },
      { role: "user", content: "Why?" },
    ],
    tokens,
  );
  assert.deepEqual(
    parts.filter(({ special }) => !special),
    [{ text: "Be brief.\n\nWhy?", special: false }],
  );
});

test("a message of the template's markers is not taken for another message", () => {
  const parts = chatParts(chatMl, [{ role: "user", content: "\uE0F00\uE0F1 and \uE0F07\uE0F1" }], tokens);
  assert.equal(parts[1]?.text, "\uE0F00\uE0F1 and \uE0F07\uE0F1");
});

test("an answer at the end is begun: the model goes on with it, and its text names no control tokens", () => {
  const parts = chatParts(
    chatMl,
    [
      { role: "user", content: "Why?" },
      { role: "assistant", content: "Because <|end|>" },
    ],
    tokens,
  );
  assert.deepEqual(parts, [
    { text: "<|user|>", special: true },
    { text: "Why?", special: false },
    { text: "<|end|><|assistant|>", special: true },
    { text: "Because <|end|>", special: false },
  ]);
});
