/** What has to hold of a suggestion, whatever the model wrote: checked without the code that sees to it. */

import assert from "node:assert/strict";
import type { Offered, Origin } from "../../src/completion/suggestion.ts";
import type { CursorSnapshot } from "../../src/context/snapshot.ts";

/** Throws where `offered` does not fit the document at the caret that it was asked for. */
export function assertFits(offered: Offered, asked: CursorSnapshot, origin: Origin): void {
  const { insertText, replaceBefore, replaceAfter } = offered;
  const { selectedCompletion: selected, suffix } = asked;
  assert.equal(replaceBefore, selected?.replaces ?? 0, "replaces the suggest widget's word and no more");
  const item = selected?.text ?? "";
  assert.ok(insertText.startsWith(item), "goes on from the suggest widget's item");
  const written = insertText.slice(item.length);
  const rest = suffix.split(/\r?\n/)[0] ?? "";
  assert.ok(replaceAfter === 0 || replaceAfter === rest.trimEnd().length, "replaces the rest of the line or nothing");
  assert.ok(isSubsequence(suffix.slice(0, replaceAfter), insertText), "keeps the characters after the caret");
  // The last character of what was shown stays until it is typed; nothing begins so short.
  assert.ok(written.trim().length > (origin === "typed-through" ? 0 : 1), "is something");
  assertIsCode(written, asked, rest);
  const before = asked.prefix.slice(0, asked.prefix.length - replaceBefore) + item;
  assertBalanced(written, before.replaceAll("\r\n", "\n"), asked.languageId);
  if (replaceAfter === 0) assertRepeatsNothing(written, before, suffix, rest);
}

function assertIsCode(written: string, { languageId }: CursorSnapshot, rest: string): void {
  assert.doesNotMatch(written, /\r/, "has Unix line breaks");
  assert.doesNotMatch(written, /<\|\w+\|>|<\/?s>(?!\w)|<fim_\w+>|<｜/, "has no control token");
  if (languageId !== "markdown") assert.doesNotMatch(written, /^[ \t]*```/m, "has no fence");
  const lines = written.split("\n");
  const ends = rest.trim() === "" ? lines : lines.slice(0, -1);
  for (const line of ends) assert.doesNotMatch(line, /[ \t]$/, "has no blanks at the end of a line");
}

/** Counted by kind: a closing bracket has an opening one before it, in the file or in the suggestion. */
function assertBalanced(written: string, before: string, languageId: string): void {
  if (languageId === "markdown" || languageId === "shellscript") return;
  const code = blanked(before + written);
  for (const [opener, closer] of ["()", "[]", "{}"] as const) {
    let open = 0;
    for (const [offset, character] of Array.from(code).entries()) {
      if (character === opener) open += 1;
      if (character !== closer) continue;
      assert.ok(open > 0 || offset < before.length, `closes a ${closer} that nobody has opened`);
      open = Math.max(0, open - 1);
    }
  }
}

/** As long as `code`, with blanks for strings and comments: those that the documents of randomWriting.ts have. */
function blanked(code: string): string {
  return code.replaceAll(LITERAL, ({ length }) => " ".repeat(length));
}

function assertRepeatsNothing(written: string, before: string, suffix: string, rest: string): void {
  const lines = written.split("\n").filter((line) => line.trim() !== "");
  const last = lines.at(-1)?.trim() ?? "";
  if (rest.trim() !== "") {
    const start = before.slice(before.lastIndexOf("\n") + 1);
    const doubled = /[()[\]{}"'`]/.test(start + written + rest) ? undefined : rest.trim();
    assert.ok(doubled === undefined || !written.endsWith(doubled), "does not say the rest of the line again");
    return;
  }
  const next = suffix
    .split(/\r?\n/)
    .slice(1)
    .find((line) => line.trim() !== "");
  if (/[()[\]{}]/.test(last) || last === "" || /^[;,:>"'`\s]+$/.test(last)) return;
  assert.notEqual(last, next?.trim(), "does not say the next line again");
}

function isSubsequence(part: string, whole: string): boolean {
  let from = 0;
  for (const character of part) {
    from = whole.indexOf(character, from) + 1;
    if (from === 0) return false;
  }
  return true;
}

/** A quote that is alone on its line opens nothing, except a long one of Python's, which has all that follows. */
const LITERAL = /"""[^]*?(?:"""|$)|(["'`])(?:\\.|(?!\1)[^\\\n])*\1|(?:\/\/|# ).*/g;
