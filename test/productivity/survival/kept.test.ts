/** What is kept of accepts beyond the window, and how often it is written. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { SurvivalTracker } from "../../../src/productivity/survival/tracker.ts";
import { change } from "../../support/editorChanges.ts";
import { lexemeHmac } from "../../support/lexemeHmac.ts";
import { SURVIVING_FILE, SurvivingText } from "../../support/survivingText.ts";

const lineOf = (at: number): string => `const wombat${at} = compute(${at}, herd[${at}], "abc"); // ${"x".repeat(80)}\n`;

test("a file is saved again and again: of its accepts only those are written whose surroundings have changed", () => {
  const it = new SurvivingText("");
  for (let at = 0; at < 200; at += 1) it.accept(lineOf(at), it.text.length);
  it.wait(1_200_000);
  const written = new Set<string>();
  const set = it.stored.set.bind(it.stored);
  it.stored.set = (accept, stored) => {
    written.add(accept);
    return set(accept, stored);
  };
  for (let saves = 0; saves < 3; saves += 1) {
    it.tracker.saved(SURVIVING_FILE, it.nowMs);
    it.wait(5_000);
  }
  assert.equal(written.size, 0);
  it.change([{ offset: 0, length: 0, text: "// Above all of them.\n" }]);
  it.replace("const wombat100 ", "const bear100 ");
  it.tracker.saved(SURVIVING_FILE, it.nowMs);
  it.wait(5_000);
  assert.ok(written.size >= 2 && written.size <= 8, `${written.size} of 200`);
});

test("after a line above was saved, a window that crashes is followed by one that finds everything", () => {
  const it = new SurvivingText("");
  for (let at = 0; at < 5; at += 1) it.accept(lineOf(at), it.text.length);
  it.wait(40_000);
  it.change([{ offset: 0, length: 0, text: "// Above.\n".repeat(200) }], "other");
  it.tracker.saved(SURVIVING_FILE, it.nowMs);
  it.wait(5_000);
  const next = new SurvivingText(it.text, it);
  next.tracker.resume(SURVIVING_FILE, [...it.stored.values()], next.nowMs);
  next.wait(90_000);
  assert.deepEqual(
    next.states.filter((state) => state.startsWith("2m")),
    Array.from({ length: 5 }, () => "2m alive"),
  );
});

test("accepted at a hundred carets, its lexemes are kept once", () => {
  const block = "const wombat = compute(herd, 1, 2);\n".repeat(40);
  const it = new SurvivingText("\n".repeat(100));
  it.acceptAt(
    Array.from({ length: 100 }, () => block),
    Array.from({ length: 100 }, (_, at) => at),
  );
  const sizes = () => [...it.stored.values()].map(({ value }) => value.length);
  assert.ok((sizes()[0] ?? Infinity) < 30_000, `${sizes().join()} characters at first`);
  it.wait(31_000);
  assert.ok((sizes()[0] ?? Infinity) < 100_000, `${sizes().join()} characters with its surroundings`);
  assert.deepEqual(it.states, ["30s alive"]);
  const next = it.reload();
  next.wait(90_000);
  assert.deepEqual(next.states, ["30s alive", "2m alive"]);
});

test("the same text accepted in two files has no number in common", () => {
  const numbers = ["file:///shop/a.ts", "file:///shop/b.ts"].map((uri) => {
    const values: string[] = [];
    const tracker = new SurvivalTracker({
      hmac: lexemeHmac,
      saltOf: (address) => `salt of ${address}`,
      textOf: () => undefined,
      fileOf: () => "there",
      record: () => {},
      keep: ({ value }) => values.push(value),
      release: () => {},
    });
    tracker.heed(
      {
        change: change([{ offset: 0, length: 0, text: "const wombat = herd[7];" }], { uri }),
        origin: { kind: "ai", accept: "s:1" },
      },
      "e",
    );
    return (values[0]?.match(/\d{7,}/gu) ?? []).filter((number) => number.length < 13);
  });
  const [one = [], other = []] = numbers;
  assert.ok(one.length >= 6 && other.length === one.length, numbers.join(" / "));
  assert.deepEqual(
    one.filter((number) => other.includes(number)),
    [],
  );
});

test("a file that was renamed has accepts from before and after: all are found again", () => {
  const before = new SurvivingText("let herd;\n");
  before.rename("file:///shop/before.ts");
  before.accept(lineOf(1), before.text.length);
  before.wait(3_000);
  const other = before.reload();
  other.accept(lineOf(2), other.text.length);
  other.wait(3_000);
  const salts = new Set([...other.stored.values()].map(({ value }) => (JSON.parse(value) as { salt: string }).salt));
  assert.equal(salts.size, 2);
  const next = other.reload(`// Changed.\n${other.text}`);
  next.wait(31_000);
  assert.deepEqual(next.states, ["30s alive", "30s alive"]);
});
