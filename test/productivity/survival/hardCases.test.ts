import assert from "node:assert/strict";
import { test } from "node:test";
import { EVERYWHERE, SURVIVING_FILE, SurvivingText } from "../../support/survivingText.ts";

const LOOP = "for (const item of items) sum += item.price * item.quantity;";
const CODE = "function total(items) {\n  let sum = 0;\n  \n  return sum;\n}\n";
const AT = CODE.indexOf("  \n") + 2;

function accepted(): SurvivingText {
  const it = new SurvivingText(CODE);
  it.accept(LOOP, AT);
  return it;
}

test("deleted character by character and undone at once, it is the model's again", () => {
  const it = accepted();
  for (let left = LOOP.length; left > LOOP.length - 30; left -= 1)
    it.change([{ offset: AT + left - 1, length: 1, text: "" }], "deleted");
  it.change([{ offset: AT + LOOP.length - 30, length: 0, text: LOOP.slice(-30) }], "undo");
  it.wait(31_000);
  assert.deepEqual([it.states[0], it.checks[0]?.survivingChars], ["30s alive", LOOP.length]);
  it.change([{ offset: AT + LOOP.length - 30, length: 30, text: "" }], "redo");
  it.change([{ offset: AT + LOOP.length - 30, length: 0, text: LOOP.slice(-30) }], "undo");
  it.wait(100_000);
  assert.equal(it.checks[1]?.survivingChars, LOOP.length);
});

test("an undo that brings back the user's own text does not make it the model's", () => {
  const it = new SurvivingText("0123456789world");
  it.accept("hello", 10);
  it.change([{ offset: 10, length: 5, text: "" }], "deleted");
  it.change([{ offset: 10, length: 5, text: "" }], "deleted");
  it.change([{ offset: 10, length: 0, text: "world" }], "undo");
  it.wait(31_000);
  assert.deepEqual([it.states[0], it.checks[0]?.survivingChars], ["30s dead", 0]);
});

test("what was deleted by hand before the file was closed is dead, not lost from sight", () => {
  const it = accepted();
  it.wait(31_000);
  it.replace(LOOP, "", "deleted");
  it.close();
  it.open();
  it.wait(100_000);
  assert.deepEqual(it.states, ["30s alive", "2m dead"]);
});

test("a commit while the file is closed is looked at when it is opened", () => {
  const it = accepted();
  it.wait(31_000);
  it.close();
  it.tracker.committed(EVERYWHERE, [it.nowMs], it.nowMs);
  assert.deepEqual(it.states, ["30s alive"]);
  it.wait(10_000);
  it.open();
  it.wait(2_000);
  assert.deepEqual(it.states, ["30s alive", "commit alive"]);
});

test("accepted at two carets far apart, both are found again", () => {
  const filler = Array.from({ length: 60 }, (_, at) => `const value${at} = ${at};\n`);
  const it = new SurvivingText(`a(\n${filler.join("")}b(\n`);
  it.acceptAt(["first, second)", "first, second)"], [2, it.text.length - 1]);
  it.close();
  it.open(`${it.text.slice(0, 17)}\n${filler.slice(0, 5).join("")}${it.text.slice(it.text.indexOf("b("))}`);
  it.wait(31_000);
  assert.deepEqual([it.states[0], it.checks[0]?.survivingChars], ["30s alive", 28]);
});

test("git changes another line: what is not touched stays as exact as it was", () => {
  const it = new SurvivingText("x();\n".repeat(50));
  it.accept("x();\n", 100);
  it.change([{ offset: 5, length: 0, text: "// pulled\n" }], "disk");
  it.wait(31_000);
  it.change([{ offset: 110, length: 5, text: "" }], "deleted");
  it.wait(100_000);
  assert.deepEqual(it.states, ["30s alive", "2m dead"]);
});

test("the text is ahead of what is known of its changes: nothing is shifted twice", () => {
  const it = accepted();
  it.close();
  it.open();
  const late = it.holdingBack(() =>
    it.change([{ offset: 0, length: 0, text: "// a line that is long enough to matter\n" }]),
  );
  it.wait(5_000);
  late();
  it.wait(26_000);
  it.change([{ offset: it.text.indexOf(LOOP), length: LOOP.length, text: "" }], "deleted");
  it.wait(100_000);
  assert.deepEqual(it.states, ["30s alive", "2m dead"]);
  assert.equal(it.checks[1]?.survivingChars, 0);
});

test("after a formatter wrote it again its characters go on being counted, and go when the user deletes it", () => {
  const similar = LOOP.replace("quantity", "amount");
  const it = new SurvivingText(`${similar}\n\n`);
  it.accept(LOOP, similar.length + 1);
  it.replace(`\n${LOOP}`, `\n  ${LOOP}`, "formatter");
  it.wait(31_000);
  assert.deepEqual([it.states[0], it.checks[0]?.survivingChars], ["30s alive rescued", LOOP.length]);
  it.replace(LOOP, "", "deleted");
  it.wait(100_000);
  assert.equal(it.states[1], "2m dead");
});

test("each ten seconds of typing are told of once, also where the file was read anew meanwhile", () => {
  const it = new SurvivingText("one\n");
  it.change([{ offset: 0, length: 0, text: "abc" }]);
  it.change([{ offset: 0, length: 7, text: "other\n" }], "disk");
  it.change([{ offset: 0, length: 0, text: "def" }]);
  it.wait(700_000);
  assert.equal(it.facts.filter(({ kind }) => kind === "typedSurvival").length, 1);
});

test("a renamed file that VS Code has closed and opened already is followed on", () => {
  const it = accepted();
  it.close();
  it.rename("file:///shop/basket.ts");
  it.open();
  it.tracker.renamed(SURVIVING_FILE, "file:///shop/basket.ts", it.nowMs);
  it.wait(31_000);
  assert.deepEqual(it.states, ["30s alive"]);
});

test("of white space alone, too, each check is made", () => {
  const it = new SurvivingText("a\nb\n");
  it.accept(" ", 1);
  const next = it.reload();
  next.wait(40 * 86_400_000);
  assert.equal(next.states.length, 7);
});

test("a window that ends before the text of an accept is at hand keeps what it knows of it", () => {
  const it = new SurvivingText(CODE);
  const late = it.holdingBack(() => it.accept(LOOP, AT));
  it.change([{ offset: 0, length: 0, text: "/" }]);
  late();
  assert.equal(it.stored.size, 1);
});

test("what the user typed after it does not keep it from being found", () => {
  const it = accepted();
  it.wait(2_000);
  const around = "if (ready) start(the, engine, with, care);\nwhile (busy) wait(for(it), to, be, done);\n";
  const at = it.text.indexOf(LOOP);
  it.change([{ offset: at + LOOP.length, length: 1, text: `\n${around}` }]);
  it.change([{ offset: 0, length: at, text: around }]);
  it.wait(30_000);
  it.close();
  it.open(`${it.text}\nend();\n`);
  it.wait(100_000);
  assert.deepEqual(it.states, ["30s alive", "2m alive"]);
});

test("what a short text continued is not counted with it, nor what replaced its place", () => {
  const it = new SurvivingText("pri\n");
  it.change([{ offset: 0, length: 0, text: "" }]);
  it.acceptOver("println(x);", { offset: 0, length: 3, caret: 3 });
  it.wait(31_000);
  assert.deepEqual([it.checks[0]?.insertedChars, it.checks[0]?.survivingChars], [8, 8]);
});

test("accepted when the clock was ahead by a year, it is not waited for", () => {
  const it = accepted();
  it.tracker.end(it.nowMs);
  const next = new SurvivingText(it.text, it);
  next.nowMs -= 365 * 86_400_000;
  next.tracker.resume(SURVIVING_FILE, [...it.stored.values()], next.nowMs);
  assert.ok(next.states.length === 7 && next.states.every((state) => state.endsWith("censored clock")));
});

test("changes that nobody told of do not keep it from being found", () => {
  const it = accepted();
  it.wait(5_000);
  it.holdingBack(() => it.change([{ offset: 0, length: 0, text: "// from elsewhere\n" }]));
  it.wait(100_000);
  assert.equal(it.states[0], "30s alive");
  it.replace(LOOP, "", "deleted");
  it.wait(100_000);
  assert.equal(it.states[1], "2m dead");
});

test("text in very many pieces is given up, and says so: what follows is counted again", () => {
  const it = new SurvivingText("");
  it.accept("x".repeat(30_000), 0);
  for (let at = 0; at < 10_100; at += 1) it.change([{ offset: at * 2 + 1, length: 0, text: "y" }]);
  assert.deepEqual(new Set(it.checks.map(({ reason }) => reason)), new Set(["too-many"]));
  assert.equal(it.checks.length, 7);
  it.accept("next()", 0);
  it.wait(31_000);
  assert.equal(it.states.at(-1), "30s alive");
});

test("a file that is saved can be found by the next window as it is on the disk", () => {
  const it = accepted();
  it.wait(2_000);
  const around = "if (ready) start(the, engine, with, care);\n";
  it.change([{ offset: 0, length: it.text.indexOf(LOOP), text: around.repeat(3) }]);
  const [before] = it.stored.values();
  it.tracker.saved(SURVIVING_FILE, it.nowMs);
  it.wait(2_000);
  const [after] = it.stored.values();
  assert.notEqual(after?.value, before?.value);
});

test("a line that was written right below an accepted one while nobody looked leaves it alive", () => {
  const ACCEPTED = "tapir.graze(field);";
  for (const [before, after, written] of [
    ["const ll = ", "\nconst other = 2;\nconst far = 3;\n", "\nconst p = 1;"],
    ["let herd = ", "\nlet other = read(2);\nreturn herd;\n", "\nlet p = read(1);"],
    ["def wake(herd):\n  first = ", "\n  second = herd.rest()\n  return first\n", "\n  third = herd.last()"],
  ] as const) {
    const it = new SurvivingText(`${before}${after}`);
    it.accept(ACCEPTED, before.length);
    it.wait(5_000);
    const next = it.reload(`${before}${ACCEPTED}${written}${after}`);
    next.wait(30_000);
    assert.deepEqual(next.states, ["30s alive"], written);
    assert.equal(next.checks[0]?.survivingChars, ACCEPTED.length);
  }
});

test("a line of the same form that was written in place of an accepted one is not taken for it", () => {
  const before = "const ll = first();\nconst kk = ";
  const after = "\nconst other = 2;\nconst far = 3;\n";
  const it = new SurvivingText(`${before}${after}`);
  it.accept("tapir.graze(field);", before.length);
  it.wait(5_000);
  const next = it.reload(`const ll = first();\nconst p = 1;${after}`);
  next.wait(100_000);
  assert.ok(
    next.states.every((state) => !state.includes("alive")),
    next.states.join(),
  );
});
