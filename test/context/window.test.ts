import assert from "node:assert/strict";
import { test } from "node:test";
import type { CursorSnapshot } from "../../src/context/snapshot.ts";
import { nextWindow, type FileWindow, type WindowBudget } from "../../src/context/window.ts";
import { at } from "../support/carets.ts";

const budget: WindowBudget = {
  freshPrefixChars: 200,
  mostPrefixChars: 500,
  suffixChars: 100,
  mostSuffixChars: 100,
  otherWeight: 1,
};
/** Lines of 20 characters: `line 0000 ---------`. */
const lines = (count: number): string =>
  Array.from({ length: count }, (_, index) => `line ${String(index).padStart(4, "0")} ${"-".repeat(9)}\n`).join("");
const file = lines(100);

function caretAt(text: string, offset: number, more: Partial<CursorSnapshot> = {}): CursorSnapshot {
  return at(`${text.slice(0, offset)}║${text.slice(offset)}`, more);
}

/** Types a text into the file, one character after the other. */
function typeAt(offset: number, typed: string): FileWindow[] {
  const windows: FileWindow[] = [];
  for (let count = 0; count <= typed.length; count += 1) {
    const text = file.slice(0, offset) + typed.slice(0, count) + file.slice(offset);
    windows.push(nextWindow(windows.at(-1), caretAt(text, offset + count), budget));
  }
  return windows;
}

test("a new window starts at the start of a line and is no longer than the budget", () => {
  const window = nextWindow(undefined, caretAt(file, 1010), budget);
  assert.equal(window.prefix, file.slice(820, 1010));
  assert.equal(window.start, 820);
  assert.equal(window.suffix, file.slice(1010, 1100));
});

test("each keystroke only extends the prompt of the one before", () => {
  const windows = typeAt(1000, "const total = items.length;\n  return total;\n");
  for (const [index, window] of windows.entries()) {
    const before = windows[index - 1];
    if (before === undefined) continue;
    assert.ok(window.prefix.startsWith(before.prefix));
    assert.equal(window.suffix, before.suffix);
  }
});

test("the start of the window moves seldom, and then far", () => {
  const windows = typeAt(1000, "x = 1;\n".repeat(150));
  const starts = [...new Set(windows.map(({ start }) => start))];
  assert.ok(starts.length >= 3 && starts.length <= 5, `${starts.length} starts in ${windows.length} keystrokes`);
  assert.ok(windows.every(({ prefix }) => prefix.length <= budget.mostPrefixChars));
});

test("the model's view of what follows stays as it was when the editor closes a bracket", () => {
  const [before, after] = [file.slice(0, 1000), file.slice(1000)];
  const first = nextWindow(undefined, at(`${before}f║${after}`), budget);
  const second = nextWindow(first, at(`${before}f(║)${after}`), budget);
  const third = nextWindow(second, at(`${before}f(a║)${after}`), budget);
  const fourth = nextWindow(third, at(`${before}f(a)║${after}`), budget);
  assert.deepEqual([second.suffix, third.suffix, fourth.suffix], [first.suffix, first.suffix, first.suffix]);
});

test("the model sees what follows anew when the caret has moved, in its line or elsewhere", () => {
  const first = nextWindow(undefined, caretAt(file, 1010), budget);
  assert.equal(nextWindow(first, caretAt(file, 1005), budget).suffix.slice(0, 10), file.slice(1005, 1015));
  assert.equal(nextWindow(first, caretAt(file, 1500), budget).suffix.slice(0, 10), file.slice(1500, 1510));
});

test("a caret a few lines further down keeps the window's start", () => {
  const first = nextWindow(undefined, caretAt(file, 1010), budget);
  assert.equal(nextWindow(first, caretAt(file, 1100), budget).start, first.start);
});

test("a caret far away, far up, or in another document gets a window of its own", () => {
  const first = nextWindow(undefined, caretAt(file, 1010), budget);
  assert.equal(nextWindow(first, caretAt(file, 1810), budget).start, 1620);
  assert.equal(nextWindow(first, caretAt(file, 830), budget).start, 640);
  const elsewhere = caretAt(file.replaceAll("line", "next"), 1010, { uri: "file:///project/b.ts" });
  assert.ok(nextWindow(first, elsewhere, budget).prefix.startsWith("next"));
});

test("a window whose text has moved because of an edit above is placed anew", () => {
  const first = nextWindow(undefined, caretAt(file, 1010), budget);
  const text = `import a;\n${file}`;
  const window = nextWindow(first, caretAt(text, 1020), budget);
  assert.equal(window.prefix, first.prefix);
  assert.equal(window.start, first.start + 10);
});

test("the offsets hold when the snapshot itself begins in the middle of the document", () => {
  const cursor = { ...caretAt(file, 1010), prefix: file.slice(400, 1010) };
  assert.equal(nextWindow(undefined, cursor, budget).start, 820);
});

test("a line longer than the window is cut, and no character in two", () => {
  const long = `a${"😀".repeat(1000)}`;
  const window = nextWindow(undefined, caretAt(long, 1001), budget);
  assert.equal(window.prefix.length, 200);
  const odd = nextWindow(undefined, caretAt(long, 1001), { ...budget, freshPrefixChars: 199, suffixChars: 99 });
  assert.equal(odd.prefix.length, 198);
  assert.equal(odd.suffix.length, 98);
  assert.equal(odd.prefix.isWellFormed(), true);
  assert.equal(odd.suffix.isWellFormed(), true);
});
