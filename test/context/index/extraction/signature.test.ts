import assert from "node:assert/strict";
import { test } from "node:test";
import { MOST_SIGNATURE_CHARS } from "../../../../src/context/index/facts.ts";
import { extractor, outlineOf } from "./outline.ts";

test("lines are where the code stands, with Windows line ends, too", async () => {
  const { definitions } = await extractor.extract(
    "\r\n/** Says. */\r\nexport function a() {\r\n  return 1;\r\n}\r\n",
    "typescript",
  );
  assert.deepEqual([definitions[0]?.line, definitions[0]?.endLine], [2, 4]);
});

test("a long signature is cut after a word", async () => {
  const parameters = Array.from({ length: 80 }, (_, index) => `parameter${index}: number`).join(", ");
  const { definitions } = await extractor.extract(`function f(${parameters}) {}`, "typescript");
  const signature = definitions[0]?.signature ?? "";
  assert.ok(signature.length <= MOST_SIGNATURE_CHARS && signature.length > 200);
  assert.match(signature, /\W$/);
});

test("a signature of many lines is one line without comments", async () => {
  const text = "function f(\n  a: string, // the name\n  b = [\n    1,\n  ],\n): void {}\n";
  assert.deepEqual(await outlineOf("typescript", text), ["function function f(a: string, b = [1,],): void"]);
});

test("type parameters on lines of their own stand as if they were on one", async () => {
  const text = "export type Props<\n  Root extends Type = Default,\n  More = {},\n> = Base<Root>;\n";
  assert.deepEqual(await outlineOf("typescript", text), [
    "type* export type Props<Root extends Type = Default, More = {},> = Base<Root>",
  ]);
});
