import assert from "node:assert/strict";
import { test } from "node:test";
import { AnsweringModels } from "../../src/extension/answeringModels.ts";

test("where a model fails and another one answers, the other one counts", () => {
  const models = new AnsweringModels();
  models.asked("s1", "openai/first");
  models.asked("s1", "embedded/second");
  assert.equal(models.of("s1"), "embedded/second");
  assert.equal(models.of("s2"), undefined);
});

test("the last ones are remembered", () => {
  const models = new AnsweringModels();
  for (let count = 0; count < 500; count += 1) models.asked(`s${count}`, "m");
  assert.equal(models.of("s499"), "m");
  assert.equal(models.of("s0"), undefined);
});
