/** Diffs of real git, taken apart. */

import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { filesOfDiff } from "../../src/refactor/sourceControlDiff.ts";
import { headLine, leftOutLine, shownFiles } from "../../src/refactor/sourceControlFiles.ts";
import { gitFolder, type GitFolder } from "../support/gitFolder.ts";

const LINES = Array.from({ length: 30 }, (_, index) => `line ${index}`).join("\n") + "\n";
const diffOf = (folder: GitFolder, ...options: readonly string[]) =>
  filesOfDiff(
    folder.git("diff", ...options),
    new Set(folder.git("diff", ...options, "--submodule=short", "--no-color", "--name-only", "-z").split("\0")),
  );
const staged = (folder: GitFolder, ...more: readonly string[]) => {
  folder.git("add", "-A");
  return diffOf(folder, "--cached", ...more);
};
const heads = (files: ReturnType<typeof filesOfDiff>): readonly string[] => files.map(headLine);

test("before the first commit all files are new", () => {
  using folder = gitFolder();
  folder.write("a.ts", "one\ntwo\n");
  folder.write("empty.ts", "");
  const files = staged(folder);
  assert.deepEqual(heads(files), ["a.ts (new, +2 -0)", "empty.ts (new)"]);
  assert.equal(files[0]?.text, "@@ -0,0 +1,2 @@\n+one\n+two");
});

test("changes, deletions, renames and modes are told apart", () => {
  using folder = gitFolder();
  for (const name of ["changed.ts", "gone.ts", "from.ts", "moved.ts", "run.sh"])
    folder.write(name, `${name}\n${LINES}`);
  folder.commitAll("first");
  folder.write("changed.ts", `changed.ts\n${LINES.replace("line 3\n", "line three\n--- no header\n+++ nor this\n")}`);
  folder.git("rm", "-q", "gone.ts");
  folder.git("mv", "from.ts", "to.ts");
  folder.git("mv", "moved.ts", "moved again.ts");
  folder.write("moved again.ts", `moved.ts\n${LINES.replace("line 9", "line nine")}`);
  chmodSync(join(folder.path, "run.sh"), 0o755);
  const files = staged(folder);
  assert.deepEqual(heads(files), [
    "changed.ts (changed, +3 -1)",
    "gone.ts (deleted, +0 -31)",
    "moved again.ts (renamed from moved.ts, +1 -1)",
    "run.sh (changed)",
    "to.ts (renamed from from.ts)",
  ]);
  assert.equal(files.at(-2)?.text, "old mode 100644\nnew mode 100755");
});

test("names with blanks, quotes and other letters are read, whatever prefixes git is set to", () => {
  for (const setting of [
    "core.quotePath=true",
    "core.quotePath=false",
    "diff.noprefix=true",
    "diff.mnemonicPrefix=true",
  ]) {
    using folder = gitFolder(setting);
    const names = [
      "a b/c d.ts",
      "旧的.ts",
      'quo"te.ts',
      "b/b.ts",
      "i/plain.ts",
      "tab\tname.ts",
      "空 格.bin",
      "new b/x",
    ];
    for (const name of names.slice(0, 6)) folder.write(name, "old\n");
    folder.commitAll("first");
    for (const name of names) folder.write(name, name.endsWith(".bin") ? Uint8Array.of(0, 1, 2) : "new\n");
    folder.git("add", "-A");
    const paths = staged(folder).map(({ path }) => path);
    assert.deepEqual(paths.toSorted(), names.toSorted(), setting);
  }
});

const PREFIXES = [
  ["old/", "new/"],
  ["before/x/", "after/x/"],
  ["src/", "src/"],
  ["", ""],
  ["one two ", "three "],
  ['"', "b"],
  ["a/src/", "b/src/"],
];

for (const [before = "", after = ""] of PREFIXES)
  test(`the paths are right where git is set to write “${before}” and “${after}” before them`, () => {
    using folder = gitFolder();
    folder.write("src/secret.ts", "old\n");
    folder.write("moved.ts", LINES);
    folder.write("gone away.ts", "old\n");
    folder.commitAll("first");
    const names = ["src/secret.ts", "secret.ts", "src/src/secret.ts", "a b.bin", "空格.ts", "x/a/b.ts", "b/src/a.ts"];
    for (const name of names) folder.write(name, name.endsWith(".bin") ? Uint8Array.of(0, 1, 2) : "new\n");
    folder.git("mv", "moved.ts", "x/moved.ts");
    folder.git("rm", "-q", "gone away.ts");
    const files = staged(folder, `--src-prefix=${before}`, `--dst-prefix=${after}`);
    const paths = files.map(({ path }) => path);
    assert.deepEqual(paths.toSorted(), [...names, "x/moved.ts", "gone away.ts"].toSorted());
    assert.equal(files.find(({ path }) => path === "x/moved.ts")?.oldPath, "moved.ts");
  });

test("a file that git does not list is read as the others are; where it lists none only what is usual is read", () => {
  using folder = gitFolder();
  for (const name of ["src/a.ts", "b.ts"]) folder.write(name, "one\n");
  folder.git("add", ".");
  const diff = (...prefixes: readonly string[]): string => folder.git("diff", "--cached", ...prefixes);
  const unusual = diff("--src-prefix=x/src/", "--dst-prefix=y/src/");
  const paths = (output: string, ...listed: readonly string[]) =>
    filesOfDiff(output, new Set(listed)).map(({ path }) => path);
  assert.deepEqual(paths(unusual, "b.ts"), ["b.ts", "src/a.ts"]);
  assert.deepEqual(paths(unusual), []);
  assert.deepEqual(paths(diff()), ["b.ts", "src/a.ts"]);
});

test("binary files, lock files, minified, generated and very large ones are only named", () => {
  using folder = gitFolder();
  const lock = Array.from({ length: 5_000 }, (_, index) => `  "package-${index}": "1.0.${index}",`).join("\n");
  folder.write("package-lock.json", `{\n${lock}\n}\n`);
  folder.write("go.sum", "x v1 h1:abc\n");
  folder.write("logo.png", Uint8Array.of(137, 80, 78, 71, 0, 0, 1));
  folder.write("app.min.js", "var a=1;\n");
  folder.write("inline.js", `var a="${"x".repeat(6_000)}";\n`);
  folder.write("api.pb.go", "package api\n");
  folder.write("made.go", "// Code generated by stringer. DO NOT EDIT.\npackage made\n");
  folder.write("huge.csv", "some,row,of,numbers,1,2,3\n".repeat(9_000));
  folder.write("src/lockPicker.ts", "export const lock = 1;\n");
  const { shown, left } = shownFiles(staged(folder));
  assert.deepEqual(
    shown.map(({ path }) => path),
    ["src/lockPicker.ts"],
  );
  assert.deepEqual(left.map(leftOutLine), [
    "api.pb.go (new, +1 -0): not shown, generated",
    "app.min.js (new, +1 -0): not shown, minified",
    "go.sum (new, +1 -0): not shown, a lock file",
    "huge.csv (new, +9000 -0): not shown, very large",
    "inline.js (new, +1 -0): not shown, minified",
    "logo.png (new): not shown, binary",
    "made.go (new, +2 -0): not shown, generated",
    "package-lock.json (new, +5002 -0): not shown, a lock file",
  ]);
});

test("Windows line ends, a missing last line end and a change of line ends alone are read", () => {
  using folder = gitFolder();
  folder.write("crlf.ts", "one\r\ntwo\r\n");
  folder.write("ends.ts", "one\ntwo\n");
  folder.commitAll("first");
  folder.write("crlf.ts", "one\r\nTWO\r\nthree");
  folder.write("ends.ts", "one\r\ntwo\r\n");
  const files = staged(folder);
  assert.deepEqual(heads(files), ["crlf.ts (changed, +2 -1)", "ends.ts (changed, +2 -2)"]);
  assert.equal(files[0]?.text, "@@ -1,2 +1,3 @@\n one\n-two\n+TWO\n+three\n\\ No newline at end of file");
});

test("a submodule is told by its commits, in both ways git may be set to", () => {
  using inner = gitFolder();
  inner.write("a", "1\n");
  inner.commitAll("first");
  using folder = gitFolder();
  folder.write("x.ts", "x\n");
  folder.commitAll("first");
  folder.git("submodule", "--quiet", "add", inner.path, "lib/inner");
  const added = staged(folder);
  assert.deepEqual(heads(added), [".gitmodules (new, +3 -0)", "lib/inner (submodule, +1 -0)"]);
  assert.match(added[1]?.text ?? "", /^\+Subproject commit [0-9a-f]{40}$/m);
  folder.commitAll("with it");
  inner.write("a", "2\n");
  inner.commitAll("second thing");
  folder.git("-C", "lib/inner", "pull", "-q");
  assert.deepEqual(heads(staged(folder)), ["lib/inner (submodule, +1 -1)"]);
  const log = staged(folder, "--submodule=log");
  assert.deepEqual(heads(log), ["lib/inner (submodule)"]);
  assert.match(log[0]?.text ?? "", /second thing/);
});

test("a merge with conflicts names the files that have them", () => {
  using folder = gitFolder();
  folder.write("both.ts", "one\n");
  folder.write("other.ts", "one\n");
  folder.commitAll("first");
  folder.git("checkout", "-q", "-b", "side");
  folder.write("both.ts", "side\n");
  folder.write("other.ts", "side\n");
  folder.commitAll("side");
  folder.git("checkout", "-q", "main");
  folder.write("both.ts", "main\n");
  folder.commitAll("main");
  assert.throws(() => folder.git("merge", "side"));
  const conflicts = (...args: readonly string[]) => diffOf(folder, ...args).map(({ path, state }) => [path, state]);
  assert.deepEqual(conflicts(), [["both.ts", "conflict"]]);
  assert.deepEqual(conflicts("--cached"), [
    ["both.ts", "conflict"],
    ["other.ts", "changed"],
  ]);
});

test("a detached head has a diff like any other", () => {
  using folder = gitFolder();
  folder.write("a.ts", "one\n");
  folder.commitAll("first");
  folder.git("checkout", "-q", "--detach");
  folder.write("a.ts", "two\n");
  assert.deepEqual(heads(staged(folder)), ["a.ts (changed, +1 -1)"]);
});

test("colours that git is set to write always are no part of a diff, and those in a file stay", () => {
  using folder = gitFolder();
  folder.write("a.ts", "one\n");
  folder.write("red.txt", "\u001B[31mred\u001B[m\n");
  folder.git("add", ".");
  const plain = staged(folder);
  assert.ok(plain[1]?.text.includes("+\u001B[31mred"));
  folder.git("config", "color.ui", "always");
  assert.notEqual(folder.git("diff", "--cached").indexOf("\u001B[1mdiff"), -1);
  assert.deepEqual(heads(staged(folder)), heads(plain));
  assert.equal(staged(folder)[0]?.text, plain[0]?.text);
});

test("what is no diff has no files", () => {
  assert.deepEqual(filesOfDiff("", new Set()), []);
  assert.deepEqual(filesOfDiff("fatal: not a git repository\n", new Set()), []);
});
