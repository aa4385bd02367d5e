import assert from "node:assert/strict";
import { test } from "node:test";
import { dropped, isModelsAnswer } from "../../src/completion/suggestion.ts";

const offers = { kind: "offered", suggestions: [] } as const;

test("an answer shows that the model works, also when nothing can be made of it", () => {
  assert.equal(isModelsAnswer({ ...offers, origin: "model" }), true);
  assert.equal(isModelsAnswer({ ...offers, origin: "joined" }), true);
  assert.equal(isModelsAnswer(dropped("empty")), true);
  assert.equal(isModelsAnswer(dropped("wrong-indentation")), true);
});

test("what came without the model shows nothing about it", () => {
  assert.equal(isModelsAnswer({ ...offers, origin: "cache" }), false);
  assert.equal(isModelsAnswer({ ...offers, origin: "typed-through" }), false);
  assert.equal(isModelsAnswer(dropped("middle-of-word")), false);
  assert.equal(isModelsAnswer(dropped("model-not-ready")), false);
  assert.equal(isModelsAnswer(dropped("dismissed")), false);
  assert.equal(isModelsAnswer({ kind: "cancelled" }), false);
  assert.equal(isModelsAnswer({ kind: "broken", error: new Error("a bug") }), false);
});
