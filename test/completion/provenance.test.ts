import assert from "node:assert/strict";
import { test } from "node:test";
import { provenanceOf } from "../../src/completion/provenance.ts";
import type { Piece } from "../../src/context/pieces.ts";
import type { CursorSnapshot } from "../../src/context/snapshot.ts";
import type { FileWindow } from "../../src/context/window.ts";

const prefix = "import a from 'a';\n\nconst b = ";
const cursor: CursorSnapshot = {
  uri: "file:///w/b.ts",
  path: "b.ts",
  languageId: "typescript",
  version: 1,
  offset: prefix.length,
  prefix,
  suffix: ";\n",
  indentUnit: "  ",
  selectedCompletion: undefined,
};
const window: FileWindow = { uri: cursor.uri, start: 20, prefix: "const b = ", suffix: ";\n", suffixSeen: ";\n" };
const shown = { before: window.prefix, after: window.suffix };
const piece: Piece = {
  id: "1",
  source: "definitions",
  path: "lib/a.ts",
  line: 7,
  text: "export default function a(): number",
  value: 0.5,
  reason: { kind: "used", name: "a" },
};

test("the pieces and the two sides of the caret are told with their files, lines and tokens", () => {
  const { stretches } = provenanceOf(cursor, window, [piece], shown, 1);
  assert.deepEqual(
    stretches.map(({ source, path, line, text, reason }) => [source, path, line, text, reason]),
    [
      ["definitions", "lib/a.ts", 7, piece.text, { kind: "used", name: "a" }],
      ["before", "b.ts", 2, "const b = ", undefined],
      ["after", "b.ts", 2, ";\n", undefined],
    ],
  );
  assert.ok(stretches.every(({ tokens, text }) => tokens > 0 && tokens < text.length));
});

test("the pieces and the two sides of the caret are told with their workspace folders: others may have the same paths", () => {
  const pieces = [{ ...piece, folder: "two" }, piece];
  const { stretches } = provenanceOf({ ...cursor, folder: "one" }, window, pieces, shown, 1);
  assert.deepEqual(
    stretches.map(({ folder }) => folder),
    ["two", undefined, "one", "one"],
  );
});

test("where not all of the file above the caret is known, no line is made up", () => {
  const { stretches } = provenanceOf({ ...cursor, offset: 9_000 }, window, [], shown, 1);
  assert.deepEqual(
    stretches.map(({ line }) => line),
    [undefined, undefined],
  );
});

test("what is not shown is not told", () => {
  const { stretches } = provenanceOf(cursor, window, [], { ...shown, after: "" }, 1);
  assert.deepEqual(
    stretches.map(({ source }) => source),
    ["before"],
  );
});
