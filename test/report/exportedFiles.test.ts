/** What was exported as JSON Lines is one ledger: with a file left out, twice or of another day its numbers would be other ones. */

import assert from "node:assert/strict";
import { appendFileSync, copyFileSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { exportLedger } from "../../src/productivity/ledger/exporting.ts";
import { UnreadableLedger, withLedger } from "../../src/report/ledgerFiles.ts";
import { troubleWords } from "../../src/report/troubleWords.ts";
import { batchOf, commitOf, ledgerFolder, NOON_MS, openStore } from "../support/ledgerRig.ts";
import { experimentRecords } from "../support/experimentRecords.ts";
import { english } from "../support/reports.ts";

const records = experimentRecords({ effect: 3, strata: 6 });

/** Its files, by name. */
function exported(context: TestContext, more: readonly ReturnType<typeof commitOf>[] = []): Map<string, string> {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  store.append(batchOf([...records, ...more]), NOON_MS);
  const target = join(folder, "exported");
  mkdirSync(target);
  exportLedger(store.database, { folder: target, format: "jsonl", nowMs: NOON_MS });
  return new Map(readdirSync(target).map((name) => [name, join(target, name)]));
}

/** What the command line says to these files; how many edits there are where it reads them. */
function read(files: Iterable<string>): number | string {
  try {
    return withLedger([...files], (database) =>
      Number(database.prepare("SELECT count(*) AS count FROM edit").get()?.["count"]),
    );
  } catch (error) {
    assert.ok(error instanceof UnreadableLedger, String(error));
    return troubleWords(english, error.trouble);
  }
}

test("all the files of an export are read, whatever they are called now", (context) => {
  const files = exported(context);
  const edits = records.filter(({ kind }) => kind === "edit").length;
  assert.equal(read(files.values()), edits);
  const manifest = files.get("pairwise-ledger-manifest.jsonl") ?? "";
  const renamed = `${manifest}.of-june.jsonl`;
  copyFileSync(manifest, renamed);
  assert.equal(read([...files.values()].map((file) => (file === manifest ? renamed : file))), edits);
});

test("a file that is left out is named, instead of a verdict without it", (context) => {
  const files = exported(context);
  files.delete("pairwise-ledger-edit.jsonl");
  assert.match(String(read(files.values())), /^Left out of the export: pairwise-ledger-edit\.jsonl\./);
});

test("without the file that says which belong together nothing is read", (context) => {
  const files = exported(context);
  files.delete("pairwise-ledger-manifest.jsonl");
  assert.match(String(read(files.values())), /^pairwise-ledger-manifest\.jsonl of the same export is missing/);
});

test("a copy of a file under another name is named, instead of counted twice", (context) => {
  const files = exported(context);
  const edit = files.get("pairwise-ledger-edit.jsonl") ?? "";
  const copy = `${edit}.copy.jsonl`;
  copyFileSync(edit, copy);
  assert.match(String(read([...files.values(), copy])), /copy\.jsonl has the same in it as another of the files/);
});

test("files of another export, and one that was changed, are named", (context) => {
  const files = exported(context);
  const other = exported(context, [commitOf(NOON_MS)]);
  assert.match(String(read([...files.values(), ...other.values()])), /is of another export/);
  const commit = other.get("pairwise-ledger-commit.jsonl") ?? "";
  assert.match(String(read([...files.values(), commit])), /commit\.jsonl is not of the same export/);
  const edit = files.get("pairwise-ledger-edit.jsonl") ?? "";
  appendFileSync(edit, "\n");
  assert.match(String(read(files.values())), /edit\.jsonl is not of the same export as the others, or was changed/);
});
