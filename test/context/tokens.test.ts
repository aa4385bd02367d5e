import assert from "node:assert/strict";
import { test } from "node:test";
import { estimateTokens, headOfWeight, otherWeights, tailOfWeight, weightOf } from "../../src/context/tokens.ts";
import { nextWindow, type FileWindow, type WindowBudget } from "../../src/context/window.ts";
import { at } from "../support/carets.ts";

const budget: WindowBudget = {
  freshPrefixChars: 700,
  mostPrefixChars: 1_500,
  suffixChars: 300,
  mostSuffixChars: 300,
  otherWeight: otherWeights.smallVocabulary,
};
const ascii = "const total = items.length;\n".repeat(300);
const chinese = "返回数组中所有元素的总和，如果数组为空则返回零。\n".repeat(300);

function tokensOf({ prefix, suffix }: FileWindow): number {
  return estimateTokens(prefix, budget.otherWeight) + estimateTokens(suffix, budget.otherWeight);
}

test("the estimate is near what SmolLM2's vocabulary makes of code and of Chinese", () => {
  assert.equal(Math.round(estimateTokens("x".repeat(330), otherWeights.smallVocabulary)), 100);
  assert.equal(Math.round(estimateTokens("总".repeat(100), otherWeights.smallVocabulary)), 160);
  assert.equal(Math.round(estimateTokens("总".repeat(100), otherWeights.largeVocabulary)), 70);
});

test("a cut is as heavy as it may be, and cuts no character in two", () => {
  assert.equal(headOfWeight("ab总和cd", 8, 5), "ab总");
  assert.equal(tailOfWeight("ab总和cd", 8, 5), "和cd");
  assert.equal(headOfWeight("a😀", 6, 5), "a");
  assert.equal(tailOfWeight("😀a", 6, 5), "a");
  assert.equal(headOfWeight("abc", 9, 5), "abc");
  assert.equal(tailOfWeight("abc", 9, 5), "abc");
});

test("a file in Chinese costs the model no more to read than one in ASCII", () => {
  const full = tokensOf(nextWindow(undefined, at(`${ascii}║${ascii}`), budget));
  const other = tokensOf(nextWindow(undefined, at(`${chinese}║${chinese}`), budget));
  assert.ok(other <= full * 1.1, `${other} tokens and ${full}`);
  assert.ok(other >= full * 0.6, `${other} tokens and ${full}`);
});

test("a window over Chinese starts at a line and keeps its start while somebody types", () => {
  const first = nextWindow(undefined, at(`${chinese}║\n${chinese}`), budget);
  assert.match(first.prefix, /^返回/);
  let window = first;
  for (const typed of ["变", "变量", "变量甲", "变量甲 = ", "变量甲 = 总和;"]) {
    window = nextWindow(window, at(`${chinese}${typed}║\n${chinese}`), budget);
    assert.equal(window.start, first.start);
    assert.equal(window.suffix, first.suffix);
  }
});

test("a window over Chinese is placed anew before it has grown beyond the budget", () => {
  let window = nextWindow(undefined, at(`${chinese}║`), budget);
  const starts = new Set([window.start]);
  for (let count = 1; count <= 40; count += 1) {
    window = nextWindow(window, at(`${chinese}${"变量的值\n".repeat(count)}║`), budget);
    assert.ok(weightOf(window.prefix, budget.otherWeight) <= budget.mostPrefixChars);
    starts.add(window.start);
  }
  assert.ok(starts.size >= 2 && starts.size <= 4, `${starts.size} starts`);
});

test("what follows is cut anew when it has become too long for the model", () => {
  const cursor = at(`a║${"b".repeat(80)}`);
  const first = nextWindow(undefined, cursor, budget);
  assert.equal(first.suffix.length, 80);
  assert.equal(nextWindow(first, cursor, { ...budget, suffixChars: 100, otherWeight: 1 }).suffix.length, 80);
  const umlauts = at(`a║${"ü".repeat(80)}`);
  const light = nextWindow(undefined, umlauts, { ...budget, otherWeight: 1 });
  assert.equal(nextWindow(light, umlauts, { ...budget, otherWeight: 6 }).suffix.length, 50);
});
