import assert from "node:assert/strict";
import { test } from "node:test";
import { CompositionDetector } from "../../src/completion/composition.ts";

const URI = "file:///a.ts";

/** Texts that one after the other replace the one before, at offset 10, as VS Code reports what an input method does. */
class Writer {
  readonly #detector = new CompositionDetector();
  #nowMs = 0;

  /** Whether it is composing after each of the steps. */
  compose(steps: readonly string[], at = 10): readonly boolean[] {
    return steps.map((text, index) => this.replace(at, steps[index - 1]?.length ?? 0, text));
  }

  replace(offset: number, replacedLength: number, text: string): boolean {
    this.#nowMs += 100;
    this.#detector.changed({ uri: URI, offset, replacedLength, text }, this.#nowMs);
    return this.isComposing(offset + text.length);
  }

  pause(ms: number): void {
    this.#nowMs += ms;
  }

  reset(): void {
    this.#detector.reset();
  }

  isComposing(caret: number, uri = URI): boolean {
    return this.#detector.isComposing(uri, caret);
  }
}

const compose = (...steps: readonly string[]) => new Writer().compose(steps);

test("Pinyin is composed until the ideographs come", () => {
  assert.deepEqual(compose("n", "ni", "ni h", "ni hao", "你好"), [false, true, true, true, false]);
});

test("ideographs for the first of several syllables do not end it", () => {
  assert.deepEqual(compose("nihao", "你hao", "你好"), [false, true, true]);
  assert.deepEqual(compose("n", "ni", "nihao", "你hao", "你好", "你好").slice(-2), [true, false]);
});

test("kana are composed from the first on, and conversion to ideographs does not end it", () => {
  assert.deepEqual(compose("k", "か", "かn", "かんじ", "漢字", "感じ", "感じ"), [
    false,
    true,
    true,
    true,
    true,
    true,
    false,
  ]);
  assert.deepEqual(compose("あ"), [true]);
});

test("Hangul is composed from the first letter of a syllable to its end", () => {
  assert.deepEqual(compose("ㅎ", "하", "한", "한"), [true, true, true, false]);
});

test("Bopomofo and Cangjie stand for their ideographs until these are confirmed", () => {
  assert.deepEqual(compose("ㄋ", "ㄋㄧ", "你", "你好", "你好"), [true, true, true, true, false]);
  assert.deepEqual(compose("日", "日月", "明", "明"), [false, true, true, false]);
});

test("Latin letters that are confirmed as they are end it", () => {
  assert.deepEqual(compose("r", "re", "ret", "ret"), [false, true, true, false]);
});

test("a composition that is taken back ends", () => {
  assert.deepEqual(compose("n", "ni", ""), [false, true, false]);
});

test("a scheme with one key for a whole final", () => {
  assert.deepEqual(compose("zh", "zhuang", "装"), [false, true, false]);
});

test("typing without an input method is never taken for composing", () => {
  const writer = new Writer();
  const typed = Array.from("return ('a');", (key, index) => writer.replace(10 + index, 0, key));
  assert.ok(typed.every((composing) => !composing));
});

test("a longer word from a list, a dead key, a deletion and a character typed over are no composing", () => {
  assert.deepEqual(compose("c", "console"), [false, false]);
  assert.deepEqual(compose("^", "ô"), [false, false]);
  assert.deepEqual(compose("`", "`"), [false, false]);
  assert.deepEqual(compose("x", "y"), [false, false]);
  assert.deepEqual(compose("c", ""), [false, false]);
  assert.deepEqual(compose("，", "，"), [false, false]);
});

test("what somebody picks from a list of suggestions is no composing", () => {
  const picked = [
    "items_of",
    "items[0]",
    "isEmpty()",
    "i.length",
    "import x",
    "if (true) {\n  \n}",
    "i => i",
    '"id"',
    "\n",
  ];
  for (const item of picked) assert.deepEqual(compose("i", item), [false, false], item);
  assert.deepEqual(compose("c", "console.log(value);"), [false, false]);
  assert.deepEqual(compose("j", "价格_表"), [false, false]);
  assert.deepEqual(compose("re", "ret", "return (0);"), [false, true, false]);
});

test("what is half converted is composed, with all the signs that go with it", () => {
  assert.deepEqual(compose("n", "ni", "ni'hao", "你hao", "你好"), [false, true, true, true, true]);
  assert.deepEqual(compose("n", "んk", "んか"), [false, true, true]);
  assert.deepEqual(compose("n", "ni", "ni-"), [false, true, true]);
});

test("whoever has just composed is taken to go on with the first letter, for some seconds", () => {
  const writer = new Writer();
  writer.compose(["n", "ni", "你"]);
  assert.equal(writer.replace(11, 0, "h"), true);
  assert.equal(writer.replace(11, 1, "好"), false);
  writer.pause(20_000);
  assert.equal(writer.replace(12, 0, "h"), false);
});

test("after two letters side by side nobody is composing any more, nor at the next word", () => {
  const writer = new Writer();
  writer.compose(["n", "ni", "你"]);
  const typed = Array.from("he x", (key, index) => writer.replace(11 + index, 0, key));
  assert.deepEqual(typed, [true, false, false, false]);
});

test("a selection that is composed over counts as what is replaced first", () => {
  const writer = new Writer();
  assert.equal(writer.replace(10, 4, "n"), false);
  assert.equal(writer.replace(10, 1, "ni"), true);
});

test("it is composing only where the caret is in it, and until the text changes elsewhere", () => {
  const writer = new Writer();
  writer.compose(["n", "ni"]);
  assert.equal(writer.isComposing(10), true);
  assert.equal(writer.isComposing(13), false);
  assert.equal(writer.isComposing(12, "file:///b.ts"), false);
  writer.replace(40, 0, "\n");
  assert.equal(writer.isComposing(12), false);
});

test("undo and redo are not typing", () => {
  const writer = new Writer();
  writer.compose(["n"]);
  writer.reset();
  assert.equal(writer.replace(10, 1, "ni"), false);
});
