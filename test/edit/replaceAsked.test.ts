import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { outlineReader } from "../../src/context/syntax/fileOutlines.ts";
import { applyBlock, type TargetFile } from "../../src/edit/applyBlock.ts";
import { isOfPlace, replaceAsked } from "../../src/edit/replaceAsked.ts";
import { readWasm } from "../support/grammars.ts";

const readOutline = await outlineReader(readWasm, ["python", "java"], () => performance.now());

/** The file with the block in the place of the selection, where it has no other place. */
function asked(file: string, languageId: string, selected: string, block: string): string | undefined {
  const text = readFileSync(join(import.meta.dirname, "../fixtures/refactor", file), "utf8");
  const from = text.indexOf(selected);
  const target: TargetFile = { text, languageId, path: file, selection: { from, to: from + selected.length } };
  const answer = { language: languageId, text: block };
  const applied = applyBlock(target, answer, readOutline);
  assert.ok(applied.kind === "refused" && isOfPlace(applied.refusal), "it has no place of its own");
  const after = replaceAsked(target, answer, readOutline)?.text;
  return after === undefined
    ? undefined
    : after.replace(text.slice(0, from), "").slice(0, -text.slice(from + selected.length).length);
}

const BRANCH =
  '            if last.value:\n                last = last._replace(value=f"{last.value}\\n{data}")\n            else:\n                last = last._replace(value=data)\n';

test("statements that are selected become those of the answer, with the indentation that they have", () => {
  const after = "value = data\nlast = last._replace(value=value)\n";
  assert.equal(
    asked("_parse.py", "python", BRANCH, after),
    "            value = data\n            last = last._replace(value=value)\n",
  );
});

test("a field without its class is the one that is selected", () => {
  const field = "    static final String[] EMPTY_STRING_ARRAY = {};\n";
  const after = field.replace("{}", "new String[0]");
  assert.equal(asked("Util.java", "java", field, after.trimStart()), after);
});

test("a shorter function of Python at the end of the file is taken where it was asked for", () => {
  const before = "def iscommentline(line: str) -> bool:\n    c = line.lstrip()[:1]\n    return c in COMMENTCHARS\n";
  const after = "def iscommentline(line: str) -> bool:\n    return line.lstrip()[:1] in COMMENTCHARS\n";
  const text = readFileSync(join(import.meta.dirname, "../fixtures/refactor/_parse.py"), "utf8");
  const from = text.indexOf(before);
  const target = { text, languageId: "python", selection: { from, to: from + before.length } };
  const answer = { language: "python", text: after };
  assert.deepEqual(applyBlock(target, answer, readOutline), {
    kind: "refused",
    refusal: { reason: "unclear-end", name: "iscommentline" },
  });
  assert.equal(replaceAsked(target, answer, readOutline)?.text, text.replace(before, after));
});

test("nothing is replaced where all of the file was asked for, or the answer leaves something out", () => {
  const text = "a = 1\nb = 2\n";
  const all = { text, languageId: "python", selection: { from: 0, to: text.length } };
  assert.equal(replaceAsked(all, { language: "python", text: "c = 3\n" }, readOutline), undefined);
  const first = { text, languageId: "python", selection: { from: 0, to: 6 } };
  assert.equal(
    replaceAsked(first, { language: "python", text: "c = 3\n# ... rest of the code\n" }, readOutline),
    undefined,
  );
  assert.equal(replaceAsked(first, { language: "python", text: "c = 3\n" }, readOutline)?.text, "c = 3\nb = 2\n");
  assert.equal(
    replaceAsked({ ...first, selection: { from: 0, to: 0 } }, { language: "python", text: "c\n" }, readOutline),
    undefined,
  );
});
