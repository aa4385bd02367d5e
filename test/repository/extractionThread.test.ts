import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { type Extraction, ExtractionThread } from "../../src/repository/extractionThread.ts";

const temporary = mkdtempSync(join(tmpdir(), "pairwise-extraction-"));
after(() => rmSync(temporary, { recursive: true, force: true }));

/** A thread that dies of one text, and has the others for names. */
function threadThatDies(): ExtractionThread {
  const file = join(temporary, "thread.cjs");
  writeFileSync(
    file,
    `const { parentPort } = require("node:worker_threads");
     parentPort.on("message", ({ id, text, languageId }) => {
       if (text === "deadly") process.exit(1);
       parentPort.postMessage({ id, chunks: [], facts: { languageId, definitions: [], imports: [], identifiers: [[text, 1]] } });
     });`,
  );
  return new ExtractionThread(file, { grammars: temporary });
}

const nameIn = (extraction: Extraction) => (extraction === "ended" ? "ended" : extraction.facts.identifiers[0]?.[0]);

test("a file that the parser dies of has no facts, and costs no other file its own", async () => {
  const thread = threadThatDies();
  const texts = ["one", "deadly", "two", "three"];
  const extracted = await Promise.all(texts.map((text) => thread.extract(text, "typescript")));
  assert.deepEqual(extracted.map(nameIn), ["one", undefined, "two", "three"]);
  assert.equal(nameIn(await thread.extract("later", "typescript")), "later");
  thread.dispose();
});

test("what is asked for when it ends, or afterwards, is not taken for a file with nothing in it", async () => {
  const thread = threadThatDies();
  const asked = thread.extract("one", "python");
  thread.dispose();
  assert.deepEqual([await asked, await thread.extract("two", "python")], ["ended", "ended"]);
});
