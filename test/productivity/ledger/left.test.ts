import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { leaveBehind, takeUp } from "../../../src/productivity/ledger/left.ts";
import { schemaVersion } from "../../../src/productivity/ledger/schema.ts";
import type { LedgerRecord } from "../../../src/productivity/records.ts";
import { workedRecords } from "../../support/ledgerRecords.ts";
import {
  acceptOf,
  batchOf,
  canonicalList,
  commitOf,
  ledgerFolder,
  NOON_MS,
  openStore,
  recordsIn,
} from "../../support/ledgerRig.ts";

const leftIn = (folder: string): readonly string[] =>
  readdirSync(folder).filter((name) => name.startsWith("ledger-left-"));

test("what a window has left is written by the next one as it was, and once, even if it was on its way", (context) => {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  const records = workedRecords("5e55", NOON_MS, 5, 500);
  const batches = [batchOf(records.slice(0, 300)), batchOf(records.slice(300))];
  store.append(batches[0]!, NOON_MS);
  assert.equal(leaveBehind(folder, "5e55", batches), true);
  const [name, ...others] = leftIn(folder);
  assert.ok(name !== undefined && others.length === 0);
  const text = readFileSync(join(folder, name));
  const gaps: unknown[] = [];
  takeUp(folder, store, NOON_MS, (lost) => gaps.push(lost));
  assert.deepEqual(leftIn(folder), []);
  // Two windows at once.
  writeFileSync(join(folder, name), text);
  takeUp(folder, store, NOON_MS, (lost) => gaps.push(lost));
  assert.ok(canonicalList(recordsIn(folder)) === canonicalList(records));
  assert.deepEqual(gaps, []);
});

test("nothing that waits, nothing is left; and where nothing can be left it is said", (context) => {
  const folder = ledgerFolder(context);
  assert.equal(leaveBehind(folder, "5e55", []), true);
  assert.deepEqual(readdirSync(folder), []);
  rmSync(folder, { recursive: true });
  assert.equal(leaveBehind(folder, "5e55", [batchOf([commitOf(1)])]), false);
  writeFileSync(folder, "in the way");
  assert.equal(leaveBehind(folder, "5e55", [batchOf([commitOf(1)])]), false);
});

test("what was left before everything was deleted is not written afterwards", (context) => {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  leaveBehind(folder, "5e55", [batchOf([commitOf(NOON_MS), commitOf(NOON_MS + 5)])]);
  store.deleteAll(NOON_MS + 1);
  takeUp(folder, store, NOON_MS, () => assert.fail("nothing is missing"));
  assert.deepEqual(recordsIn(folder), [commitOf(NOON_MS + 5)]);
});

test("what a window has left that can't be read at all keeps nothing else from being written, and is told once", (context) => {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  mkdirSync(join(folder, "ledger-left-0.jsonl", "inside"), { recursive: true });
  leaveBehind(folder, "5e55", [batchOf([commitOf(1)])]);
  const gaps: unknown[] = [];
  for (const _ of [1, 2]) takeUp(folder, store, NOON_MS, (lost) => gaps.push(lost));
  assert.deepEqual(gaps, [undefined]);
  assert.deepEqual(recordsIn(folder), [commitOf(1)]);
});

test("an accept that a window has stopped following before it ended is followed by nobody afterwards", (context) => {
  const folder = ledgerFolder(context);
  const one = openStore(context, folder, "one");
  const pending = { accept: "a:1", file: "f", dueMs: 5, value: "{}" };
  one.append(batchOf([], { writer: "one", pending: [{ kind: "put", pending, sinceMs: 1 }] }), NOON_MS);
  leaveBehind(folder, "one", [batchOf([], { writer: "one", pending: [{ kind: "remove", accept: "a:1" }] })]);
  const other = openStore(context, folder, "other");
  takeUp(folder, other, NOON_MS, () => assert.fail("nothing is missing"));
  assert.deepEqual(other.claims.ofFile("f", 10, NOON_MS), []);
});

test("what a later version has left waits for it", (context) => {
  const folder = ledgerFolder(context);
  const file = join(folder, "ledger-left-1.jsonl");
  writeFileSync(file, `${JSON.stringify({ schema: schemaVersion + 1, session: "5e55" })}\n"an invention"\n`);
  takeUp(folder, openStore(context, folder), NOON_MS, () => assert.fail("nothing is missing"));
  assert.equal(existsSync(file), true);
});

test("what can't be read of it is told as missing, and the rest is written", (context) => {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  const gaps: (number | undefined)[] = [];
  writeFileSync(join(folder, "ledger-left-1.jsonl"), "My diary.\n");
  const head = JSON.stringify({ schema: schemaVersion, session: "5e55" });
  const whole = JSON.stringify(batchOf([acceptOf("a:1")]));
  const wrong = { ...batchOf([]), pending: [{ kind: "put", pending: null, sinceMs: 1 }] };
  writeFileSync(join(folder, "ledger-left-2.jsonl"), [head, whole, JSON.stringify(wrong), '{"writer":'].join("\n"));
  // JSON makes null of it.
  const unfit = { ...acceptOf("a:2"), chars: Number.NaN } satisfies LedgerRecord;
  leaveBehind(folder, "5e56", [batchOf([unfit, commitOf(1)])]);
  takeUp(folder, store, NOON_MS, (lost) => gaps.push(lost));
  assert.deepEqual(gaps.map(String).toSorted(), ["1", "undefined", "undefined"]);
  assert.deepEqual(canonicalList(recordsIn(folder)), canonicalList([acceptOf("a:1"), commitOf(1)]));
  assert.deepEqual(leftIn(folder), []);
});
