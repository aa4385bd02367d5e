import assert from "node:assert/strict";
import { test } from "node:test";
import { rowsOutsideFences, withoutCode } from "../../src/text/markdownCode.ts";

test("code is blank, and what stands around it is where it was", () => {
  const text = "Ask `@a` or\n```ts\n@b\n```\n~~~\n@c\n~~~\n@d ```\n@e";
  const prose = withoutCode(text);
  assert.equal(prose.length, text.length);
  assert.deepEqual(prose.match(/@\w/g), ["@d"]);
  assert.equal(prose.indexOf("@d"), text.indexOf("@d"));
});

test("lines of fenced blocks are told from others, in lists as well", () => {
  const rows = (text: string): readonly number[] => rowsOutsideFences(text.split("\n"));
  assert.deepEqual(rows("a\n```\n# b\n```\nc"), [0, 4]);
  assert.deepEqual(rows("- a\n     ```sh\n# b\n     ```\nc"), [0, 4]);
  assert.deepEqual(rows("````\n```\na\n````\nb"), [4]);
  assert.deepEqual(rows("~~~\n```\n~~~ a\n~~~\nb"), [4]);
  assert.deepEqual(rows("```a``` b\nc"), [0, 1]);
  assert.deepEqual(rows("a\n```\nb"), [0]);
});
