import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { linesOf } from "../../../src/context/sources/codeBlocks.ts";
import type { LineChange } from "../../../src/context/sources/edits.ts";
import { withoutOuterIndentation } from "../../../src/context/sources/outerIndentation.ts";
import { EditHistory } from "../../../src/context/sources/recentEdits.ts";
import { applied, codeText, edits } from "../../support/randomCode.ts";

const elsewhere = { path: "other.ts", shown: { first: 0, last: 0 }, mostChars: 10_000 };

function texts(history: EditHistory, query = elsewhere): readonly string[] {
  return history.query(query).map(({ text }) => text);
}

function change(line: number, oldLines: readonly string[], newLines: readonly string[]): LineChange {
  return { line, oldLines, newLines };
}

/** Types `text` at the end of a line, a key at a time. */
function type(history: EditHistory, path: string, line: number, start: string, text: string): void {
  for (let length = 1; length <= text.length; length += 1)
    history.edited(path, change(line, [start + text.slice(0, length - 1)], [start + text.slice(0, length)]));
}

test("the keys that are typed in one place are one edit", () => {
  const history = new EditHistory();
  type(history, "a.ts", 4, "  ", "return total;");
  const [piece, ...others] = history.query(elsewhere);
  assert.deepEqual(others, []);
  assert.equal(piece?.text, "return total;");
  assert.deepEqual([piece.source, piece.path, piece.line], ["recent-edits", "a.ts", 4]);
});

test("lines that are written one after the other are one edit", () => {
  const history = new EditHistory();
  type(history, "a.ts", 0, "", "if (paid) {");
  history.edited("a.ts", change(0, ["if (paid) {"], ["if (paid) {", "  "]));
  type(history, "a.ts", 1, "  ", "close(order);");
  assert.deepEqual(texts(history), ["if (paid) {\n  close(order);"]);
});

test("two lines beside each other that are changed one by one are one edit", () => {
  const history = new EditHistory();
  history.edited("a.ts", change(4, ["first(a);"], ["first(a, b);"]));
  history.edited("a.ts", change(5, ["second(a);"], ["second(a, b);"]));
  assert.deepEqual(texts(history), ["first(a, b);\nsecond(a, b);"]);
});

test("edits in different places stay apart, and the newest comes last and is worth most", () => {
  const history = new EditHistory();
  type(history, "a.ts", 10, "", "first();");
  type(history, "b.ts", 10, "", "second();");
  type(history, "a.ts", 30, "", "third();");
  assert.deepEqual(texts(history), ["first();", "second();", "third();"]);
  const values = history.query(elsewhere).map(({ value }) => value);
  assert.deepEqual(
    values,
    values.toSorted((one, other) => one - other),
  );
});

test("an edit that is gone on with becomes the newest", () => {
  const history = new EditHistory();
  type(history, "a.ts", 10, "", "first(");
  type(history, "b.ts", 10, "", "second();");
  type(history, "a.ts", 10, "first(", "more);");
  assert.deepEqual(texts(history), ["second();", "first(more);"]);
});

test("an edit moves with the lines that are put in above it", () => {
  const history = new EditHistory();
  type(history, "a.ts", 10, "", "below();");
  history.edited("a.ts", change(2, [""], ["", "", ""]));
  assert.equal(history.query(elsewhere)[0]?.line, 12);
});

test("what is taken back is no edit", () => {
  const history = new EditHistory();
  history.edited("a.ts", change(3, ["return a;"], ["return a + b;"]));
  history.edited("a.ts", change(3, ["return a + b;"], ["return a;"]));
  assert.deepEqual(texts(history), []);
});

test("white space, brackets and deletions are not told", () => {
  const history = new EditHistory();
  history.edited("a.ts", change(3, ["return a;"], ["    return  a;"]));
  history.edited("a.ts", change(13, [""], ["}"]));
  history.edited("a.ts", change(23, ["gone();", ""], [""]));
  assert.deepEqual(texts(history), []);
});

test("what the model sees in the window is not told again", () => {
  const history = new EditHistory();
  type(history, "a.ts", 10, "", "near();");
  type(history, "a.ts", 90, "", "far();");
  assert.deepEqual(texts(history, { path: "a.ts", shown: { first: 5, last: 20 }, mostChars: 1_000 }), ["far();"]);
});

test("a formatted file is no edit, and what was edited in it is not known any more", () => {
  const history = new EditHistory();
  type(history, "a.ts", 10, "", "typed();");
  const lines = Array.from({ length: 300 }, (_, at) => `line(${at});`);
  history.edited(
    "a.ts",
    change(
      0,
      lines,
      lines.map((line) => `  ${line}`),
    ),
  );
  assert.deepEqual(texts(history), []);
});

test("the last ten edits are kept, and of those the newest that there is room for", () => {
  const history = new EditHistory();
  for (let at = 0; at < 30; at += 1) type(history, `${at}.ts`, 0, "", `call${at}();`);
  assert.equal(texts(history).length, 10);
  assert.deepEqual(texts(history, { ...elsewhere, mostChars: 25 }), ["call28();", "call29();"]);
});

test("a file that is gone takes its edits with it", () => {
  const history = new EditHistory();
  type(history, "a.ts", 0, "", "a();");
  type(history, "b.ts", 0, "", "b();");
  history.forget("a.ts");
  assert.deepEqual(texts(history), ["b();"]);
});

test("whatever was edited, each piece is lines of the file as it is now, where it says", () => {
  fc.assert(
    fc.property(codeText, edits, (start, all) => {
      const history = new EditHistory();
      let text = start;
      for (const edit of all) {
        const { text: next, change: what } = applied(text, edit);
        const { line } = what.start;
        const oldLines = linesOf(text).slice(line, what.end.line + 1);
        const newLines = linesOf(next).slice(line, linesOf(next).length - (linesOf(text).length - what.end.line - 1));
        history.edited("a.ts", { line, oldLines, newLines });
        text = next;
      }
      for (const piece of history.query(elsewhere)) {
        const from = piece.line ?? -1;
        const lines = linesOf(text).slice(from, from + piece.text.split("\n").length);
        assert.equal(piece.text, withoutOuterIndentation(lines).join("\n"));
      }
    }),
    { numRuns: 500 },
  );
});

test("whatever was edited, nothing is left of it once the file is as it was", () => {
  fc.assert(
    fc.property(codeText, edits, (start, all) => {
      const history = new EditHistory();
      const done: LineChange[] = [];
      let text = start;
      for (const edit of all) {
        const { text: next, change: what } = applied(text, edit);
        const { line } = what.start;
        const oldLines = linesOf(text).slice(line, what.end.line + 1);
        const newLines = linesOf(next).slice(line, linesOf(next).length - (linesOf(text).length - what.end.line - 1));
        if (oldLines.length > 12 || newLines.length > 12) continue;
        history.edited("a.ts", { line, oldLines, newLines });
        done.unshift({ line, oldLines: newLines, newLines: oldLines });
        if (done.length === 3) break;
        text = next;
      }
      for (const undone of done) history.edited("a.ts", undone);
      assert.deepEqual(texts(history), []);
    }),
    { numRuns: 300 },
  );
});
