import assert from "node:assert/strict";
import { test } from "node:test";
import { EVERYWHERE, SURVIVING_FILE, SurvivingText } from "../../support/survivingText.ts";

const CODE = "function total(items) {\n  let sum = 0;\n  \n  return sum;\n}\n";
const LOOP = "for (const item of items) sum += item.price * item.quantity;";
const AT = CODE.indexOf("  \n") + 2;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function accepted(): SurvivingText {
  const it = new SurvivingText(CODE);
  it.accept(LOOP, AT);
  return it;
}

test("what nobody touches is alive at all times, and each check is made once", () => {
  const it = accepted();
  it.wait(2 * DAY);
  it.tracker.committed(EVERYWHERE, [it.nowMs], it.nowMs);
  it.tracker.committed(EVERYWHERE, [it.nowMs], it.nowMs);
  it.wait(40 * DAY);
  assert.deepEqual(it.states, [
    "30s alive",
    "2m alive",
    "5m alive",
    "10m alive",
    "15m alive",
    "24h alive",
    "commit alive",
  ]);
  assert.ok(it.checks.every(({ lateMs }) => lateMs < 2_000));
  assert.equal(it.stored.size, 0);
});

test("what is deleted by hand is dead, and what was left is counted", () => {
  const it = accepted();
  it.wait(60_000);
  it.replace("const item of items) sum += item.price * item.quantity", ";;) go(");
  it.wait(10 * 60_000);
  assert.deepEqual(it.states.slice(0, 3), ["30s alive", "2m dead", "5m dead"]);
  const [, at2m] = it.checks;
  assert.equal(at2m?.survivingChars, LOOP.length - 54);
  assert.equal(at2m?.insertedChars, LOOP.length);
});

test("a formatter that replaces the line with the same text leaves it alive by its lexemes", () => {
  const it = accepted();
  it.replace(`  ${LOOP}\n`, `    ${LOOP}\n`, "formatter");
  it.wait(30_000);
  const [check] = it.checks;
  assert.deepEqual([check?.state, check?.isRescued, check?.survivingChars], ["alive", true, LOOP.length]);
  assert.ok((check?.distance ?? 1) <= 0.2);
});

test("typed again by hand after it was deleted it is the user's", () => {
  const it = accepted();
  it.replace(LOOP, "");
  it.change([{ offset: AT, length: 0, text: LOOP }]);
  it.wait(30_000);
  assert.equal(it.checks[0]?.survivingChars, 0);
});

test("an undo of a deletion brings it back, and a redo of the accept, too", () => {
  const it = accepted();
  it.replace(LOOP, "", "deleted");
  it.change([{ offset: AT, length: 0, text: LOOP }], "undo");
  it.wait(31_000);
  assert.equal(it.checks[0]?.survivingChars, LOOP.length);
  it.change([{ offset: AT, length: LOOP.length, text: "" }], "undo");
  it.change([{ offset: AT, length: 0, text: LOOP }], "redo");
  it.wait(120_000);
  assert.equal(it.checks[1]?.survivingChars, LOOP.length);
});

test("closed and opened again with lines above it, it is found again", () => {
  const it = accepted();
  it.wait(31_000);
  it.close();
  it.wait(30_000);
  it.open(`// one\n// two\n${it.text}`);
  it.wait(60_000);
  assert.deepEqual(it.states, ["30s alive", "2m alive"]);
});

test("what is due while the file is closed waits for it, and is too late at some time", () => {
  const it = accepted();
  it.close();
  it.wait(100_000);
  assert.deepEqual(it.states, []);
  it.wait(300_000);
  assert.deepEqual(it.states, ["30s censored too-late", "2m censored too-late"]);
  it.open();
  it.wait(10_000);
  assert.deepEqual(it.states.at(-1), "5m alive");
});

test("another window goes on where this one has ended", () => {
  const it = accepted();
  it.wait(60_000);
  const next = it.reload();
  next.wait(2 * DAY);
  assert.deepEqual(next.states, ["30s alive", "2m alive", "5m alive", "10m alive", "15m alive", "24h alive"]);
});

test("a window that ended at once, without a word, loses nothing that was accepted", () => {
  const it = accepted();
  const after = new SurvivingText(it.text, it);
  after.tracker.resume(SURVIVING_FILE, [...it.stored.values()], after.nowMs);
  after.wait(31_000);
  assert.deepEqual(after.states, ["30s alive"]);
});

test("another branch has it not: what is due then is not found and not dead; back again, it is alive", () => {
  const it = accepted();
  const withLoop = it.text;
  it.wait(31_000);
  it.change([{ offset: 0, length: it.text.length, text: "const other = 1;\n" }], "disk");
  it.wait(120_000);
  it.change([{ offset: 0, length: it.text.length, text: withLoop }], "disk");
  it.wait(200_000);
  assert.deepEqual(it.states, ["30s alive", "2m censored not-found", "5m alive"]);
});

test("a file that is deleted, and one that nobody opens, say so and are dropped by nobody", () => {
  const deleted = accepted();
  deleted.tracker.deleted(SURVIVING_FILE, deleted.nowMs);
  assert.equal(deleted.states.length, 7);
  assert.ok(deleted.states.every((state) => state.endsWith("censored deleted-file")));
  const left = accepted();
  left.tracker.end(left.nowMs);
  const later = new SurvivingText("", left);
  later.tracker.expire([...left.stored.values()], later.nowMs + 40 * DAY);
  assert.equal(later.states.length, 7);
  assert.equal(left.stored.size, 0);
});

test("a renamed file is followed under its new name", () => {
  const it = accepted();
  it.tracker.renamed(SURVIVING_FILE, "file:///shop/basket.ts", it.nowMs);
  assert.equal(it.stored.values().next().value?.uri, "file:///shop/basket.ts");
});

test("nothing that is stored has any of the text", () => {
  const it = accepted();
  const [stored] = it.stored.values();
  assert.ok(stored);
  assert.doesNotMatch(stored.value, /item|sum|price|quantity/);
});

test("of what was typed in ten seconds it is told after ten minutes how much is left", () => {
  const it = new SurvivingText("");
  it.change([{ offset: 0, length: 0, text: "hello " }]);
  it.change([{ offset: 6, length: 0, text: "world" }]);
  it.wait(1_000);
  it.change([{ offset: 3, length: 4, text: "" }], "deleted");
  it.wait(600_000);
  assert.deepEqual(
    it.facts.filter(({ kind }) => kind === "typedSurvival").map((fact) => ({ ...fact, atMs: 0 })),
    [{ kind: "typedSurvival", atMs: 0, edit: "e1", typedChars: 11, survivingChars: 7, state: "counted" }],
  );
});

test("what was chosen from the editor's list is followed with what was typed", () => {
  const it = new SurvivingText("");
  it.change([{ offset: 0, length: 0, text: "for" }]);
  it.choose("forEach(item)", { offset: 0, length: 3 });
  it.wait(1_000);
  it.replace("(item)", "", "deleted");
  it.wait(601_000);
  assert.deepEqual(
    it.facts.filter(({ kind }) => kind === "typedSurvival").map((fact) => ({ ...fact, atMs: 0 })),
    [{ kind: "typedSurvival", atMs: 0, edit: "e1", typedChars: 13, survivingChars: 7, state: "counted" }],
  );
});

test("a commit of a file that is closed is known to the window that opens it, also where this one is killed", () => {
  const it = accepted();
  it.wait(31_000);
  it.close();
  it.tracker.committed(EVERYWHERE, [it.nowMs], it.nowMs);
  const next = new SurvivingText(it.text, it);
  next.tracker.resume(SURVIVING_FILE, [...it.stored.values()], next.nowMs);
  next.wait(2_000);
  assert.ok(next.states.includes("commit alive"), next.states.join(", "));
});

test("an input method's steps are not typed once more each, and nothing of what it left is missing", () => {
  const it = new SurvivingText("");
  let before = 0;
  for (const step of ["n", "ni", "ni h", "nihao", "你好"]) {
    it.change([{ offset: 0, length: before, text: step }], "typed", step !== "你好");
    before = step.length;
  }
  it.wait(601_000);
  const told = it.facts.find(({ kind }) => kind === "typedSurvival");
  assert.deepEqual(told?.kind === "typedSurvival" && [told.typedChars, told.survivingChars, told.state], [
    2,
    2,
    "counted",
  ]);
});

test("of many accepts the oldest are given up, and say so", () => {
  const it = new SurvivingText("");
  for (let count = 0; count < 5_003; count += 1) it.accept("a(1);\n", 0);
  const given = it.checks.filter(({ reason }) => reason === "too-many");
  assert.equal(given.length, 3 * 7);
});
