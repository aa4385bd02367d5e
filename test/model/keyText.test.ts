import assert from "node:assert/strict";
import { test } from "node:test";
import { readKey } from "../../src/model/keyText.ts";

function read(typed: string): string {
  const key = readKey(typed);
  if (key.kind !== "key") return key.kind;
  return [key.key, key.hadSpaces ? "spaces" : "", key.hadMore ? "more" : ""].filter((part) => part !== "").join(" ");
}

test("a key that is right stays as it is", () => {
  for (const key of ["sk-abc_DEF-123", "a1b2.c3d4", "abc=", "gsk_x/y+z"]) assert.equal(read(key), key);
});

test("spaces and line breaks, also in its middle, are left out, and that is said", () => {
  assert.equal(read("  sk-abc\n"), "sk-abc spaces");
  assert.equal(read("sk-a bc\r\ndef"), "sk-abcdef spaces");
  for (const typed of ["\ufeffsk-a1", "sk-\u200ba1", "sk-\u00ada1"]) assert.equal(read(typed), "sk-a1 spaces");
});

test("what people copy along with a key is left out, and that is said", () => {
  for (const typed of [
    '"sk-abc"',
    "'sk-abc',",
    "`sk-abc`",
    "Bearer sk-abc",
    "OPENAI_API_KEY=sk-abc",
    'export DEEPSEEK_API_KEY="sk-abc"',
    "$env:OPENAI_API_KEY = 'sk-abc'",
    "api-key: sk-abc",
    '"Bearer sk-abc"',
  ])
    assert.match(read(typed), /^sk-abc (spaces )?more$/, typed);
  assert.match(read("Authorization: Bearer sk-abc"), /^sk-abc/);
});

test("what is no key is not taken for one", () => {
  assert.equal(read("  "), "empty");
  assert.equal(read('""'), "empty");
  assert.equal(read("sk-••••abc"), "other-signs");
  assert.equal(read("密钥"), "other-signs");
});

test("several keys one behind the other are not made into one, and a key that a line break has cut is", () => {
  assert.equal(read("sk-right-1\nsk-second-2"), "several");
  assert.equal(read("OPENAI_API_KEY=sk-right-1 sk-second-2"), "several");
  assert.equal(read("sk-right\n-key-0123456789"), "sk-right-key-0123456789 spaces");
});
