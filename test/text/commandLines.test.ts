import assert from "node:assert/strict";
import { test } from "node:test";
import { commandsIn } from "../../src/text/commandLines.ts";

const commandLines = (text: string): readonly string[] => commandsIn(text).lines;

test("a command is put into the terminal without the line's end, which would run it", () => {
  assert.deepEqual(commandLines("npm test\n"), ["npm test"]);
  assert.deepEqual(commandLines("\n  npm test  \r\n\n"), ["  npm test"]);
});

test("no key can be hidden in a command: not Enter, not Escape, not Ctrl+C, not a line of another kind, not Tab", () => {
  assert.deepEqual(commandLines("echo a\u001b[2K\u0003\u0000b\u007f"), ["echo a[2Kb"]);
  assert.deepEqual(commandLines("echo a\recho b\u2028echo c\u0085echo d"), ["echo a", "echo b", "echo c", "echo d"]);
  assert.deepEqual(commandLines("ls\tsrc"), ["ls src"]);
});

test("of a session in a terminal the commands are taken, without their prompts", () => {
  assert.deepEqual(commandLines("$ npm test\n12 passed\n$ git push\n$\n"), ["npm test", "git push"]);
  assert.deepEqual(commandLines("PS C:\\work> dir\n\n    Directory: C:\\work\n"), ["dir"]);
});

test("several lines stay several, so that they can be asked about", () => {
  assert.deepEqual(commandLines("cd app\nnpm ci\nnpm test"), ["cd app", "npm ci", "npm test"]);
  assert.deepEqual(commandLines(" \n\t\n"), []);
});

test("nothing that can't be seen is in a command, and a blank of another kind is a blank", () => {
  assert.deepEqual(commandLines("echo \u202Eabc\u202C \u200Bx\u2066y"), ["echo abc xy"]);
  assert.deepEqual(commandLines("rm\u00A0-r\u3000out"), ["rm -r out"]);
});

test("of a session a command is taken with the lines that it goes on in", () => {
  assert.deepEqual(commandLines("$ docker run \\\n    --rm \\\n>   alpine\nUnable to find image\n$ ls |\n  wc -l\n3"), [
    "docker run \\",
    "    --rm \\",
    "  alpine",
    "ls |",
    "  wc -l",
  ]);
  assert.deepEqual(commandLines("$ npm run build\n> app@1.0.0 build\n> tsc\n"), ["npm run build"]);
  for (const loop of ["$ for a in *; do\n>   echo $a\n> done\none\n", "$ for a in *; do\n  echo $a\ndone\none\n"])
    assert.deepEqual(commandLines(loop), ["for a in *; do", "  echo $a", "done"]);
});

test("a text that a command is given keeps its blank lines", () => {
  const here = "cat > a.txt <<'EOF'\none\n\n  two  \nEOF";
  assert.deepEqual(commandLines(`${here}\n\nls\n`), [...here.split("\n"), "ls"]);
  assert.deepEqual(commandLines(`$ ${here}\nprinted\n`), here.split("\n"));
  assert.deepEqual(commandLines('git commit -m "One\n\nTwo"\n\ngit push'), [
    'git commit -m "One',
    "",
    'Two"',
    "git push",
  ]);
  assert.deepEqual(commandLines("# don't\n\nls <<< a\n\nls"), ["# don't", "ls <<< a", "ls"]);
  assert.deepEqual(commandLines("$ echo it's\nprinted\n$ echo it's\n"), ["echo it's", "echo it's"]);
});

test("tabs in such a text are told of, where the shell does not drop them", () => {
  const make = "cat > Makefile <<EOF\nall:\n\tcc a.c\nEOF";
  assert.deepEqual(commandsIn(make), { lines: make.split("\n"), hasTabs: true });
  assert.deepEqual(commandsIn("cat <<-EOF\n\tone\n\tEOF"), { lines: ["cat <<-EOF", "one", "EOF"], hasTabs: false });
});
