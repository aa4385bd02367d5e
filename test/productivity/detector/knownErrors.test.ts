/** What others count wrongly, and what is hard to tell: one test each. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { CountedEditor } from "../../support/countedEditor.ts";

const REST = "item.price * item.quantity;";
const editor = () => new CountedEditor("total += ║\n");
const taken = { origin: "paste", cause: undefined } as const;

test("what is typed through at once was never shown, however long its end is waited for", () => {
  const it = editor();
  it.suggest("ab");
  it.insert("a");
  it.insert("b");
  for (const ms of [301, 460, 500]) {
    it.nowMs += ms;
    it.tell({ kind: "tick" });
  }
  it.end();
  assert.deepEqual(it.shown, []);
  assert.deepEqual(it.ends, ["typed-through: typed-through"]);
  assert.equal(it.of("end")[0]?.lastedMs, 0);
});

test("the window is reloaded between an accept and its command: the accept is there", () => {
  const it = editor();
  it.suggest(REST);
  it.insert(REST, taken);
  it.detector.end(it.nowMs + 50);
  assert.deepEqual(it.accepts, [`full ${REST.length} inferred`]);
  assert.deepEqual(it.ends, ["accepted: accepted"]);
  assert.deepEqual(it.origins, ["ai"]);
});

test("the window is reloaded right behind the last typed character: that is no accept", () => {
  const it = editor();
  it.suggest("ab");
  it.insert("a");
  it.insert("b");
  it.detector.end(it.nowMs + 50);
  assert.deepEqual(it.accepts, []);
  assert.deepEqual(it.ends, ["typed-through: typed-through"]);
});

test("somebody types on before the command arrives: each change is what it was", () => {
  const it = editor();
  it.suggest(REST);
  it.insert(REST, taken);
  it.type("\n");
  it.tell({ kind: "accepted", id: "one" });
  it.end();
  assert.deepEqual(it.accepts, [`full ${REST.length} command`]);
  assert.deepEqual(it.origins, ["ai", "typed"]);
});

test("a change waits for its command for less than a second", () => {
  const it = editor();
  it.suggest(REST);
  it.insert(REST, taken);
  it.insert("x");
  const due = it.detector.nextDueMs;
  assert.ok(due !== undefined && due - it.nowMs < 1_000);
  assert.deepEqual(it.origins, []);
  it.wait(due - it.nowMs);
  assert.deepEqual(it.origins, ["paste", "typed"]);
  assert.deepEqual(it.end().accepts, []);
  assert.equal(it.detector.nextDueMs, undefined);
});

test("an extension host that was held up hears of the command late: it is one accept, and its characters are the model's", () => {
  const it = editor();
  it.suggest(REST);
  it.insert(REST, taken);
  // Another extension takes three seconds over the change; the timer comes first then.
  it.nowMs += 3_000;
  it.tell({ kind: "tick" });
  it.nowMs += 5;
  it.moveTo(it.caret);
  it.tell({ kind: "accepted", id: "one" });
  it.end();
  assert.deepEqual(it.accepts, [`full ${REST.length} command`]);
  assert.deepEqual(it.ends, ["accepted: accepted"]);
  assert.deepEqual(it.origins, ["ai"]);
});

test("a document that is closed right behind an accept: its change is told before, as the model's", () => {
  const it = editor();
  it.suggest(REST);
  it.insert(REST, taken);
  it.tell({ kind: "closed", uri: "file:///shop/cart.ts" });
  assert.deepEqual(it.origins, ["ai"]);
  it.tell({ kind: "accepted", id: "one" });
  it.end();
  assert.deepEqual(it.accepts, [`full ${REST.length} inferred`]);
});

test("a formatter between the change and the command is neither the user's nor the model's", () => {
  const it = editor();
  it.suggest(REST);
  it.insert(REST, taken);
  it.change([{ offset: 5, length: 1, text: "" }], it.caret - 1, { isSaving: true, origin: "formatter" });
  it.tell({ kind: "accepted", id: "one" });
  assert.deepEqual(it.end().origins, ["ai", "formatter"]);
});

test("the command of what was out of sight counts, and only once", () => {
  const it = editor();
  it.suggest(REST);
  it.tell({ kind: "focus", isFocused: false });
  it.tell({ kind: "focus", isFocused: true });
  it.insert(REST, taken);
  for (let times = 0; times < 2; times += 1) it.tell({ kind: "accepted", id: "one" });
  it.end();
  assert.deepEqual(it.accepts, [`full ${REST.length} command`]);
  assert.deepEqual(it.ends, ["accepted: accepted"]);
});

test("a word that is taken after half an hour of looking is a part of the same suggestion", () => {
  const it = editor();
  it.suggest(REST);
  it.wait(1_800_000);
  it.take("word", "item");
  it.end();
  assert.deepEqual(it.accepts, ["word 4 wrapper"]);
  assert.equal(new Set(it.of("end").map(({ run }) => run)).size, 1);
});

test("after an hour it is given up, and what is taken after that counts all the same", () => {
  const word = editor();
  word.suggest(REST);
  word.wait(3_600_000);
  word.take("word", "item");
  assert.deepEqual(word.end().accepts, ["word 4 wrapper"]);
  assert.deepEqual(word.origins, ["ai"]);

  const it = editor();
  it.suggest(REST);
  it.wait(3_600_000);
  assert.deepEqual(it.ends, ["ignored: timed-out"]);
  it.insert(REST, taken);
  it.tell({ kind: "accepted", id: "one" });
  it.end();
  assert.deepEqual(it.accepts, [`full ${REST.length} command`]);
  assert.deepEqual(it.ends, ["ignored: timed-out", "accepted: accepted"]);
});

test("of an accept whose change was not seen each check says that nothing is known", () => {
  const it = editor();
  it.suggest(REST);
  it.wait(3_600_000);
  it.tell({ kind: "accepted", id: "one" });
  it.end();
  const [accept] = it.of("accept");
  assert.ok(accept);
  assert.deepEqual(
    it.of("survival").map((fact) => [fact.accept, fact.check, fact.state, fact.reason]),
    ["30s", "2m", "5m", "10m", "15m", "24h", "commit"].map((check) => [accept.accept, check, "censored", "not-seen"]),
  );
});

test("each question has one response, also where very many wait at once", () => {
  const it = editor();
  const answers = Array.from({ length: 250 }, () => it.ask());
  for (const answer of answers) answer(REST);
  it.end();
  assert.equal(it.of("opportunity").length, 250);
  assert.equal(it.of("response").length, 250);
});

test("the next word from the clipboard, or several keys in one event, is no accept", () => {
  for (const origin of ["paste", "typed"] as const) {
    const it = editor();
    it.suggest(REST);
    it.insert("item", { origin });
    it.end();
    assert.deepEqual(it.accepts, []);
    assert.deepEqual(it.origins, [origin]);
  }
});

test("a word of two letters that VS Code's own command takes is no two keys", () => {
  const it = editor();
  it.suggest("if (ready) go();");
  it.insert("if", { origin: "typed", cause: undefined });
  it.end();
  assert.deepEqual(it.accepts, ["word 2 inferred"]);
  assert.deepEqual(it.origins, ["ai"]);
});

test("a tag that another extension closes behind the caret is no accept", () => {
  const it = new CountedEditor("<b>║\n");
  it.suggest("</b> and more");
  it.change([{ offset: 3, length: 0, text: "</b>" }], 3, { origin: "other", cause: undefined });
  it.end();
  assert.deepEqual(it.accepts, []);
  assert.deepEqual(it.origins, ["other"]);
});

test("Enter with the next line's indentation is typed, also where nothing tells of the caret", () => {
  const it = new CountedEditor("if (a) {║\n}\n");
  it.suggest("\n    b();\n    c();");
  it.insert("\n    ", { origin: "typed" });
  it.insert("b", { origin: "typed" });
  it.end();
  assert.deepEqual(it.accepts, []);
  assert.equal(it.of("end")[0]?.typedChars, 6);
});

test("VS Code's own command for a line takes its line break along", () => {
  const it = new CountedEditor("if (a) {║\r\n}\r\n");
  it.suggest("b();\n  c();");
  it.insert("b();\r\n", taken);
  it.end();
  assert.deepEqual(it.accepts, ["line 5 inferred"]);
  assert.deepEqual(it.ends, ["partly-accepted: session-ended"]);
});

test("a line that is taken as the first change of a saved file is not taken for one from the disk", () => {
  const it = new CountedEditor("if (a) {║\n}\n");
  it.suggest("b();\n  c();");
  // VS Code says of such a change that the file is not dirty after it.
  it.insert("b();\n", { ...taken, isDirty: false, origin: "disk" });
  it.end();
  assert.deepEqual(it.accepts, ["line 5 inferred"]);
});

test("VS Code's own command for a word writes the closing bracket before it anew", () => {
  const it = new CountedEditor("log(║)\n");
  it.suggest(") || other", { behind: 1 });
  it.change([{ offset: 4, length: 1, text: ") || " }], 9, taken);
  it.end();
  assert.deepEqual(it.accepts, ["word 4 inferred"]);
});

test("a name from the editor's list contaminates nothing, a foreign suggestion does, whatever it is taken for", () => {
  const list = editor();
  list.suggest(REST);
  list.insert("itemCount", { origin: "other", cause: undefined });
  assert.equal(list.end().of("end")[0]?.contaminated, "no");
  const foreign = editor();
  foreign.suggest(REST);
  foreign.insert("other.price + 1;", taken);
  assert.equal(foreign.end().of("end")[0]?.contaminated, "other-accepted");
  const paste = editor();
  paste.suggest(REST);
  paste.insert("other.price + 1;", { origin: "paste" });
  assert.equal(paste.end().of("end")[0]?.contaminated, "no");
});

test("a suggestion that is the start of another was typed through when the other one does not follow", () => {
  const it = editor();
  it.suggest(["sum", "sum.value()"]);
  it.type("sum");
  it.wait(1_000);
  assert.deepEqual(it.ends, []);
  it.type(";");
  it.end();
  assert.deepEqual(it.ends, ["typed-through: typed-through"]);
});

test("the same text by a redo, by Pairwise itself or from the disk is no accept", () => {
  for (const how of [
    { reason: "redo", origin: "redo" },
    { isOwn: true, origin: "own" },
    { isDirty: false, origin: "disk" },
  ] as const) {
    const it = editor();
    it.suggest(REST);
    it.insert(REST, { ...how, cause: undefined });
    it.end();
    assert.deepEqual(it.accepts, []);
    assert.deepEqual(it.origins, [how.origin]);
    assert.deepEqual(it.ends, ["ignored: document-changed"]);
  }
});

test("what an input method has in hand hides it: not shown while that stands there", () => {
  const it = new CountedEditor("// ║\n");
  it.suggest("计算总价");
  it.wait(100);
  it.change([{ offset: 3, length: 0, text: "ji" }], 5, { isComposing: true });
  it.suggestNothing("dropped", "composing");
  it.wait(2_000);
  assert.deepEqual(it.shown, []);
  it.change([{ offset: 3, length: 2, text: "计算" }], 5);
  it.wait(300);
  assert.deepEqual(it.shown, ["300 held"]);
});

test("a late answer of nothing, from before the last key, hides nothing", () => {
  const it = editor();
  it.suggest(REST);
  it.ask();
  it.insert("i");
  it.tell({
    kind: "answered",
    uri: "file:///shop/cart.ts",
    ask: 2,
    answer: { kind: "nothing", why: "dropped", reason: "empty" },
  });
  it.wait(750);
  assert.deepEqual(it.shown, ["300 held", "750 held"]);
});

test("what arrives when the caret has gone is returned, and not shown", () => {
  const it = editor();
  const answer = it.ask();
  it.moveTo(0);
  answer(REST);
  it.end();
  assert.equal(it.of("response")[0]?.outcome, "returned");
  assert.deepEqual(it.shown, []);
  assert.deepEqual(it.ends, ["ignored: cursor-moved"]);
});

test("a full accept has as many characters as the suggestion, whatever of the line it replaces", () => {
  const it = new CountedEditor("log(║)\n");
  it.suggest("user.id);", { behind: 1 });
  it.accept("user.id);", "one", 1);
  const [accept] = it.end().of("accept");
  assert.deepEqual([accept?.chars, it.of("end")[0]?.chars, it.of("response")[0]?.chars], [8, 8, 8]);
});

test("another editor in front hides it", () => {
  const it = editor();
  it.suggest(REST);
  it.tell({ kind: "active", uri: "file:///shop/other.ts" });
  it.wait(1_000);
  assert.deepEqual(it.shown, []);
  assert.deepEqual(it.end().ends, ["ignored: blurred"]);
});

test("a command of a suggestion that was never given counts nothing", () => {
  const it = editor();
  it.tell({ kind: "accepted", id: "unknown" });
  assert.deepEqual(it.end().facts, []);
});

test("a thousand suggestions of which nothing came end once each, and cost no memory that grows", () => {
  const it = editor();
  for (let at = 0; at < 1_000; at += 1) it.suggest(REST, { id: `s${at}` });
  assert.ok(it.of("end").length > 900);
  it.end();
  assert.equal(it.of("end").length, 1_000);
  assert.equal(new Set(it.of("end").map(({ run }) => run)).size, 1_000);
});
