import assert from "node:assert/strict";
import { test } from "node:test";
import { hasBegunWord, Patience, reasonNotToAsk, TypingRhythm } from "../../src/completion/trigger.ts";
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

test("after a pause, who begins a word is given the time for its next character", () => {
  const typing = new TypingRhythm();
  typing.key(0);
  assert.equal(typing.delay({ rate: 1, minMs: 0, maxMs: 300 }, 1, true), 187.5);
  for (const time of [100, 200, 300, 2_000]) typing.key(time);
  typing.answered(1_000);
  assert.equal(typing.delay({ rate: 1, minMs: 0, maxMs: 300 }, 1, true), 125);
  assert.equal(typing.delay({ rate: 1, minMs: 0, maxMs: 300 }, 1, false), 0);
  typing.key(2_100);
  assert.equal(typing.delay({ rate: 1, minMs: 0, maxMs: 300 }, 1, true), 0);
});

test("a word has begun with its first character", () => {
  assert.deepEqual(
    ["x", "= x", "f(变", "xy", "= ", "f(", ""].map((prefix) => hasBegunWord(prefix)),
    [true, true, true, false, false, false, false],
  );
});

test("patience grows with each suggestion that is waved away, shrinks with each accepted one, and is forgotten", () => {
  const patience = new Patience();
  assert.equal(patience.factor(0), 1);
  patience.dismissed(0);
  assert.equal(patience.factor(0), 1.5);
  patience.dismissed(0);
  assert.equal(patience.factor(0), 2.25);
  patience.accepted(0);
  assert.ok(Math.abs(patience.factor(0) - 1.8) < 1e-9);
  for (let times = 0; times < 10; times += 1) patience.dismissed(0);
  assert.equal(patience.factor(0), 3);
  const later = patience.factor(10 * 60_000);
  assert.ok(Math.abs(later - (1 + 2 / Math.E)) < 1e-9);
  for (let times = 0; times < 20; times += 1) patience.accepted(0);
  assert.equal(patience.factor(0), 0.5);
});
