import assert from "node:assert/strict";
import { test } from "node:test";
import { type NamedModel, SetUp, troubleIn } from "../../src/extension/setUp.ts";
import type { ModelFailure } from "../../src/model/failure.ts";

const unknown: ModelFailure = { kind: "reference-unknown", reference: "opnai/gpt-4.1" };
const missing: ModelFailure = { kind: "model-file-missing", path: "a.gguf" };
const named = (reference: string, failure?: ModelFailure): NamedModel => ({ reference, failure });

test("a model that can't be asked is told before anybody types", () => {
  assert.deepEqual(troubleIn([]), {});
  assert.deepEqual(troubleIn([named("a/b"), named("c/d", missing)]), {}, "the chosen one is all right");
  assert.deepEqual(troubleIn([named("opnai/gpt-4.1", unknown)]), { failure: unknown });
  assert.deepEqual(troubleIn([named("opnai/gpt-4.1", unknown), named("c/d", missing)]), { failure: unknown });
});

test("where another one will help, it is told which", () => {
  const models = [named("opnai/gpt-4.1", unknown), named("c/d", missing), named("e/f")];
  assert.deepEqual(troubleIn(models), { fallenBack: { to: "e/f", failure: unknown } });
});

test("after a change of settings what the look before it finds late counts no more", async () => {
  const first = Promise.withResolvers<readonly NamedModel[]>();
  const looks = [first.promise, Promise.resolve([named("a/b")])];
  let changes = 0;
  const setUp = new SetUp(
    () => looks.shift() ?? Promise.resolve([]),
    () => (changes += 1),
  );
  const early = setUp.look();
  await setUp.look();
  first.resolve([named("old", missing)]);
  await early;
  assert.deepEqual(setUp.trouble, {});
  assert.equal(changes, 1);
});
