import assert from "node:assert/strict";
import { test } from "node:test";
import { findingMarkdown } from "../../src/refactor/findingMarkdown.ts";
import { movedLine } from "../../src/refactor/movedLine.ts";

test("a finding's text is shown as it stands, and its code as code", () => {
  assert.equal(findingMarkdown("uses `a = b`, write `===`"), "uses ` a = b `\\, write ` === `");
  assert.equal(
    findingMarkdown("so:\n  ```ts\n  if (a) {\n    b();\n  }\n  ```\nDone"),
    "so\\:\n\n```ts\nif (a) {\n  b();\n}\n```\n\nDone",
  );
});

test("a finding can hold no link, picture, icon, command, HTML, or fence that swallows what follows", () => {
  for (const text of [
    "[click](command:workbench.action.quit)",
    "![x](https://evil.example/x.png?secret)",
    "<img src=x onerror=alert(1)>",
    "<https://evil.example>",
    "https://evil.example www.evil.example a@evil.example",
    "$(zap) $(error)",
    "[a]: https://evil.example\n[a]",
    "# heading\n> quote\n| a |\n|---|",
    "`[x](y)` [click](command:x) `",
    "``` `` ` [click](command:x)",
  ]) {
    const outside = findingMarkdown(text).replace(/(`+) [^\n]*? \1/g, "");
    assert.doesNotMatch(outside, /(?<!\\)[[\]()<>!$#|]|(?<!\\)[:@]|www\.(?<!\\)e/, text);
  }
  const open = findingMarkdown("text\n```ts\nnever closed");
  assert.match(open, /```ts\nnever closed\n```$/);
  assert.match(findingMarkdown("```js [x](command:y)\na\n```"), /^```js\na\n```$/);
  assert.match(findingMarkdown("~~~\n```\n[x](command:y)\n~~~"), /^````\n```\n\[x\]\(command:y\)\n````$/);
});

const at = (line: number, character: number) => ({ line, character });
const never = (): boolean => false;

test("a finding's line follows what is written above it", () => {
  const insert = (line: number, character: number, text: string) => [
    { start: at(line, character), end: at(line, character), text },
  ];
  assert.equal(movedLine(5, insert(2, 3, "\n\n"), never), 7);
  assert.equal(movedLine(5, insert(5, 0, "x\n"), never), 6);
  assert.equal(movedLine(5, insert(5, 3, "x"), never), 5);
  assert.equal(movedLine(5, insert(6, 0, "\n"), never), 5);
  assert.equal(movedLine(5, insert(5, 9, "\n"), never), 5);
  assert.equal(
    movedLine(5, insert(5, 4, "\n    "), (to) => to === 6),
    6,
  );
});

test("a finding whose lines are gone stays where they were", () => {
  const cut = (from: number, to: number) => [{ start: at(from, 0), end: at(to, 0), text: "" }];
  assert.equal(movedLine(5, cut(2, 4), never), 3);
  assert.equal(movedLine(5, cut(4, 7), never), 4);
  assert.equal(movedLine(5, cut(2, 5), never), 2);
  assert.equal(movedLine(0, cut(0, 3), never), 0);
  assert.equal(movedLine(5, [...cut(8, 9), ...cut(1, 2)], never), 4);
});
