import assert from "node:assert/strict";
import { test } from "node:test";
import { SURVIVING_FILE, SurvivingText } from "../../support/survivingText.ts";

const COUNT = 60;

/** Code that is alike throughout, of which much is accepted. */
function piece(number: number): string {
  const line = (at: number): string =>
    `  const total${number} = prices[${at}].amount * cart.quantity(${number + at}) + ${at};\n`;
  return `function sum${number}() {\n${Array.from({ length: 12 }, (_, at) => line(at)).join("")}}\n`;
}

function manyAccepts(): SurvivingText {
  const it = new SurvivingText("");
  for (let number = 0; number < COUNT; number += 1) it.accept(piece(number), it.text.length);
  it.wait(5_000);
  return it;
}

/** Another window, whose text was changed unseen. */
function anotherWindow(it: SurvivingText, text: string, afterMs: number): SurvivingText {
  it.tracker.end(it.nowMs);
  const next = new SurvivingText(text, it);
  next.nowMs += afterMs;
  next.tracker.resume(SURVIVING_FILE, [...it.stored.values()], next.nowMs);
  return next;
}

/** Each piece is other code by then, of the same length. */
const changed = (text: string): string =>
  text.replaceAll("prices", "orders").replaceAll("amount", "weight").replaceAll("total", "other");

test("much that has to be found again is looked for a little at a time, and its checks wait for it and say so", () => {
  const next = anotherWindow(manyAccepts(), `// above\n${changed(manyAccepts().text)}`, 30_000);
  assert.ok(next.checks.length < COUNT / 2, `${next.checks.length} checks at once`);
  assert.ok((next.tracker.nextDueMs ?? Infinity) <= next.nowMs);
  next.wait(10_000);
  assert.deepEqual(
    next.states,
    Array.from({ length: COUNT }, () => "30s alive"),
  );
  const late = next.checks.map(({ lateMs }) => lateMs);
  assert.ok(Math.max(...late) > Math.min(...late) && Math.max(...late) < 10_000);
});

test("what the user writes and deletes while it is looked for is counted all the same", () => {
  const it = manyAccepts();
  const next = anotherWindow(it, `// above\n${changed(it.text)}`, 0);
  next.change([{ offset: 0, length: 0, text: "// typed meanwhile\n" }]);
  next.tracker.tick((next.nowMs += 10));
  const last = changed(piece(COUNT - 1));
  next.replace(last, "", "deleted");
  next.tracker.tick((next.nowMs += 10));
  const half = changed(piece(COUNT - 2)).slice(-400);
  next.replace(half, "", "deleted");
  next.wait(31_000);
  assert.equal(next.states.filter((state) => state === "30s alive").length, COUNT - 2);
  assert.equal(next.states.filter((state) => state === "30s dead").length, 2);
  const left = next.checks.map(({ survivingChars }) => survivingChars).toSorted((one, other) => one - other);
  assert.equal(left[0], 0);
  // Of the others a part is gone, too: the names that are other ones by now.
  const whole = piece(COUNT - 2).length;
  const rest = ((left[2] ?? 0) * (whole - 400)) / whole;
  assert.ok(Math.abs((left[1] ?? 0) - rest) < 20, `${left[1]} and not ${rest}`);
});

test("what comes back from the disk while another text is searched is found in it", () => {
  const it = manyAccepts();
  const next = anotherWindow(it, changed(it.text).replaceAll("cart", "bag").replaceAll("quantity", "depth"), 0);
  next.change([{ offset: 0, length: next.text.length, text: it.text }], "disk");
  next.wait(31_000);
  assert.deepEqual(
    next.states,
    Array.from({ length: COUNT }, () => "30s alive"),
  );
});

test("what was not found is not looked for at each paste, but again before its check", () => {
  const it = manyAccepts();
  const next = anotherWindow(it, "nothing of it\n", 0);
  next.wait(1_000);
  const paste = (text: string): void => {
    const before = next.hashed;
    next.change([{ offset: 0, length: 0, text }], "paste");
    next.wait(1_600);
    pastes.push(next.hashed - before);
  };
  const pastes: number[] = [];
  for (let count = 0; count < 8; count += 1) paste(`pasted${count}\n`);
  assert.ok(pastes.filter((hashed) => hashed > 0).length <= 3, pastes.join(", "));
  next.change([{ offset: 0, length: next.text.length, text: it.text }], "other");
  next.wait(20_000);
  assert.deepEqual(
    next.states,
    Array.from({ length: COUNT }, () => "30s alive"),
  );
});
