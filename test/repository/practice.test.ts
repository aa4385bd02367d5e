import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import type { CaretQuery } from "../../src/context/index/query.ts";
import { Practice } from "../../src/repository/practice.ts";

const root = mkdtempSync(join(tmpdir(), "pairwise-practice-"));
after(() => rmSync(root, { recursive: true, force: true }));
const texts = { "a.ts": "const one = 1;", "b.py": "two = 2" };
for (const [path, text] of Object.entries(texts)) writeFileSync(join(root, path), text);

function practice() {
  const asked: CaretQuery[] = [];
  const prepared: number[] = [];
  const indexer = {
    paths: () => [...Object.keys(texts), "gone.ts"],
    query: (query: CaretQuery) => {
      asked.push(query);
      return [];
    },
    graph: { prepareWords: (most: number) => prepared.push(most) < 3 },
  };
  return { asked, prepared, practice: new Practice({ root, mostBytes: 1_000 }, indexer) };
}

test("before anybody asks, the index is asked in the middle of files that are there, and finds the words of all names", async () => {
  const { asked, prepared, practice: practised } = practice();
  await practised.run(new AbortController().signal);
  assert.deepEqual(
    asked.map(({ path, languageId, before, after }) => [path, languageId, before, after]),
    [
      ["a.ts", "typescript", "const o", "ne = 1;"],
      ["b.py", "python", "two", " = 2"],
    ],
  );
  assert.equal(prepared.length, 3);
});

test("while something real is asked nothing is practised, and at the end of the index nothing goes on", async () => {
  const { asked, prepared, practice: practised } = practice();
  const ending = new AbortController();
  practised.hold();
  const over = practised.run(ending.signal);
  for (let turn = 0; turn < 20; turn += 1) await setImmediate();
  assert.deepEqual([asked.length, prepared.length], [0, 0]);
  ending.abort();
  await over;
  assert.deepEqual([asked.length, prepared.length], [0, 0]);
});
