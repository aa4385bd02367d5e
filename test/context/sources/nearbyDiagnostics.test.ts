import assert from "node:assert/strict";
import { test } from "node:test";
import { type Diagnostic, nearbyDiagnostics } from "../../../src/context/sources/nearbyDiagnostics.ts";

function found(line: number, more: Partial<Diagnostic> = {}): Diagnostic {
  return { line, severity: "error", message: "Cannot find name 'total'.", code: "2304", source: "ts", ...more };
}

function at(caretLine: number, diagnostics: readonly Diagnostic[], languageId = "typescript") {
  const lineAt = (line: number): string | undefined => (line < 200 ? `  call${line}(total);` : undefined);
  const seen = "call12(total); Type Because";
  return nearbyDiagnostics({ path: "a.ts", languageId, caretLine, diagnostics, seen, lineAt });
}

test("an error stands behind the line of code that it is about", () => {
  const [piece] = at(10, [found(12)]);
  assert.equal(piece?.text, "call12(total); // error ts 2304: Cannot find name 'total'.");
  assert.deepEqual([piece.path, piece.line, piece.source], ["a.ts", 12, "diagnostics"]);
});

test("the comment is one of the language", () => {
  assert.match(at(10, [found(12)], "python")[0]?.text ?? "", /; # error/);
  assert.match(at(10, [found(12)], "lua")[0]?.text ?? "", /; -- error/);
  assert.match(at(10, [found(12, { message: "no */ end" })], "css")[0]?.text ?? "", /\/\* error .* no \* \/ end \*\/$/);
});

test("a long message of many lines becomes a short one on one line", () => {
  const [piece] = at(10, [found(12, { message: "Type is wrong.\n  Because of this.\n".repeat(50) })]);
  assert.match(piece?.text ?? "", /Type is wrong\. Because of this\. Type[^\n]*…$/);
  assert.ok(piece && piece.text.length < 250);
});

test("what is far away, and the line that is being written, is left out", () => {
  assert.deepEqual(at(50, [found(50), found(29), found(71)]), []);
  assert.equal(at(50, [found(30), found(70)]).length, 2);
});

test("errors come before warnings, the nearest first, one for a line, and only some", () => {
  const all = [
    found(51, { severity: "warning" }),
    found(60),
    found(52),
    found(52, { message: "Another." }),
    ...[53, 54, 55, 56].map((line) => found(line)),
  ];
  assert.deepEqual(
    at(50, all).map(({ line }) => line),
    [52, 53, 54, 55],
  );
  assert.deepEqual(
    at(50, all.slice(0, 2)).map(({ line }) => line),
    [60, 51],
  );
});

test("a finding about a line that is not there any more is left out", () => {
  assert.deepEqual(at(199, [found(205)]), []);
});

test("a finding without a code or a source is told as it is", () => {
  const [piece] = at(10, [found(9, { code: undefined, source: undefined, severity: "warning", message: "Unused." })]);
  assert.equal(piece?.text, "call9(total); // warning: Unused.");
});
