/** A document has `\n` or `\r\n`: what is said of what is left in it is the same. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { countedStretches } from "../../../src/productivity/survival/countedStretches.ts";
import { SurvivingText } from "../../support/survivingText.ts";

const BLOCK = "if (isAwake(wombat)) {\n  herd.feed(wombat, now);\n  herd.count += 1;\n}\n";

/** The same things done in documents of both kinds; `of` makes a text that of the document. */
function inBoth(script: (of: (text: string) => string) => unknown): void {
  const windows = (text: string): string => text.replaceAll("\n", "\r\n");
  const plain = script((text) => text);
  assert.deepEqual(script(windows), plain);
}

function figures(it: SurvivingText): unknown {
  return it.facts.map((fact) => {
    if (fact.kind === "survival") return [fact.check, fact.state, fact.insertedChars, fact.survivingChars];
    return fact.kind === "typedSurvival" && [fact.state, fact.typedChars, fact.survivingChars];
  });
}

test("three letters and three line breaks are typed, and the letters deleted: three of six are left", () => {
  for (const lineBreak of ["\n", "\r\n"]) {
    const it = new SurvivingText(`x${lineBreak}`);
    const start = it.text.length;
    for (const key of ["a", "b", "c", lineBreak, lineBreak, lineBreak])
      it.change([{ offset: it.text.length, length: 0, text: key }]);
    it.change([{ offset: start, length: 3, text: "" }], "deleted");
    it.wait(601_000);
    assert.deepEqual(figures(it), [["counted", 6, 3]]);
  }
});

test("of an accept of several lines each line break is one character, whatever is taken away of it", () => {
  const it = new SurvivingText("");
  it.accept(BLOCK, 0);
  it.wait(31_000);
  assert.deepEqual(figures(it), [["30s", "alive", BLOCK.length, BLOCK.length]]);
  inBoth((of) => {
    const both = new SurvivingText(of("let herd;\n"));
    both.accept(of(BLOCK), of("let herd;\n").length);
    both.replace(of("  herd.count += 1;\n"), "", "deleted");
    both.wait(31_000);
    both.change([{ offset: both.text.length, length: 0, text: of("  herd.count += 1;\n") }], "undo");
    both.replace(of("{\n  herd.feed"), "{ herd.feed");
    both.wait(90_000);
    return figures(both);
  });
});

test("deleted and undone, found again after a formatter, and in the next window", () => {
  inBoth((of) => {
    const it = new SurvivingText(of("let herd;\n\nfunction end() {}\n"));
    it.accept(of(BLOCK), of("let herd;\n").length);
    const offset = it.text.indexOf("if (");
    it.change([{ offset, length: of(BLOCK).length, text: "" }], "deleted");
    it.change([{ offset, length: 0, text: of(BLOCK) }], "undo");
    it.wait(31_000);
    it.replace(of(BLOCK), of(BLOCK.replaceAll("  ", "    ")), "formatter");
    it.wait(90_000);
    const next = it.reload();
    next.wait(200_000);
    return figures(next);
  });
});

test("what stands between the second characters of line breaks counts", () => {
  assert.deepEqual(countedStretches("a\r\n\r\nb", 10), [
    { from: 10, to: 12 },
    { from: 13, to: 14 },
    { from: 15, to: 16 },
  ]);
  assert.deepEqual(countedStretches("a\nb\n", 5), [{ from: 5, to: 9 }]);
  assert.deepEqual(countedStretches("a\r\n", 0), [{ from: 0, to: 2 }]);
  assert.deepEqual(countedStretches("", 7), [{ from: 7, to: 7 }]);
});
