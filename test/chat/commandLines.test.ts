import assert from "node:assert/strict";
import { test } from "node:test";
import { commandLines } from "../../src/chat/commandLines.ts";

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
