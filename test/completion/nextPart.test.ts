import assert from "node:assert/strict";
import { test } from "node:test";
import { assert as check, oneof, property, string } from "fast-check";
import { nextLine, nextWord } from "../../src/completion/nextPart.ts";

/** All the steps that somebody makes who takes a suggestion word by word. */
function steps(text: string, next: (rest: string) => string): readonly string[] {
  const taken: string[] = [];
  for (let rest = text; rest !== ""; rest = rest.slice(taken.at(-1)?.length)) taken.push(next(rest));
  return taken;
}
const words = (text: string, languageId = "typescript") => steps(text, (rest) => nextWord(rest, languageId));

test("a space comes with what follows it", () => {
  assert.deepEqual(words("return a + b;"), ["return", " a", " +", " b", ";"]);
});

test("signs are a step, so that one can stop at an open bracket", () => {
  assert.deepEqual(words("total(item.price, 1.5);"), ["total", "(", "item", ".", "price", ",", " 1.5", ");"]);
});

test("a line break comes with the next line's indentation, and nothing else", () => {
  assert.deepEqual(words(" {\n    x\n\n\t}"), [" {", "\n    ", "x", "\n\n\t", "}"]);
});

test("names are whole, whatever letters they have", () => {
  assert.deepEqual(words("$größe_2 = naïve"), ["$größe_2", " =", " naïve"]);
});

test("names in style sheets have hyphens; a subtraction has none", () => {
  assert.deepEqual(words("margin-top: 1px", "css"), ["margin-top", ":", " 1px"]);
  assert.deepEqual(words("end-start"), ["end", "-", "start"]);
});

test("Chinese is taken one word at a time, and Latin words in it are whole", () => {
  assert.deepEqual(words("计算商品的total数量。"), ["计算", "商品", "的", "total", "数量", "。"]);
});

test("Japanese and Thai are taken one word at a time, Korean up to the space", () => {
  assert.deepEqual(words("合計を返す"), ["合計", "を", "返す"]);
  assert.deepEqual(words("สวัสดีโลก"), ["สวัสดี", "โลก"]);
  assert.deepEqual(words("합계를 반환"), ["합계를", " 반환"]);
});

test("a line is taken to its end; the next step takes the next line that is not blank, with its break", () => {
  assert.deepEqual(steps("a + b;\n\n  log();\n}", nextLine), ["a + b;", "\n\n  log();", "\n}"]);
});

test("whatever the suggestion is, it comes to an end and nothing of it is lost", () => {
  check(
    property(oneof(string({ unit: "grapheme" }), string({ unit: "binary" })), (text) => {
      assert.equal(words(text).join(""), text);
      assert.equal(steps(text, nextLine).join(""), text);
    }),
  );
});
