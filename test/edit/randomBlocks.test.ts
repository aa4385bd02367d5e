import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { outlineReader } from "../../src/context/syntax/fileOutlines.ts";
import { applyBlock } from "../../src/edit/applyBlock.ts";
import { judge } from "../../src/edit/guard.ts";
import { readWasm } from "../support/grammars.ts";
import { type RandomAnswer, randomAnswer, randomFrom } from "../support/randomBlocks.ts";

const readOutline = await outlineReader(readWasm, ["typescript", "javascript"], () => performance.now());

/** Real ones, of several hands. */
const files = ["openai/src", "fast-check/lib", "knip/dist", "@vscode/vsce/out"].flatMap((name) => {
  const folder = join(import.meta.dirname, "../../node_modules", name);
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /(?<!\.min|\.d)\.(?:[cm]?js|ts)$/.test(path))
    .toSorted()
    .map((path) => join(folder, path));
});

function becameOf(file: string, languageId: string, answer: RandomAnswer): "right" | "refused" | "wrong" {
  const applied = applyBlock({ text: file, languageId }, answer, readOutline);
  if (applied.kind === "refused") return "refused";
  const change = { before: file, after: applied.text, languageId, format: applied.format };
  if (judge(change, readOutline).kind === "refused") return "refused";
  return applied.text === answer.intended ? "right" : "wrong";
}

test("what is made of an answer for a real file is what it means, or it is refused", () => {
  const random = randomFrom(1);
  const counts = { right: 0, refused: 0, wrong: 0 };
  for (let tries = 0; counts.right + counts.refused < 150 && tries < 3_000; tries += 1) {
    const path = files[Math.floor(random() * files.length)] ?? "";
    const text = readFileSync(path, "utf8");
    if (text.length > 40_000) continue;
    const languageId = path.endsWith(".ts") ? "typescript" : "javascript";
    const answer = randomAnswer(text, languageId, readOutline, random);
    if (!answer) continue;
    const result = becameOf(text, languageId, answer);
    assert.notEqual(result, "wrong", `${answer.format} of ${path}:\n${answer.text}`);
    counts[result] += 1;
  }
  assert(counts.right > 8 * counts.refused, JSON.stringify(counts));
});
