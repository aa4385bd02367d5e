import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { relativeLinks, withoutDeadLinks } from "../../scripts/deadLinks.ts";
import { root } from "../../scripts/toolchain.mjs";

const onlyGuide = (path: string): boolean => path === "guide.md";

test("a link to what is not there becomes plain text, and others stay", () => {
  assert.equal(
    withoutDeadLinks('Read [the `plan`](plan.md "Plan") and [the guide](guide.md#start).', onlyGuide),
    "Read the `plan` and [the guide](guide.md#start).",
  );
});

test("a picture that is not there becomes its description", () => {
  assert.equal(withoutDeadLinks("![A cat](cat.png)", onlyGuide), "A cat");
});

test("addresses, places in the text and code stay as they are", () => {
  const text = "[a](https://example.com/a.md) [b](mailto:b@example.com) [c](#c) `[d](d.md)`\n\n```\n[e](e.md)\n```\n";
  assert.equal(withoutDeadLinks(text, onlyGuide), text);
  assert.deepEqual(relativeLinks(text), []);
});

for (const file of ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"]) {
  test(`what ${file} links to is there`, () => {
    const links = relativeLinks(readFileSync(join(root, file), "utf8"));
    assert.deepEqual(
      links.filter((path) => !existsSync(join(root, path))),
      [],
    );
  });
}
