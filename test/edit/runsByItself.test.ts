import assert from "node:assert/strict";
import { test } from "node:test";
import { selfRunning } from "../../src/edit/runsByItself.ts";

const files: readonly (readonly [path: string, by: string])[] = [
  [".vscode/tasks.json", "editor"],
  ["deep/.vscode/settings.json", "editor"],
  [".VSCode/launch.json", "editor"],
  ["shop.code-workspace", "editor"],
  [".devcontainer/devcontainer.json", "container"],
  [".devcontainer.json", "container"],
  [".github/workflows/test.yml", "pipeline"],
  [".gitlab-ci.yml", "pipeline"],
  [".husky/pre-commit", "git"],
  [".pre-commit-config.yaml", "git"],
  [".gitattributes", "git"],
  [".mcp.json", "agent"],
  [".claude/settings.json", "agent"],
  [".npmrc", "packages"],
  ["app/build.rs", "project"],
  ["app/build.gradle.kts", "project"],
  [".envrc", "shell"],
];

for (const [path, by] of files)
  test(`${path} is run by itself`, () => assert.deepEqual(selfRunning(path, "", "x"), { by, scripts: [] }));

for (const path of [
  "src/cart.ts",
  "README.md",
  "vscode/tasks.json",
  "tasks.json",
  "src/huskyrc.ts",
  ".github/README.md",
])
  test(`${path} is not`, () => assert.equal(selfRunning(path, "", "x"), undefined));

const manifest = (scripts: object): string => JSON.stringify({ name: "shop", scripts });

test("a package's scripts are, where they are run at its installation and are new or other ones", () => {
  const before = manifest({ test: "a", prepare: "b" });
  assert.equal(selfRunning("package.json", before, manifest({ test: "c", prepare: "b" })), undefined);
  assert.equal(selfRunning("package.json", before, manifest({})), undefined);
  assert.deepEqual(selfRunning("app/package.json", before, manifest({ prepare: "c", postinstall: "d" })), {
    by: "packages",
    scripts: ["postinstall", "prepare"],
  });
  assert.deepEqual(selfRunning("package.json", "", manifest({ preinstall: "x" }))?.scripts, ["preinstall"]);
  assert.equal(selfRunning("package.json", "", "{}"), undefined);
  assert.deepEqual(selfRunning("package.json", before, "{ scripts"), { by: "packages", scripts: [] });
});
