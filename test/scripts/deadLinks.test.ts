import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
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

const pages = ["", "docs", "models"].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(folder, name)),
);

for (const page of pages) {
  test(`what ${page} links to is there`, () => {
    const links = relativeLinks(readFileSync(join(root, page), "utf8"));
    assert.deepEqual(
      links.filter((path) => !existsSync(join(root, dirname(page), path))),
      [],
    );
  });
}

test("every page of docs is linked to from the README", () => {
  const links = relativeLinks(readFileSync(join(root, "README.md"), "utf8"));
  const linked = new Set(links.flatMap((path) => [path, ...linksOf(path)]));
  assert.deepEqual(
    pages.filter((page) => page.startsWith("docs") && !linked.has(page)),
    [],
  );
});

/** Of a page that the README links to, as the README would write them. */
function linksOf(page: string): readonly string[] {
  if (!page.endsWith(".md")) return [];
  return relativeLinks(readFileSync(join(root, page), "utf8")).map((path) => join(dirname(page), path));
}
