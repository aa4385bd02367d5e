import assert from "node:assert/strict";
import { test } from "node:test";
import { clipboardPiece } from "../../../src/context/sources/clipboard.ts";

const code = [
  "export function total(items: Item[]) {\n  return items.length;\n}",
  "    for item in items:\n        total += item.price\n",
  "const rate = taxes.get(country);",
  "SELECT name FROM orders WHERE id = (1);\nUPDATE orders SET paid = TRUE;",
  "#include <vector>\nstd::vector<int> v;",
  "def total(items):\n    # Adds up what they cost.\n    return sum(item.price for item in items)",
];

for (const copied of code)
  test(`code is shown: ${copied.split("\n")[0]}`, () => {
    const piece = clipboardPiece(copied, "");
    assert.equal(piece?.source, "clipboard");
    assert.equal(piece.text.replaceAll(/\s+/g, " "), copied.trim().replaceAll(/\s+/g, " "));
    assert.deepEqual([piece.path, piece.line], [undefined, undefined]);
  });

const other = [
  "",
  "  \n\n",
  "hunter2;Secret(9)=",
  "https://example.com/a(b)?c=d;e",
  "The meeting is at ten. Please bring the figures (all of them).",
  "Dear Anna,\n\nthank you for your letter. I will be there.\nBest wishes\nTom",
  "请在十点前把报表发给我。谢谢！",
  "correct horse battery staple",
  `const blob = "${"QUJD".repeat(200)}";`,
  "x = f(1);\n".repeat(1_000),
];

for (const copied of other)
  test(`what is no code is not shown: ${JSON.stringify(copied.slice(0, 30))}`, () => {
    assert.equal(clipboardPiece(copied, ""), undefined);
  });

test("what was copied from the lines that the model sees is not shown again", () => {
  const copied = "const rate = taxes.get(country);\r\nconst sum = rate * total;\r\n";
  assert.equal(clipboardPiece(copied, `a();\n${copied}b();\n`), undefined);
  assert.equal(
    clipboardPiece(copied, "a();\nb();\n")?.text,
    "const rate = taxes.get(country);\nconst sum = rate * total;",
  );
});
