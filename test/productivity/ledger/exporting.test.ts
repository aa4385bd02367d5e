import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { csvLine } from "../../../src/productivity/ledger/csv.ts";
import { exportLedger } from "../../../src/productivity/ledger/exporting.ts";
import { MANIFEST_FILE } from "../../../src/productivity/ledger/exportManifest.ts";
import type { LedgerRecord } from "../../../src/productivity/records.ts";
import { workedRecords } from "../../support/ledgerRecords.ts";
import {
  canonicalList,
  acceptOf,
  batchOf,
  commitOf,
  ledgerFolder,
  NOON_MS,
  openStore,
  startLedger,
} from "../../support/ledgerRig.ts";

test("a line of CSV is as RFC 4180 has it, and no spreadsheet runs what is in it", () => {
  assert.equal(
    csvLine(["a", 'b"c', "d,e", "f\ng", 1.5, -2, undefined, true]),
    'a,"b""c","d,e","f\ng",1.5,-2,,true\r\n',
  );
  // Full width, as Chinese and Japanese input methods write them.
  assert.equal(csvLine(["＝1+1", "＋1", "－1", "＠SUM(A1)", "甲＝乙"]), "'＝1+1,'＋1,'－1,'＠SUM(A1),甲＝乙\r\n");
  assert.equal(csvLine(["=1+1", "+1", "-1", "@SUM(A1)", "\tx"]), "'=1+1,'+1,'-1,'@SUM(A1),'\tx\r\n");
});

test("exported as JSON Lines every record is there as it was written, with a time that people read", (context) => {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  const given = workedRecords("5e55", NOON_MS, 5, 2_000);
  store.append(batchOf(given), NOON_MS);
  const exported = exportLedger(store.database, { folder, format: "jsonl", nowMs: NOON_MS });
  assert.ok(exported.kind === "exported");
  assert.equal(exported.records, 2_000);
  const lines = exported.files
    .filter((file) => file !== MANIFEST_FILE)
    .flatMap((file) => readFileSync(join(folder, file), "utf8").trimEnd().split("\n"));
  const read = lines.map((line) => JSON.parse(line) as LedgerRecord & { at?: string });
  for (const record of read) {
    assert.equal(Date.parse(String(record.at)), record.atMs);
    delete record.at;
  }
  assert.ok(canonicalList(read) === canonicalList(given));
});

test("exported as CSV each kind is a file with a line that names its columns", (context) => {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  const accept = acceptOf("a:1", { model: "=HYPERLINK()" });
  store.append(batchOf([accept, commitOf(NOON_MS)]), NOON_MS);
  const exported = exportLedger(store.database, { folder, format: "csv", nowMs: NOON_MS });
  const files = ["pairwise-ledger-accept.csv", "pairwise-ledger-commit.csv"];
  assert.deepEqual(exported, { kind: "exported", files, records: 2 });
  assert.equal(
    readFileSync(join(folder, "pairwise-ledger-accept.csv"), "utf8"),
    "at,kind,atMs,session,file,project,language,accept,run,part,evidence,chars,lines,carets,afterMs,model\r\n" +
      `2026-06-10T12:00:00.000Z,accept,${NOON_MS},5e551000000000a1,f11e000000000001,9401000000000001,typescript,` +
      "a:1,run-of-a:1,full,command,12,1,1,900,'=HYPERLINK()\r\n",
  );
});

test("where one of the files is there already it is named, left as it is, and none of the others is left", async (context) => {
  const folder = ledgerFolder(context);
  const target = join(folder, "target");
  mkdirSync(target);
  writeFileSync(join(target, "pairwise-ledger-commit.csv"), "mine");
  const { ledger } = startLedger(context, folder);
  ledger.append(acceptOf("a:1"));
  ledger.append(commitOf(NOON_MS));
  const exported = await ledger.exportTo({ folder: target, format: "csv", nowMs: NOON_MS });
  assert.deepEqual(exported, { kind: "failed", file: "pairwise-ledger-commit.csv", code: "EEXIST" });
  assert.deepEqual(readdirSync(target), ["pairwise-ledger-commit.csv"]);
  assert.equal(readFileSync(join(target, "pairwise-ledger-commit.csv"), "utf8"), "mine");
});
