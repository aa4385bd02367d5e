import assert from "node:assert/strict";
import { test } from "node:test";
import { languageIdOfPath } from "../../../../src/context/index/extraction/languageOfPath.ts";

test("a language is known by a file's ending", () => {
  const of = (...paths: string[]) => paths.map(languageIdOfPath);
  assert.deepEqual(of("a/b.d.ts", "b.TSX", "c.pyi", "x.h", "Makefile", "photo.png", "LICENSE", ".env", "a.b/c"), [
    "typescript",
    "typescriptreact",
    "python",
    "cpp",
    "makefile",
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
