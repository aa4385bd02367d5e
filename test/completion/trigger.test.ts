import assert from "node:assert/strict";
import { test } from "node:test";
import { reasonNotToAsk, TypingRhythm } from "../../src/completion/trigger.ts";
import { at } from "../support/carets.ts";

test("asks at the end of a line, and before what an editor has closed", () => {
  for (const document of ["x = ║\n", "f(║)\n", `f("║");\n`, "  ║\ny", "x║"]) {
    assert.equal(reasonNotToAsk(at(document), "automatic"), undefined, document);
  }
});

test("does not ask by itself in the middle of a word or of a line", () => {
  assert.equal(reasonNotToAsk(at("na║me = 1"), "automatic"), "middle-of-word");
  assert.equal(reasonNotToAsk(at("größ║e"), "automatic"), "middle-of-word");
  assert.equal(reasonNotToAsk(at("x = ║ + 1"), "automatic"), "middle-of-line");
});

test("asks there when somebody wants it by key", () => {
  assert.equal(reasonNotToAsk(at("na║me = 1"), "manual"), undefined);
  assert.equal(reasonNotToAsk(at("x = ║ + 1"), "manual"), undefined);
});

test("does not ask about an empty document", () => {
  assert.equal(reasonNotToAsk(at("\n ║\n"), "automatic"), "empty-document");
  assert.equal(reasonNotToAsk(at("║"), "manual"), "empty-document");
  assert.equal(reasonNotToAsk(at("║\nexport {}"), "automatic"), undefined);
});

const limits = { rate: 1.5, minMs: 10, maxMs: 400 };

function rhythm(intervalMs: number, latencyMs?: number): number {
  const typing = new TypingRhythm();
  for (let key = 0; key < 20; key += 1) typing.key(key * intervalMs);
  if (latencyMs !== undefined) typing.answered(latencyMs);
  return typing.delay(limits);
}

test("waits longer for somebody who types slowly, and less where the model itself takes its time", () => {
  assert.equal(rhythm(100), 150);
  assert.equal(rhythm(200), 300);
  assert.equal(rhythm(200, 100), 200);
  assert.equal(rhythm(200, 1_000), limits.minMs);
  assert.equal(rhythm(900), limits.maxMs);
});

test("a pause for thought is not taken for slow typing", () => {
  const typing = new TypingRhythm();
  for (const time of [0, 100, 200, 60_000, 60_100]) typing.key(time);
  assert.equal(typing.delay(limits), 150);
});

test("does not wait for somebody of whom nothing is known", () => {
  assert.equal(new TypingRhythm().delay(limits), limits.minMs);
});
