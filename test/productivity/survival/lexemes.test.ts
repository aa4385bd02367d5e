import assert from "node:assert/strict";
import { test } from "node:test";
import { keptOf, lexemeHashes, lexemesOf } from "../../../src/productivity/survival/lexemes.ts";
import { lexemeDistance } from "../../../src/productivity/survival/rescue.ts";
import { lexemeHmac } from "../../support/lexemeHmac.ts";

const words = (text: string) => lexemesOf(text, lexemeHmac).map(({ from, to }) => text.slice(from, to));

function distance(accepted: string, around: string): number {
  const { edits, of } = lexemeDistance(keptOf(lexemeHashes(accepted, lexemeHmac)), around, lexemeHmac);
  return edits / of;
}

test("lexemes are identifiers, numbers and single marks; one space is none, more white space is one", () => {
  assert.deepEqual(words("return a + b;"), ["return", "a", "+", "b", ";"]);
  assert.deepEqual(words("x  =\n  12.5"), ["x", "  ", "=", "\n  ", "12.5"]);
  assert.deepEqual(words("// 计算总价"), ["/", "/", "计", "算", "总", "价"]);
});

test("one name of five lexemes is a distance of a fifth", () => {
  assert.equal(distance("return a + b;", "return x + b;"), 0.2);
});

test("white space that a formatter widens counts for each place", () => {
  assert.equal(distance("if (a) { b(); }", "if (a)  {   b();   }"), 0.3);
});

test("the accepted text is looked for in its neighbourhood, which may be longer", () => {
  assert.equal(distance("return a + b;", "function f() {\n  return a + b;\n}\n"), 0);
  assert.equal(distance("return a + b;", "let nothing: string"), 1);
});

test("of a very long text both ends are compared; one that is gone is seen", () => {
  const lines = Array.from({ length: 5_000 }, (_, at) => `call${at}(value${at});`).join("\n");
  assert.equal(distance(lines, lines), 0);
  assert.ok(distance(lines, lines.slice(0, lines.length / 2)) > 0.15);
});

test("no text is kept, and other secrets give other numbers", () => {
  const hashes = lexemeHashes("secretName + 1", lexemeHmac);
  assert.ok(hashes.every((hash) => Number.isInteger(hash)));
  assert.notDeepEqual(
    hashes,
    lexemeHashes("secretName + 1", (text) => lexemeHmac(`${text}.`)),
  );
});
