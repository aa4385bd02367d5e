import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { analysisOf } from "../../../src/productivity/experiment/analysis.ts";
import { experimentBlocksOf } from "../../../src/productivity/ledger/experimentBlocks.ts";
import { type TeamBlocks, teamBlocksOf } from "../../../src/productivity/ledger/teamBlocks.ts";
import type { LedgerRecord } from "../../../src/productivity/records.ts";
import { personOf } from "../../../src/productivity/team/personSums.ts";
import { batchOf, ledgerFolder, NOON_MS, openStore } from "../../support/ledgerRig.ts";
import { experimentRecords, weeksOfWork } from "../../support/reports.ts";

function storeOf(context: TestContext, records: readonly LedgerRecord[]) {
  const store = openStore(context, ledgerFolder(context));
  store.append(batchOf(records), NOON_MS);
  return store;
}

function rowsOf(found: TeamBlocks) {
  assert.equal(found.kind, "rows");
  return found.kind === "rows" ? found.rows : [];
}

const nowMs = NOON_MS;

test("what is handed in has the blocks of the experiment, and its sums are those of the person's own report", (context) => {
  const { database } = storeOf(context, experimentRecords({ effect: 2, strata: 20 }));
  const rows = rowsOf(teamBlocksOf(database, { nowMs }));
  const own = experimentBlocksOf(database, { experiment: undefined, nowMs });
  assert.ok(own);
  const { strata } = analysisOf({ blocks: own.blocks, k: 2, status: own.state.status, nowMs });
  assert.ok(strata.active120Ms.length >= 19);
  assert.equal(personOf(rows).sums.strata, strata.active120Ms.length);
});

test("nothing of it says whose it is: no HMAC, no session, no time finer than half an hour, a name that is nowhere else", (context) => {
  const records = experimentRecords({ effect: 2, strata: 20 });
  const { database } = storeOf(context, [...records, ...weeksOfWork()]);
  const rows = rowsOf(teamBlocksOf(database, { nowMs }));
  const users = new Set(rows.map(({ user }) => user));
  assert.equal(users.size, 1);
  const [user = ""] = users;
  const known = JSON.stringify(records);
  assert.match(user, /^[0-9a-f]{16}$/);
  assert.ok(!known.includes(user));
  const handedIn = JSON.stringify(rows);
  for (const [hex] of known.matchAll(/[0-9a-f]{16,}/g)) assert.ok(!handedIn.includes(hex), hex);
  assert.ok(rows.every(({ slotMs }) => slotMs % 1_800_000 === 0));
  // No number is a time but those of half-hours, and that of the export.
  assert.ok(rows.every(({ exportedMs }) => exportedMs === Math.floor(nowMs / 1_000) * 1_000));
  for (const [number] of handedIn.replaceAll(/"exportedMs":\d+/g, "").matchAll(/\d{12,}(?=[,}])/g))
    assert.equal(Number(number) % 1_800_000, 0, number);
});

test("the name is the same at each export of an experiment, so that rows that are handed in again count once", (context) => {
  const records = experimentRecords({ effect: 2, strata: 20 });
  const { database } = storeOf(context, records);
  const [first] = rowsOf(teamBlocksOf(database, { nowMs }));
  const [later] = rowsOf(teamBlocksOf(database, { nowMs: nowMs + 1_000 }));
  assert.equal(later?.user, first?.user);
  assert.equal((later?.exportedMs ?? 0) - (first?.exportedMs ?? 0), 1_000);
});

test("nothing is handed in of an experiment whose plan or seed was changed", (context) => {
  const { database } = storeOf(context, experimentRecords({ effect: 2, strata: 20 }));
  database.exec(`UPDATE prereg SET seed = replace(seed, '5eed', '5eee')`);
  assert.deepEqual(teamBlocksOf(database, { nowMs }), { kind: "none", why: "changed" });
});

test("without an experiment, or before a group of half-hours has ended, there is nothing to hand in", (context) => {
  assert.deepEqual(teamBlocksOf(storeOf(context, weeksOfWork()).database, { nowMs }), {
    kind: "none",
    why: "no-experiment",
  });
  const begun = storeOf(context, experimentRecords({ effect: 2, strata: 0 }));
  assert.deepEqual(teamBlocksOf(begun.database, { nowMs }), { kind: "none", why: "no-blocks" });
});

test("a group that goes on is not handed in, since when somebody exports would choose what is compared", (context) => {
  const records = experimentRecords({ effect: 2, strata: 20 });
  const { database } = storeOf(context, records);
  const slots = records.flatMap((record) => (record.kind === "assign" ? [record.slotMs] : []));
  const last = Math.max(...slots);
  // In the last half-hour of the last group.
  const rows = rowsOf(teamBlocksOf(database, { nowMs: last + 600_000 }));
  assert.equal(Math.max(...rows.map(({ stratum }) => stratum)), 18);
});
