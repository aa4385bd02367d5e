import assert from "node:assert/strict";
import { test } from "node:test";
import { IgnoreRules, patternsOfGlobs } from "../../../src/context/gates/ignoreRules.ts";

const { builtIn } = IgnoreRules;

function ignored(rules: IgnoreRules, ...paths: readonly string[]): readonly boolean[] {
  return paths.map((path) => rules.ignores(path.replace(/\/$/, ""), path.endsWith("/")));
}

test("files that are secrets by nature are ignored everywhere, their examples are not", () => {
  assert.deepEqual(
    ignored(
      builtIn,
      ".env",
      "a/.env.local",
      "keys/server.pem",
      "id_rsa",
      ".git/",
      ".git/config",
      ".env.example",
      "env.ts",
    ),
    [true, true, true, true, true, true, false, false],
  );
});

test("what .gitignore says counts below its folder, and what is nearer goes before", () => {
  const rules = builtIn.with("", ".gitignore", "dist/\n*.log\n").with("app", ".gitignore", "!keep.log\n/own\n");
  assert.deepEqual(ignored(rules, "dist/", "dist/a.ts", "x/dist/a.ts", "a.log", "app/keep.log", "app/own", "own"), [
    true,
    true,
    true,
    true,
    false,
    true,
    false,
  ]);
});

test("what is in an ignored folder can't be taken back", () => {
  const rules = builtIn.with("", ".gitignore", "out/\n!out/keep.ts\n");
  assert.deepEqual(ignored(rules, "out/keep.ts"), [true]);
});

test(".pairwiseignore goes before every .gitignore and before what is built in", () => {
  const rules = builtIn
    .with("", ".pairwiseignore", "secret/\n!scripts/local.ts\n!.env\n")
    .with("scripts", ".gitignore", "local.ts\n")
    .with("", ".gitignore", "!secret/\n");
  assert.deepEqual(ignored(rules, "secret/a.ts", "scripts/local.ts", ".env"), [true, false, false]);
});

test("comments, blank lines and Windows line ends are nothing to be ignored", () => {
  const rules = builtIn.with("", ".gitignore", "# a\r\n\r\nb.ts\r\n");
  assert.deepEqual(ignored(rules, "a", "b.ts", "# a"), [false, true, false]);
});

test("the editor's globs mean what they mean there", () => {
  const rules = builtIn.withPatterns(patternsOfGlobs(["**/*.{js,map}", "build", "**/tmp/**"]));
  assert.deepEqual(ignored(rules, "a/b.js", "b.map", "build/", "a/build/", "a/tmp/x.ts", "b.ts"), [
    true,
    true,
    true,
    false,
    true,
    false,
  ]);
});
