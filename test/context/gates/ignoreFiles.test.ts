import assert from "node:assert/strict";
import { posix } from "node:path";
import { test } from "node:test";
import { withIgnoreFiles } from "../../../src/context/gates/ignoreFiles.ts";
import { IgnoreRules } from "../../../src/context/gates/ignoreRules.ts";

/** Of `a.ts`, `b.ts` and `c.ts` in the folder, the ones that are ignored by the rules in these files. */
async function ignoredIn(folder: string, files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const read = (path: string) => Promise.resolve(files[posix.resolve("/", folder, path)]);
  const rules = await withIgnoreFiles(IgnoreRules.builtIn, folder, read);
  return ["a.ts", "b.ts", "c.ts"].filter((name) => rules.ignores(posix.join(folder, name), false));
}

test("all ignore files of a folder count, git's own exclude file too, and .pairwiseignore first", async () => {
  const files = {
    "/app/.gitignore": "a.ts\n",
    "/app/.git/info/exclude": "b.ts\n",
    "/app/.pairwiseignore": "c.ts\n!a.ts\n",
    "/.gitignore": "*.ts\n",
  };
  assert.deepEqual(await ignoredIn("app", files), ["b.ts", "c.ts"]);
  assert.deepEqual(await ignoredIn("", { "/.git/info/exclude": "b.ts\n" }), ["b.ts"]);
});

test("what the exclude file of a submodule's and of a worktree's repository says counts", async () => {
  const submodule = { "/lib/.git": "gitdir: ../.git/modules/lib\n", "/.git/modules/lib/info/exclude": "a.ts\n" };
  assert.deepEqual(await ignoredIn("lib", submodule), ["a.ts"]);
  for (const common of ["../..", "/repo/.git"]) {
    const worktree = {
      "/tree/.git": "gitdir: /repo/.git/worktrees/tree\r\n",
      "/repo/.git/worktrees/tree/commondir": `${common}\n`,
      "/repo/.git/info/exclude": "b.ts\n",
      "/repo/.git/worktrees/tree/info/exclude": "c.ts\n",
    };
    assert.deepEqual(await ignoredIn("tree", worktree), ["b.ts"]);
  }
  assert.deepEqual(await ignoredIn("lib", { "/lib/.git": "no link\n" }), []);
});
