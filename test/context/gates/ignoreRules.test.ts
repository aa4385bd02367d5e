import assert from "node:assert/strict";
import { test } from "node:test";
import { patternsOfGlobs } from "../../../src/context/gates/excludeGlobs.ts";
import { IgnoreRules } from "../../../src/context/gates/ignoreRules.ts";

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

test("a folder that .pairwiseignore takes back is open, but for what is ignored in it by itself", () => {
  const rules = builtIn
    .with("", ".gitignore", "generated/\n*.tmp\n")
    .with("", ".pairwiseignore", "!generated/\n")
    .with("generated", ".gitignore", "own.ts\n");
  assert.deepEqual(
    ignored(
      rules,
      "generated/",
      "generated/a/b.ts",
      "generated/.env",
      "generated/x.tmp",
      "generated/own.ts",
      "x/generated/c.ts",
    ),
    [false, false, true, true, true, false],
  );
});

test("a folder that a nearer .gitignore takes back is open", () => {
  const rules = builtIn.with("", ".gitignore", "build\n").with("a", ".gitignore", "!build\n");
  assert.deepEqual(ignored(rules, "a/build/x.ts", "b/build/x.ts", "a/c/build/x.ts"), [false, true, false]);
});

test("no .gitignore takes back what is a secret by nature, or what the editor hides", () => {
  const rules = builtIn.withPatterns(patternsOfGlobs(["**/*.gen.ts"])).with("", ".gitignore", "!.env*\n!*.gen.ts\n");
  assert.deepEqual(ignored(rules, ".env", ".env.production", "a.gen.ts", "a.ts"), [true, true, true, false]);
});

test("the second text of an ignore file stands in place of the first", () => {
  const rules = builtIn.with("", ".gitignore", "a.ts\n");
  assert.deepEqual(ignored(rules.with("", ".gitignore", "b.ts\n"), "a.ts", "b.ts"), [false, true]);
  assert.deepEqual(ignored(rules.with("", ".gitignore", ""), "a.ts", "b.ts"), [false, false]);
  assert.deepEqual(ignored(rules, "a.ts", "b.ts"), [true, false]);
});

test("capitals matter, but not where the disk does not tell them apart, and not to a secret", () => {
  const text = "build/\n";
  assert.deepEqual(ignored(builtIn.with("", ".gitignore", text), "src/Build/x.ts", "Server.PEM"), [false, true]);
  assert.deepEqual(ignored(IgnoreRules.builtInAnyCase.with("", ".gitignore", text), "src/Build/x.ts"), [true]);
});

test("code about secrets is no secret", () => {
  assert.deepEqual(
    ignored(builtIn, "src/credentials/provider.ts", "keys/list.ts", "environment.env.ts", "id_rsa.pub"),
    [false, false, false, false],
  );
});

test("why a file is ignored is told, with the file and the line that say so", () => {
  const rules = builtIn
    .withPatterns(["hidden/"])
    .with("", ".gitignore", "# c\n\n*.log\n")
    .with("app", ".pairwiseignore", "x\ny\n");
  assert.deepEqual(rules.ignoredBy(".env", false), { kind: "built-in" });
  assert.deepEqual(rules.ignoredBy("hidden/a.ts", false), { kind: "pattern" });
  assert.deepEqual(rules.ignoredBy("a/b.log", false), { kind: "file", file: ".gitignore", line: 3 });
  assert.deepEqual(rules.ignoredBy("app/y/z.ts", false), { kind: "file", file: "app/.pairwiseignore", line: 2 });
  assert.equal(rules.ignoredBy("a.ts", false), undefined);
});

test("names of folders with signs of patterns in them are names", () => {
  const rules = builtIn
    .with("", ".gitignore", "routes/\n")
    .with("app", ".pairwiseignore", "!routes/\n")
    .with("app/routes/[id] (a)!", ".pairwiseignore", "b.ts\n");
  assert.deepEqual(ignored(rules, "app/routes/[id] (a)!/a.ts", "app/routes/[id] (a)!/b.ts", "routes/a.ts"), [
    false,
    true,
    true,
  ]);
});

test("braces in the editor's globs may be in each other, or be open", () => {
  assert.deepEqual(patternsOfGlobs(["**/{a,b{c,d}}/**", "x{y", "**/*.{ts,}"]), [
    "**/a/**",
    "**/bc/**",
    "**/bd/**",
    "/x{y",
    "**/*.ts",
    "**/*.",
  ]);
});

test("keys and log-ins of other programs are secrets by nature, wherever they are", () => {
  assert.deepEqual(
    ignored(
      builtIn,
      "home/me/.ssh/config",
      "home/me/.ssh/deploy",
      "home/me/.ssh/deploy.pub",
      "home/me/.aws/credentials",
      "home/me/.kube/config",
      "home/me/.config/gcloud/access_tokens.db",
      "id_ed25519_sk",
      "auth/AuthKey.p8",
      "app/.dev.vars",
      "src/ssh/config",
    ),
    [true, true, false, true, true, true, true, true, true, false],
  );
});

test("git's own exclude file counts, and every .gitignore goes before it", () => {
  const rules = builtIn.with("", ".git/info/exclude", "notes/\n*.tmp\n").with("app", ".gitignore", "!keep.tmp\n");
  assert.deepEqual(ignored(rules, "notes/a.ts", "b.tmp", "app/b.tmp", "app/keep.tmp", "a.ts"), [
    true,
    true,
    true,
    false,
    false,
  ]);
});

test("the editor's globs count below the folder that was opened, not beside it", () => {
  const rules = builtIn.withPatterns(patternsOfGlobs(["**/out", "top.ts"]), "packages/app");
  assert.deepEqual(
    ignored(
      rules,
      "packages/app/out/a.js",
      "packages/app/top.ts",
      "packages/out/a.js",
      "top.ts",
      "packages/app/x/top.ts",
    ),
    [true, true, false, false, false],
  );
});
