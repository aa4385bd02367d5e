import assert from "node:assert/strict";
import { test } from "node:test";
import { alternating, withoutTools } from "../../src/model/chatMessages.ts";

test("what one says in several messages is one, and empty ones are left out", () => {
  const messages = [
    { role: "system", content: "Be brief." },
    { role: "user", content: "a" },
    { role: "assistant", content: "" },
    { role: "user", content: "b" },
    { role: "assistant", content: "c" },
  ] as const;
  assert.deepEqual(alternating(messages), [
    { role: "system", content: "Be brief." },
    { role: "user", content: "a\n\nb" },
    { role: "assistant", content: "c" },
  ]);
});

test("for a model that calls no tools, what they found is what the user says", () => {
  const messages = [
    { role: "user", content: "a" },
    { role: "assistant", content: "", toolCalls: [{ id: "1", name: "read_file", arguments: "{}" }] },
    { role: "tool", content: "let a;", toolCallId: "1" },
  ] as const;
  assert.deepEqual(alternating(withoutTools(messages)), [{ role: "user", content: "a\n\nlet a;" }]);
});
