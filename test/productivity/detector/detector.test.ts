import assert from "node:assert/strict";
import { test } from "node:test";
import { CountedEditor } from "../../support/countedEditor.ts";

const REST = "item.price * item.quantity;";
const editor = () => new CountedEditor("total += ║\n");

test("Tab is one full accept, shown at both thresholds, and its characters are the model's", () => {
  const it = editor();
  it.suggest(REST);
  it.wait(100);
  it.accept(REST);
  it.end();
  assert.deepEqual(it.accepts, [`full ${REST.length} command`]);
  assert.deepEqual(it.shown, ["300 accepted", "750 accepted"]);
  assert.deepEqual(it.ends, ["accepted: accepted"]);
  assert.deepEqual(it.origins, ["ai"]);
  assert.deepEqual(it.attributed[0]?.origin, { kind: "ai", accept: it.of("accept")[0]?.accept });
});

test("a suggestion that stands for as long is shown, without any accept", () => {
  const it = editor();
  it.suggest(REST);
  it.wait(299);
  assert.deepEqual(it.shown, []);
  it.wait(1);
  assert.deepEqual(it.shown, ["300 held"]);
  it.wait(450);
  assert.deepEqual(it.shown, ["300 held", "750 held"]);
  it.moveTo(0);
  assert.deepEqual(it.end().ends, ["ignored: cursor-moved"]);
});

test("an accept after a minute counts once", () => {
  const it = editor();
  it.suggest(REST);
  it.wait(60_000);
  it.accept(REST);
  it.tell({ kind: "accepted", id: "one" });
  it.end();
  assert.deepEqual(it.accepts, [`full ${REST.length} command`]);
  assert.deepEqual(it.ends, ["accepted: accepted"]);
});

test("words that are taken are parts of one suggestion and not whole ones", () => {
  const it = editor();
  it.suggest(REST);
  let rest = REST;
  for (const word of ["item", ".", "price", " *"]) {
    it.take("word", word);
    rest = rest.slice(word.length);
    it.suggest(rest);
  }
  it.take("word", rest, true);
  it.end();
  assert.deepEqual(
    it.of("accept").map(({ part, chars }) => `${part} ${chars}`),
    ["word 4", "word 1", "word 5", "word 2", `word ${rest.length}`],
  );
  assert.equal(new Set(it.of("accept").map(({ run }) => run)).size, 1);
  assert.deepEqual(it.ends, ["accepted: accepted"]);
  assert.deepEqual(new Set(it.origins), new Set(["ai"]));
});

test("a part and then something else is accepted in part", () => {
  const it = editor();
  it.suggest(REST);
  it.take("word", "item");
  it.type("x");
  it.end();
  assert.deepEqual(it.ends, ["partly-accepted: typing-disagreed"]);
});

test("VS Code's own command for a word is inferred from its one change", () => {
  const it = editor();
  it.suggest(REST);
  it.insert("item", { origin: "paste", cause: undefined });
  it.suggest(REST.slice(4));
  it.accept(REST.slice(4));
  it.end();
  assert.deepEqual(it.accepts, ["word 4 inferred", `full ${REST.length - 4} command`]);
  assert.deepEqual(it.origins, ["ai", "ai"]);
});

test("what is typed along is no accept, nor is the end of it", () => {
  const it = editor();
  it.suggest(REST);
  for (let at = 0; at < REST.length; at += 1) {
    it.type(REST[at]!);
    if (at % 5 === 0) it.suggest(REST.slice(at + 1));
  }
  it.end();
  assert.deepEqual(it.accepts, []);
  assert.deepEqual(it.ends, ["typed-through: typed-through"]);
  assert.equal(it.of("end")[0]?.typedChars, REST.length);
  assert.deepEqual(new Set(it.origins), new Set(["typed"]));
  assert.equal(it.attributed.length, REST.length);
});

test("the last character taken by Tab is an accept, since its command tells", () => {
  const it = editor();
  it.suggest("ab");
  it.type("a");
  it.accept("b");
  it.end();
  assert.deepEqual(it.accepts, ["full 1 command"]);
  assert.deepEqual(it.origins, ["typed", "ai"]);
});

test("typing something else ends it", () => {
  const it = editor();
  it.suggest(REST);
  it.type("ix");
  assert.deepEqual(it.end().ends, ["ignored: typing-disagreed"]);
  assert.equal(it.of("end")[0]?.typedChars, 1);
});

test("Escape rejects", () => {
  const it = editor();
  it.suggest(REST);
  it.tell({ kind: "dismissed", id: "one" });
  assert.deepEqual(it.end().ends, ["rejected: escape"]);
});

test("one that is given again from a cache is the same suggestion", () => {
  const it = editor();
  it.suggest(REST);
  it.wait(400);
  it.type("x");
  it.backspace();
  it.suggest(REST);
  it.wait(1_000);
  it.accept(REST);
  it.end();
  assert.equal(it.of("end").length, 1);
  assert.deepEqual(it.shown, ["300 held", "750 held"]);
  assert.deepEqual(it.ends, ["accepted: accepted"]);
});

test("what a newer answer replaces is superseded, and what is cancelled says nothing", () => {
  const it = editor();
  it.suggest(REST);
  it.suggestNothing("cancelled");
  it.suggest("other();", { id: "two" });
  it.accept("other();", "two");
  it.end();
  assert.deepEqual(it.ends.toSorted(), ["accepted: accepted", "ignored: superseded"]);
  assert.equal(it.of("opportunity").length, 3);
  assert.deepEqual(
    it.of("response").map(({ outcome }) => outcome),
    ["returned", "cancelled", "returned"],
  );
});

test("where the editor gets nothing any more, typing the same characters is not typing through", () => {
  const it = editor();
  it.suggest(REST);
  it.type("i");
  it.tell({ kind: "withheld", uri: "file:///shop/cart.ts", version: 2, offset: it.caret });
  it.type(REST.slice(1));
  assert.deepEqual(it.end().ends, ["ignored: superseded"]);
});

test("an undo within ten seconds that takes all of it away is a regret, once, and a redo no accept", () => {
  const it = editor();
  it.suggest(REST);
  it.accept(REST);
  it.wait(5_000);
  const from = it.caret - REST.length;
  it.change([{ offset: from, length: REST.length, text: "" }], from, { reason: "undo", origin: "undo" });
  it.change([{ offset: from, length: 0, text: REST }], from + REST.length, { reason: "redo", origin: "redo" });
  it.change([{ offset: from, length: REST.length, text: "" }], from, { reason: "undo", origin: "undo" });
  it.end();
  assert.equal(it.of("regret").length, 1);
  assert.equal(it.of("regret")[0]?.afterMs, 5_000);
  assert.equal(it.of("accept").length, 1);
});

test("what a redo has brought back within ten seconds is not regretted", () => {
  const it = new CountedEditor("const con║\n");
  it.suggest("sole.log(1);");
  it.accept("sole.log(1);");
  const from = it.caret - "sole.log(1);".length;
  // VS Code undoes what was typed just before along with it.
  const undone = { offset: from - 3, length: 15, text: "" };
  const redone = { offset: from - 3, length: 0, text: "console.log(1);" };
  it.wait(2_000);
  it.change([undone], from - 3, { reason: "undo", origin: "undo" });
  it.wait(1_000);
  it.change([redone], from + 12, { reason: "redo", origin: "redo" });
  assert.deepEqual(it.end().of("regret"), []);
});

test("a regret is told when the ten seconds are over, or the window is, with the time of the undo", () => {
  const it = editor();
  it.suggest(REST);
  it.accept(REST);
  const from = it.caret - REST.length;
  it.wait(4_000);
  it.change([{ offset: from, length: REST.length, text: "" }], from, { reason: "undo", origin: "undo" });
  const [accept] = it.of("accept");
  assert.deepEqual(it.of("regret"), []);
  it.wait(6_001);
  const regret = { kind: "regret", accept: accept!.accept, atMs: accept!.atMs + 4_000, afterMs: 4_000 };
  assert.deepEqual(it.of("regret"), [regret]);
  it.detector.end(it.nowMs);
  assert.deepEqual(it.of("regret"), [regret]);

  const ending = editor();
  ending.suggest(REST);
  ending.accept(REST);
  ending.change([{ offset: from, length: REST.length, text: "" }], from, { reason: "undo", origin: "undo" });
  ending.detector.end(ending.nowMs + 1);
  assert.equal(ending.of("regret").length, 1);
});

test("an undo after ten seconds is none", () => {
  const it = editor();
  it.suggest(REST);
  it.accept(REST);
  it.wait(11_000);
  const from = it.caret - REST.length;
  it.change([{ offset: from, length: REST.length, text: "" }], from, { reason: "undo", origin: "undo" });
  assert.equal(it.end().of("regret").length, 0);
});

test("several to choose from are one suggestion, whichever is taken", () => {
  const it = editor();
  it.suggest([REST, "item.total();", "price;"]);
  it.accept("item.total();", "one1");
  it.end();
  assert.deepEqual(it.accepts, ["full 13 command"]);
  assert.equal(it.of("end").length, 1);
});

test("what is asked again for alternatives is the same request, and the suggestion goes on", () => {
  const it = editor();
  it.suggest("first();");
  it.suggest(["first();", "second();"], { repeats: "returned" });
  it.wait(800);
  it.accept("second();", "one1");
  it.end();
  assert.equal(it.of("opportunity").length, 1);
  assert.deepEqual(
    it.of("response").map(({ outcome }) => outcome),
    ["returned"],
  );
  assert.equal(new Set(it.of("shown").map(({ run }) => run)).size, 1);
  assert.deepEqual(it.ends, ["accepted: accepted"]);
});

test("what is asked again once the model is there is the same request, which has got nothing and then something", () => {
  const it = editor();
  it.suggestNothing("dropped", "model-not-ready");
  it.suggest(REST, { repeats: "unanswered" });
  it.end();
  assert.equal(it.of("opportunity").length, 1);
  assert.deepEqual(
    it.of("response").map(({ outcome }) => outcome),
    ["dropped", "returned"],
  );
});

test("of several the end has the characters of the one that was taken, whole or in part", () => {
  const whole = editor();
  whole.suggest(["a.b;", REST]);
  whole.accept(REST, "one1");
  const [wholeEnd] = whole.end().of("end");
  assert.deepEqual([wholeEnd?.chars, wholeEnd?.acceptedChars], [REST.length, REST.length]);

  const part = editor();
  part.suggest(["a.b;", "item.total();"]);
  part.take("word", "item", false, "one1");
  const [partEnd] = part.end().of("end");
  assert.deepEqual([partEnd?.chars, partEnd?.acceptedChars], [13, 4]);

  const none = editor();
  none.suggest(["a.b;", REST]);
  assert.equal(none.end().of("end")[0]?.chars, 4);
});

test("what is undone or deleted again of a suggestion is not counted twice", () => {
  const undo = (it: CountedEditor, chars: number): void =>
    it.change([{ offset: it.caret - chars, length: chars, text: "" }], it.caret - chars, {
      reason: "undo",
      origin: "undo",
      cause: undefined,
    });
  const figuresOf = (it: CountedEditor): readonly unknown[] => {
    const [end] = it.end().of("end");
    return [end?.outcome, end?.chars, end?.typedChars, end?.acceptedChars];
  };
  const undone = editor();
  undone.suggest(REST);
  undone.take("word", "item");
  undo(undone, 4);
  undone.accept(REST);
  assert.deepEqual(figuresOf(undone), ["accepted", REST.length, 0, REST.length]);

  const deleted = editor();
  deleted.suggest(REST);
  deleted.take("word", "item");
  for (let count = 0; count < 4; count += 1) deleted.backspace();
  deleted.type("it");
  deleted.accept(REST.slice(2));
  assert.deepEqual(figuresOf(deleted), ["accepted", REST.length, 2, REST.length - 2]);

  const again = editor();
  again.suggest(REST);
  again.type("item");
  undo(again, 4);
  again.type("item");
  assert.deepEqual(figuresOf(again), ["ignored", REST.length, 4, 0]);

  const redone = editor();
  redone.suggest(REST);
  redone.take("word", "item");
  undo(redone, 4);
  redone.insert("item", { reason: "redo", origin: "redo", cause: undefined });
  assert.deepEqual(figuresOf(redone), ["partly-accepted", REST.length, 0, 4]);
});

test("an accepted suggestion that is undone and seen again is the same one, and a second accept when it is taken again", () => {
  const seenAgain = (): CountedEditor => {
    const it = editor();
    it.suggest(REST);
    it.accept(REST);
    it.wait(700);
    const from = it.caret - REST.length;
    it.change([{ offset: from, length: REST.length, text: "" }], from, { reason: "undo", origin: "undo" });
    it.suggest(REST);
    it.wait(800);
    return it;
  };
  const left = seenAgain();
  left.tell({ kind: "dismissed", id: "one" });
  left.end();
  assert.deepEqual(left.ends, ["accepted: accepted"]);
  assert.equal(left.of("shown").length, 2);
  assert.equal(new Set(left.of("response").map(({ run }) => run)).size, 1);
  assert.equal(left.of("regret").length, 1);

  const taken = seenAgain();
  taken.accept(REST);
  taken.end();
  assert.equal(taken.accepts.length, 2);
  assert.equal(taken.of("shown").length, 4);
  assert.deepEqual(taken.ends, ["accepted: accepted", "accepted: accepted"]);
});

test("what was typed of it while it was out of sight is typed when it is seen again", () => {
  const it = new CountedEditor("// ║\n");
  it.suggest("计算总价");
  // The first step of a composition looks like any key.
  it.change([{ offset: 3, length: 0, text: "j" }], 4);
  it.change([{ offset: 3, length: 1, text: "计算" }], 5, { isComposing: true });
  it.suggest("总价");
  it.accept("总价");
  const [end] = it.end().of("end");
  assert.deepEqual([end?.chars, end?.typedChars, end?.acceptedChars], [4, 2, 2]);
});

test("of one that came later to choose from, what was typed before it counts", () => {
  const it = editor();
  it.suggest("item.total;");
  it.type("item.");
  it.suggest(["total;", "price * 2;"]);
  it.accept("price * 2;", "one1");
  const [end] = it.end().of("end");
  assert.deepEqual([end?.chars, end?.typedChars, end?.acceptedChars], [15, 5, 10]);
});

test("another provider beside makes it contaminated, and so does a foreign text at the caret", () => {
  const beside = editor();
  beside.suggest(REST, { others: true });
  assert.equal(beside.end().of("end")[0]?.contaminated, "other-active");
  const foreign = editor();
  foreign.suggest(REST);
  foreign.insert("somethingElse(1, 2);", { origin: "other", cause: undefined });
  assert.equal(foreign.end().of("end")[0]?.contaminated, "other-accepted");
  assert.deepEqual(foreign.accepts, []);
});

test("an edit elsewhere leaves it where it is, a formatter after the accept changes nothing of it", () => {
  const it = new CountedEditor("let a = 1;\ntotal += ║\n");
  it.suggest(REST);
  it.change([{ offset: 0, length: 3, text: "const" }], it.caret + 2, { origin: "other" });
  it.accept(REST);
  it.change([{ offset: it.caret - 1, length: 1, text: "" }], it.caret - 1, { isSaving: true, origin: "formatter" });
  it.end();
  assert.deepEqual(it.accepts, [`full ${REST.length} command`]);
  assert.deepEqual(it.origins, ["other", "ai", "formatter"]);
});

test("with several carets it is one accept with so many carets", () => {
  const it = new CountedEditor("a = ║\nb = \n");
  it.suggest("next();");
  it.change(
    [
      { offset: 4, length: 0, text: "next();" },
      { offset: 9, length: 0, text: "next();" },
    ],
    11,
    { origin: "paste" },
  );
  it.tell({ kind: "accepted", id: "one" });
  it.end();
  assert.equal(it.of("accept").length, 1);
  assert.equal(it.of("accept")[0]?.carets, 2);
});

test("a closing bracket that the suggestion replaces is not among its characters", () => {
  const it = new CountedEditor("log(║)\n");
  it.suggest("user.id);", { behind: 1 });
  it.accept("user.id);", "one", 1);
  it.end();
  assert.deepEqual(it.accepts, ["full 8 command"]);
});

test("typing along over closed brackets stays the same suggestion", () => {
  const it = editor();
  it.suggest("log(user.id);");
  it.type("log");
  it.change([{ offset: it.caret, length: 0, text: "()" }], it.caret + 1);
  it.suggest("user.id);", { behind: 1 });
  it.accept("user.id);", "one", 1);
  it.end();
  assert.deepEqual(it.ends, ["accepted: accepted"]);
  assert.equal(it.of("end")[0]?.typedChars, 4);
});

test("lines of a file with two characters a line break are taken as they are", () => {
  const it = new CountedEditor("if (a) {║\r\n}\r\n");
  it.suggest("\n  b();");
  it.accept("\r\n  b();");
  it.end();
  assert.deepEqual(it.accepts, ["full 7 command"]);
  assert.equal(it.of("accept")[0]?.lines, 2);
});

test("what an input method composes is judged when it is there", () => {
  const it = new CountedEditor("// ║\n");
  it.suggest("计算总价");
  it.change([{ offset: 3, length: 0, text: "j" }], 4, { isComposing: true });
  it.change([{ offset: 3, length: 1, text: "ji" }], 5, { isComposing: true });
  it.change([{ offset: 3, length: 2, text: "计算" }], 5);
  it.suggest("总价");
  it.accept("总价");
  it.end();
  assert.deepEqual(it.accepts, ["full 2 command"]);
  assert.deepEqual(it.ends, ["accepted: accepted"]);
});

test("what an input method writes of it is typed, though no change says that the composition is over", () => {
  const compose = (it: CountedEditor): void => {
    it.suggest("计算总价");
    it.change([{ offset: 3, length: 0, text: "j" }], 4, { isComposing: true });
    it.change([{ offset: 3, length: 1, text: "计算" }], 5, { isComposing: true });
  };
  const asked = new CountedEditor("// ║\n");
  compose(asked);
  asked.suggest("总价");
  asked.accept("总价");
  const [accepted] = asked.end().of("end");
  assert.deepEqual([accepted?.typedChars, accepted?.acceptedChars, accepted?.chars], [2, 2, 4]);

  const typedOn = new CountedEditor("// ║\n");
  compose(typedOn);
  typedOn.insert("总");
  assert.equal(typedOn.end().of("end")[0]?.typedChars, 3);

  const left = new CountedEditor("// ║\n");
  compose(left);
  left.change([{ offset: 3, length: 2, text: "计算总价" }], 7, { isComposing: true });
  left.moveTo(0);
  left.end();
  assert.deepEqual(left.ends, ["typed-through: typed-through"]);
  assert.equal(left.of("end")[0]?.typedChars, 4);
});

test("a window that loses the focus hides it; shown again it is the same", () => {
  const it = editor();
  it.suggest(REST);
  it.wait(200);
  it.tell({ kind: "focus", isFocused: false });
  it.wait(5_000);
  assert.deepEqual(it.shown, []);
  it.tell({ kind: "focus", isFocused: true });
  it.suggest(REST);
  it.wait(800);
  it.accept(REST);
  it.end();
  assert.deepEqual(it.shown, ["300 held", "750 held"]);
  assert.deepEqual(it.ends, ["accepted: accepted"]);
});

test("the same text from the clipboard is no accept", () => {
  const it = editor();
  it.suggest(REST);
  it.insert(REST, { origin: "paste" });
  it.end();
  assert.deepEqual(it.accepts, []);
  assert.deepEqual(it.origins, ["paste"]);
  assert.deepEqual(it.ends, ["ignored: document-changed"]);
});

test("the window ends in the middle: the end is told, and the accept before it", () => {
  const it = editor();
  it.suggest(REST);
  it.wait(10);
  it.accept(REST);
  it.suggest("next();", { id: "two" });
  it.detector.end(it.nowMs);
  assert.deepEqual(it.ends, ["accepted: accepted", "ignored: session-ended"]);
});

test("an answer to a question that the writer is ahead of counts where it agrees, and is no run where it does not", () => {
  for (const [typed, run] of [
    ["it", true],
    ["xy", false],
  ] as const) {
    const it = editor();
    const at = { uri: "file:///shop/cart.ts", ask: 99 };
    it.tell({
      kind: "asked",
      ...at,
      languageId: "typescript",
      version: 1,
      offset: it.caret,
      trigger: "automatic",
      others: false,
    });
    const from = it.caret;
    it.type(typed);
    const suggestions = [{ id: "late", insertText: REST, from, to: from }];
    it.tell({ kind: "answered", ...at, answer: { kind: "returned", origin: "model", model: "m", suggestions } });
    it.end();
    assert.equal(it.of("response")[0]?.run !== undefined, run);
  }
});

test("Escape for something else does not reject a suggestion that is not seen any more", () => {
  const it = editor();
  it.suggest(REST);
  it.moveTo(0);
  it.wait(5_000);
  it.tell({ kind: "dismissed", id: "one" });
  assert.deepEqual(it.end().ends, ["ignored: cursor-moved"]);
});

test("a key that is typed long after a command that inserted nothing is no accept", () => {
  const it = editor();
  it.suggest("(a, b)");
  it.tell({
    kind: "taking",
    uri: "file:///shop/cart.ts",
    id: "one",
    part: "word",
    offset: it.caret,
    text: "(",
    isRest: false,
  });
  it.wait(30_000);
  it.type("(");
  it.end();
  assert.deepEqual(it.accepts, []);
  assert.deepEqual(it.origins, ["typed"]);
});

test("a suggestion that an experiment holds back is counted as that, and nobody has seen it", () => {
  const it = editor();
  it.suggest(REST, { isHeldBack: true });
  it.wait(2_000);
  // Typed by hand as it would have been suggested.
  it.type(REST);
  it.end();
  assert.deepEqual([it.shown, it.accepts, it.ends], [[], [], []]);
  const [{ outcome, reason, run, chars, lines, choices, model } = assert.fail()] = it.of("response");
  assert.deepEqual(
    [outcome, reason, run, chars, lines, choices, model],
    ["held-back", "model", undefined, REST.length, 1, 1, "m"],
  );
  assert.deepEqual(new Set(it.origins), new Set(["typed"]));
});

test("held back while another one stands there, that one is gone", () => {
  const it = editor();
  it.suggest(REST);
  it.wait(100);
  it.suggest(REST, { id: "two", isHeldBack: true });
  it.wait(2_000);
  assert.deepEqual(it.end().shown, []);
});
