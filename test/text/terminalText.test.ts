import assert from "node:assert/strict";
import { test } from "node:test";
import { terminalText } from "../../src/text/terminalText.ts";

test("colours, titles, links and marks of the shell are left out", () => {
  assert.equal(terminalText("\u001B[31merror\u001B[0m: no \u001B[1;4mfile\u001B[m\r\n"), "error: no file");
  assert.equal(
    terminalText("\u001B]0;title\u0007a\u001B]633;C\u0007b\u001B]8;;http://x\u001B\\link\u001B]8;;\u001B\\"),
    "ablink",
  );
  assert.equal(terminalText("\u001B(B\u001B=\u001B[?25lx\u001B[?25h\u009B2Ky"), "xy");
  assert.equal(terminalText("\u001BP1$r0m\u001B\\x"), "x");
});

test("a bar of progress is what it was in the end", () => {
  assert.equal(terminalText("10%\r20%\r100%\r\ndone\n"), "100%\ndone");
  assert.equal(terminalText("abc\rX"), "Xbc");
  assert.equal(terminalText("abx\b \bc"), "abc");
});

test("a sequence that never ends takes no more than its line", () => {
  assert.equal(terminalText("\u001B]0;never\nnext"), "\nnext".trim());
  assert.equal(terminalText("a\u001B["), "a");
  assert.equal(terminalText("a\u001B"), "a");
});

test("Chinese, emoji, tabs and single empty lines stay", () => {
  assert.equal(terminalText("错误：\t😀\n\nx\n\n\n\ny\u0000"), "错误：\t😀\n\nx\n\ny");
});

test("a megabyte of escapes costs no more than its length", () => {
  assert.equal(terminalText("\u001B[".repeat(500_000)), "");
  assert.equal(terminalText("\u001B]".repeat(500_000)), "");
  assert.equal(terminalText("\r".repeat(1_000_000)), "");
});
