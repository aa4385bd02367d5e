import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { SLOT_MS } from "../../../src/productivity/experiment/slots.ts";
import { assignSlot, changeExperiment, startExperiment } from "../../../src/productivity/ledger/experiments.ts";
import { MANIFEST_FILE } from "../../../src/productivity/ledger/exportManifest.ts";
import { exportLedger } from "../../../src/productivity/ledger/exporting.ts";
import { answered } from "../../../src/productivity/ledger/reading.ts";
import type { LedgerRecord } from "../../../src/productivity/records.ts";
import { figuresOf } from "../../../src/report/ledgerFigures.ts";
import { slotAt, startWish } from "../../support/experimentRig.ts";
import { batchOf, ledgerFolder, NOON_MS, openStore } from "../../support/ledgerRig.ts";

const SEED = "5eed".repeat(16);
const placed = { session: "5e551000000000a1", file: "f", project: "p", language: "go" } as const;

const answeredAt = (atMs: number, outcome: "held-back" | "returned" = "held-back"): LedgerRecord => ({
  kind: "response",
  ...placed,
  atMs,
  run: "r:1",
  outcome,
  reason: "",
  afterMs: 100,
  chars: 5,
  lines: 1,
  choices: 1,
  model: "m",
});

/** One whose first half-hour is over and whose second goes on, with something held back and something given in each. */
function running(context: TestContext) {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  startExperiment(store, startWish(), { session: "one", nowMs: NOON_MS - 1 });
  for (const index of [0, 1]) assignSlot(store, slotAt(index), { session: "one", nowMs: slotAt(index).slotMs + 1 });
  const answers = [NOON_MS, NOON_MS + SLOT_MS].flatMap((slotMs) => [
    answeredAt(slotMs + 1_000),
    answeredAt(slotMs + 2_000, "returned"),
  ]);
  store.append(batchOf(answers), NOON_MS);
  const nowMs = NOON_MS + SLOT_MS + 60_000;
  const seen = (seenMs: number): readonly LedgerRecord[] => {
    const task = { role: "reader", folder, session: "s", mostBytes: 1e9, busyMs: 1_000 } as const;
    const ask = { count: 100, kinds: undefined, seenMs };
    const message = answered(task, { kind: "lastEvents", id: 1, ask }, () => 0);
    assert.ok(message.kind === "answer");
    return message.answer as readonly LedgerRecord[];
  };
  return { folder, store, nowMs, seen };
}

const slotsIn = (records: readonly LedgerRecord[]): readonly number[] =>
  records.flatMap((record) => (record.kind === "assign" ? [record.slotMs] : [])).toSorted((a, b) => a - b);

const outcomesIn = (records: readonly LedgerRecord[]): readonly string[] =>
  records.flatMap((record) => (record.kind === "response" ? [record.outcome] : []));

test("where the ledger is shown nothing tells what a half-hour has whose group goes on, nor what later ones will have", (context) => {
  const { nowMs, seen } = running(context);
  const records = seen(nowMs);
  assert.deepEqual(slotsIn(records), []);
  assert.deepEqual(outcomesIn(records), ["returned", "returned"]);
  assert.doesNotMatch(JSON.stringify(records), /5eed/);
  const later = seen(NOON_MS + 2 * SLOT_MS);
  assert.deepEqual(slotsIn(later), [NOON_MS, NOON_MS + SLOT_MS]);
  assert.equal(outcomesIn(later).length, 4);
});

test("what is held back before the half-hour's part is written down is not shown either", (context) => {
  const { store, seen } = running(context);
  const atMs = NOON_MS + 2 * SLOT_MS + 500;
  store.append(batchOf([answeredAt(atMs)]), NOON_MS);
  assert.equal(outcomesIn(seen(atMs + 1_000)).length, 4);
  changeExperiment(store, { kind: "stop", withdrawsConsent: false }, { session: "one", nowMs: atMs + 2_000 });
  assert.equal(outcomesIn(seen(atMs + 3_000)).length, 5);
});

test("an export has the arms of groups that are over, and the seed once the experiment has ended", (context) => {
  const { folder, store, nowMs } = running(context);
  const exported = (name: string, atMs: number): string => {
    const target = join(folder, name);
    mkdirSync(target);
    const result = exportLedger(store.database, { folder: target, format: "jsonl", nowMs: atMs });
    assert.ok(result.kind === "exported");
    const files = result.files.filter((file) => file !== MANIFEST_FILE);
    const texts = files.map((file) => readFileSync(join(target, file), "utf8"));
    assert.equal(texts.join("").trimEnd().split("\n").length, result.records);
    return texts.join("");
  };
  const during = exported("during", nowMs);
  assert.doesNotMatch(during, new RegExp(SEED));
  assert.doesNotMatch(during, /"kind":"assign"|"held-back"/);
  assert.ok(!existsSync(join(folder, "during", "pairwise-ledger-assign.jsonl")));
  assert.equal(exported("over", NOON_MS + 2 * SLOT_MS).match(/"kind":"assign"|"held-back"/g)?.length, 4);
  changeExperiment(store, { kind: "stop", withdrawsConsent: true }, { session: "one", nowMs });
  const after = exported("after", NOON_MS + 2 * SLOT_MS);
  assert.match(after, new RegExp(SEED));
  assert.equal(after.match(/"kind":"assign"/g)?.length, 2);
});

test("the report's tables have the blocks of groups that are over", (context) => {
  const { store, nowMs } = running(context);
  const slots = (atMs: number) => figuresOf(store.database, { nowMs: atMs }, false).blocks.map(({ slotMs }) => slotMs);
  assert.deepEqual([slots(nowMs), slots(NOON_MS + 2 * SLOT_MS)], [[], [NOON_MS, NOON_MS + SLOT_MS]]);
});
