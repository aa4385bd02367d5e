import assert from "node:assert/strict";
import { test } from "node:test";
import { EVERYWHERE, SURVIVING_FILE, SurvivingText } from "../../support/survivingText.ts";

const LOOP = "for (const item of items) sum += item.price * item.quantity;";
const CODE = "function total(items) {\n  let sum = 0;\n  \n  return sum;\n}\n";
const DAY_MS = 86_400_000;

function accepted(): SurvivingText {
  const it = new SurvivingText(CODE);
  it.accept(LOOP, CODE.indexOf("  \n") + 2);
  return it;
}

test("a file that a terminal has deleted while it is open has no accept alive, until it is back", () => {
  const it = accepted();
  it.file = "gone";
  it.wait(31_000);
  assert.deepEqual(it.states, ["30s censored deleted-file"]);
  it.file = "there";
  it.wait(100_000);
  assert.deepEqual(it.states, ["30s censored deleted-file", "2m alive"]);
});

test("what the user had deleted before is dead, also where its file is gone", () => {
  const it = accepted();
  it.replace(LOOP, "", "deleted");
  it.file = "gone";
  it.wait(31_000);
  assert.deepEqual(it.states, ["30s dead"]);
});

test("a check waits for whether its file is there, and says how late it was", () => {
  const it = accepted();
  it.file = "asking";
  it.wait(33_000);
  assert.deepEqual(it.states, []);
  it.file = "there";
  it.tracker.fileKnown(SURVIVING_FILE, it.nowMs);
  assert.deepEqual(it.states, ["30s alive"]);
  assert.equal(it.checks[0]?.lateMs, 3_000);
});

test("what was typed in a file that is gone is counted neither as surviving nor as deleted", () => {
  const it = new SurvivingText("");
  it.change([{ offset: 0, length: 0, text: "hello" }]);
  it.file = "asking";
  it.wait(601_000);
  it.file = "gone";
  it.tracker.fileKnown(SURVIVING_FILE, it.nowMs);
  const told = it.facts.filter(({ kind }) => kind === "typedSurvival");
  assert.deepEqual(
    told.map((fact) => fact.kind === "typedSurvival" && fact.state),
    ["censored"],
  );
});

test("another language is chosen for a document: what was typed and accepted in it goes on being counted", () => {
  const it = new SurvivingText("");
  for (const key of "const wombats = [") it.change([{ offset: it.text.length, length: 0, text: key }]);
  it.accept("first, second, third];", it.text.length);
  it.changeLanguage();
  it.replace("first, ", "", "deleted");
  it.wait(601_000);
  const typed = it.facts.find((fact) => fact.kind === "typedSurvival");
  assert.partialDeepStrictEqual(typed, { state: "counted", typedChars: 17, survivingChars: 17 });
  assert.deepEqual([it.states[0], it.checks[0]?.survivingChars], ["30s alive", 15]);
});

test("renamed while it is open, its characters go on being counted one by one", () => {
  const it = accepted();
  it.wait(2_000);
  it.replace("sum += ", "", "deleted");
  it.renameWhileOpen("file:///shop/basket.ts");
  it.wait(29_000);
  it.replace("item.quantity;", "", "deleted");
  it.wait(90_000);
  assert.deepEqual(
    it.checks.map(({ survivingChars }) => survivingChars),
    [LOOP.length - 7, LOOP.length - 21],
  );
});

test("a commit that was made while nobody had the file open is the next commit for the window that opens it", () => {
  const it = accepted();
  it.tracker.end(it.nowMs);
  const next = new SurvivingText(it.text, it);
  next.nowMs += 3_600_000;
  next.tracker.resume(SURVIVING_FILE, [...it.stored.values()], next.nowMs);
  const commitMs = it.nowMs + 600_000;
  next.tracker.committed(EVERYWHERE, [it.nowMs - 1, commitMs, commitMs + 60_000], next.nowMs);
  next.wait(1_000);
  const commit = next.checks.filter(({ check }) => check === "commit");
  assert.deepEqual(
    commit.map(({ state, lateMs }) => [state, lateMs]),
    [["alive", 3_000_000]],
  );
});

test("where there was a commit and nobody opened the file, it is not said that there was none", () => {
  const it = accepted();
  it.wait(31_000);
  it.close();
  it.tracker.committed(EVERYWHERE, [it.nowMs], it.nowMs);
  it.wait(40 * DAY_MS);
  assert.equal(it.states.at(-1), "commit censored too-late");
  const unopened = accepted();
  unopened.tracker.end(unopened.nowMs);
  const later = new SurvivingText("", unopened);
  later.tracker.expire([...unopened.stored.values()], later.nowMs + 40 * DAY_MS);
  assert.ok(later.states.includes("commit censored too-late"));
});

test("after everything was deleted nothing more is said of what was accepted or typed before", () => {
  const it = accepted();
  it.change([{ offset: 0, length: 0, text: "// typed\n" }]);
  it.wait(2_000);
  const keptBefore = [...it.stored.values()];
  it.tracker.forgetAll();
  it.change([{ offset: 0, length: 0, text: "x" }], "paste");
  it.tracker.saved(SURVIVING_FILE, it.nowMs);
  it.wait(2 * DAY_MS);
  it.tracker.end(it.nowMs);
  assert.deepEqual(it.facts, []);
  assert.deepEqual([...it.stored.values()], keptBefore);
});
