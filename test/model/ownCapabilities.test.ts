import assert from "node:assert/strict";
import { test } from "node:test";
import { ownCapabilities } from "../../src/model/ownCapabilities.ts";

const unknown = { pictures: undefined, tools: undefined, contextTokens: undefined };

test("the settings say what a model can, the entry for it before those for all of its server", () => {
  const settings = {
    "mine/*": { contextTokens: 16_000, tools: true },
    "mine/big*": { contextTokens: 64_000, pictures: true },
    "mine/big-one": { contextTokens: 128_000 },
  };
  assert.deepEqual(ownCapabilities(settings, "mine/small"), { ...unknown, contextTokens: 16_000, tools: true });
  assert.deepEqual(ownCapabilities(settings, "mine/big-two"), { ...unknown, contextTokens: 64_000, pictures: true });
  assert.deepEqual(ownCapabilities(settings, "mine/big-one"), { ...unknown, contextTokens: 128_000 });
  assert.deepEqual(ownCapabilities(settings, "other/big-one"), unknown);
});

test("what is written wrong in the settings says nothing, and no room is too small for an answer", () => {
  for (const value of [null, 7, "a", [], { contextTokens: "many", tools: "yes", pictures: 1 }, { contextTokens: -1 }])
    assert.deepEqual(ownCapabilities({ "mine/a": value }, "mine/a"), unknown);
  assert.deepEqual(ownCapabilities({}, "toString"), unknown);
  assert.equal(ownCapabilities({ "mine/a": { contextTokens: 5 } }, "mine/a").contextTokens, 1_024);
});
