/** The style of a repository's messages. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { styleLines, styleOf } from "../../src/refactor/sourceControlStyle.ts";

const lines = (messages: readonly string[], branch?: string): string =>
  styleLines(styleOf(messages), branch).join("\n");

test("conventional commits are told with the types and scopes in use, the most used first", () => {
  const style = styleOf([
    "fix(cart): count once (#12)",
    "feat(cart): show prices",
    "fix: a crash",
    "fix(api)!: drop v1",
    "chore: release",
    "Merge branch 'side'",
    "Bump left-pad from 1 to 2",
  ]);
  assert.deepEqual(style.conventional, { types: ["fix", "feat", "chore"], scopes: ["cart", "api"] });
  assert.equal(style.startsLower, true);
  assert.equal(style.subjects[0], "fix(cart): count once");
  assert.equal(style.subjects.length, 5);
  const told = lines(["feat(a): one", "fix(b): two"]);
  assert.match(told, /Types in use: feat, fix\. Scopes in use: a, b\./);
});

test("plain sentences are no conventional commits, and one of them makes none", () => {
  const style = styleOf(["Count items once", "Show prices", "fix: a crash", "Note: it is slow"]);
  assert.equal(style.conventional, undefined);
  assert.equal(style.startsLower, false);
  assert.doesNotMatch(lines(["Count items once"]), /Conventional/);
});

test("Chinese messages are answered in Chinese", () => {
  assert.match(lines(["修复购物车", "feat: 显示价格"]), /Chinese/);
  assert.doesNotMatch(lines(["Fix the cart", "Show prices", "修复购物车"]), /Chinese/);
});

test("the issue is the branch's, where the messages name issues of its project; none is invented", () => {
  const keyed = ["PAIR-1: Count once", "PAIR-2 Show prices", "[PAIR-3] A crash"];
  assert.match(lines(keyed, "feature/pair-12-menus"), /The issue is PAIR-12; it stands at the start/);
  assert.match(lines(["Count once (PAIR-1)", "Show [PAIR-2]"], "PAIR-7"), /PAIR-7; it stands at the end/);
  for (const told of [lines(keyed, "main"), lines(keyed, "fix/retry-2"), lines(["Count once"], "feature/PAIR-12")])
    assert.match(told, /Name no issue number/);
});

test("bodies are written where they are usual; trailers are none", () => {
  assert.match(lines(["One\n\nWhy it is.", "Two\n\nWhy."]), /a body tells/);
  assert.match(lines(["One", "Two\n\nSigned-off-by: A <a@example.org>"]), /no body/);
  assert.match(lines(["One", "Two", "Three\n\nWhy.", "Four"]), /only where/);
});

test("subjects are as long as they are usual, never above 72", () => {
  assert.equal(styleOf(["x".repeat(40), "y".repeat(30)]).subjectLength, 50);
  assert.equal(styleOf(Array.from({ length: 10 }, () => "x".repeat(120))).subjectLength, 72);
  assert.match(lines([]), /at most 50 characters/);
});
