import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { relativeLinks } from "../../scripts/deadLinks.ts";
import { root } from "../../scripts/toolchain.mjs";

const english = readFileSync(join(root, "README.md"), "utf8");
const chinese = readFileSync(join(root, "README.zh-CN.md"), "utf8");

/** What is the same in every language: how the page is divided, what it leads to, and what is to be typed. */
const skeleton = (markdown: string) => ({
  headings: markdown.split("\n").filter((line) => line.startsWith("#")).length,
  rows: markdown.split("\n").filter((line) => line.startsWith("|")).length,
  items: markdown.split("\n").filter((line) => line.startsWith("- ")).length,
  links: relativeLinks(markdown).filter((path) => !path.startsWith("README")),
  addresses: [...markdown.matchAll(/\((https:[^)]+)\)/g)].map(([, address]) => address),
  code: new Set([...markdown.matchAll(/`[^`\n]+`/g)].map(([code]) => code)),
});

test("the Chinese README has the parts, links, settings and commands of the English one", () => {
  assert.deepEqual(skeleton(chinese), skeleton(english));
});

test("what both READMEs say of commands are the commands' titles", () => {
  for (const [page, file] of [
    [english, "package.nls.json"],
    [chinese, "package.nls.zh-cn.json"],
  ] as const) {
    const words: Record<string, string> = JSON.parse(readFileSync(join(root, file), "utf8"));
    for (const id of ["suggest", "showSent", "whySuggestion", "chooseModel"]) {
      const title = words[`commands.${id}`] ?? "";
      assert.ok(title !== "" && page.includes(title), `${file}: ${title}`);
    }
    assert.ok(page.includes(words["walkthrough.title"] ?? "-"), file);
  }
});
