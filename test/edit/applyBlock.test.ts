import assert from "node:assert/strict";
import { test } from "node:test";
import { outlineReader } from "../../src/context/syntax/fileOutlines.ts";
import { type AnswerBlock, applyBlock, type TargetFile } from "../../src/edit/applyBlock.ts";
import { judge } from "../../src/edit/guard.ts";
import { withHunks } from "../../src/edit/hunks.ts";
import { type EditCase, editCases } from "../support/editCases.ts";
import { readWasm } from "../support/grammars.ts";

const languages = ["typescript", "python", "go", "java", "rust", "csharp", "css", "json", "markdown"];
const readOutline = await outlineReader(readWasm, languages, () => performance.now());

/** What the user gets to see: the new text, or the reason. */
function outcome(file: TargetFile, block: AnswerBlock): { readonly text: string } | { readonly refused: string } {
  const applied = applyBlock(file, block, readOutline);
  if (applied.kind === "refused") return { refused: applied.refusal.reason };
  const verdict = judge(
    { before: file.text, after: applied.text, languageId: file.languageId, format: applied.format },
    readOutline,
  );
  if (verdict.kind === "refused") return { refused: verdict.refusal.reason };
  assert.equal(withHunks(file.text, applied.hunks), applied.text);
  return { text: applied.text };
}

/** The same in files that are written otherwise. */
const variants: Readonly<Record<string, (text: string) => string>> = {
  "": (text) => text,
  " (CRLF)": (text) => text.replaceAll("\n", "\r\n"),
  " (byte order mark)": (text) => `\uFEFF${text}`,
  " (no line break at the end)": (text) => text.replace(/\n$/, ""),
};

function check({ file, path, languageId, block, selected, expected }: EditCase, vary: (text: string) => string): void {
  const text = vary(file);
  const rows = text.split("\n").map((line) => line.length + 1);
  const offset = (row: number): number => rows.slice(0, row).reduce((sum, length) => sum + length, 0);
  const selection = selected && { from: offset(selected.from - 1), to: offset(selected.to) - 1 };
  const found = outcome({ text, languageId, path, ...(selection && { selection }) }, block);
  if ("refused" in expected && expected.refused === "*") assert("refused" in found, JSON.stringify(found));
  else assert.deepEqual(found, "text" in expected ? { text: vary(expected.text) } : expected);
}

for (const language of languages) {
  for (const each of editCases(language)) {
    for (const [variant, vary] of Object.entries(variants)) {
      if (variant !== "" && each.file === "") continue;
      test(`${language}: ${each.name}${variant}`, () => check(each, vary));
    }
  }
}
