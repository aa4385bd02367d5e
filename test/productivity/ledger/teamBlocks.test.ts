import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { analysisOf } from "../../../src/productivity/experiment/analysis.ts";
import { experimentBlocksOf } from "../../../src/productivity/ledger/experimentBlocks.ts";
import { exportLedger } from "../../../src/productivity/ledger/exporting.ts";
import { fileHmac, secretFor } from "../../../src/productivity/ledger/fileHmac.ts";
import { personName } from "../../../src/productivity/ledger/personName.ts";
import { reportModelOf } from "../../../src/productivity/ledger/reportModelOf.ts";
import { type TeamBlocks, teamBlocksOf } from "../../../src/productivity/ledger/teamBlocks.ts";
import type { LedgerRecord } from "../../../src/productivity/records.ts";
import { experimentOf } from "../../../src/productivity/team/personSums.ts";
import { withLedger } from "../../../src/report/ledgerFiles.ts";
import { batchOf, ledgerFolder, NOON_MS, openStore } from "../../support/ledgerRig.ts";
import { experimentRecords } from "../../support/experimentRecords.ts";
import { weeksOfWork } from "../../support/reports.ts";

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
  assert.equal(experimentOf(rows).sums.strata, strata.active120Ms.length);
});

test("nothing of it says whose it is: no HMAC, no session, no time finer than half an hour, a name that is nowhere else", (context) => {
  const records = experimentRecords({ effect: 2, strata: 20 });
  const { database } = storeOf(context, [...records, ...weeksOfWork()]);
  const rows = rowsOf(teamBlocksOf(database, { nowMs }));
  const names = new Set(rows.flatMap(({ person, user }) => [person, user]));
  assert.equal(names.size, 2);
  const known = JSON.stringify(records);
  for (const name of names) {
    assert.match(name, /^[0-9a-f]{16}$/);
    assert.ok(!known.includes(name));
  }
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

test("all experiments of a ledger are handed in, each by its own name and all by the person's", (context) => {
  const first = experimentRecords({ effect: 2, strata: 20 });
  const second = experimentRecords({ effect: 2, strata: 10, name: "e0e0000000000002", seed: "5eef".repeat(16) });
  const { database } = storeOf(context, [...first, ...second]);
  const rows = rowsOf(teamBlocksOf(database, { nowMs }));
  assert.deepEqual(
    [...Map.groupBy(rows, ({ user }) => user).values()].map(({ length }) => length),
    [40, 20],
  );
  const [person = "", ...others] = new Set(rows.map((row) => row.person));
  assert.match(person, /^[0-9a-f]{16}$/);
  assert.deepEqual(others, []);
  // As it was before there was a second one.
  const alone = rowsOf(teamBlocksOf(storeOf(context, first).database, { nowMs }));
  assert.deepEqual([alone[0]?.person, alone[0]?.user], [person, rows[0]?.user]);
});

test("one that was changed is left out, and the others are handed in all the same", (context) => {
  const records = [
    ...experimentRecords({ effect: 2, strata: 20 }),
    ...experimentRecords({ effect: 2, strata: 10, name: "e0e0000000000002", seed: "5eef".repeat(16) }),
  ];
  const { database } = storeOf(context, records);
  database.exec("UPDATE prereg SET seed = replace(seed, '5eef', '5ee0')");
  assert.equal(rowsOf(teamBlocksOf(database, { nowMs })).length, 40);
});

test("the person's name by the installation's secret is the same for each of its ledgers, and in none of them", (context) => {
  const secret = new Uint8Array(32).fill(7);
  const person = personName(secret);
  assert.match(person, /^[0-9a-f]{16}$/);
  for (const records of [experimentRecords({ effect: 2, strata: 20 }), experimentRecords({ effect: 1, strata: 10 })]) {
    const rows = rowsOf(teamBlocksOf(storeOf(context, records).database, { nowMs, person }));
    assert.deepEqual(new Set(rows.map((row) => row.person)), new Set([person]));
  }
  for (const purpose of ["addresses", "lexemes"] as const)
    assert.notEqual(fileHmac(secretFor(secret, purpose))("person"), person);
  assert.notEqual(personName(new Uint8Array(32).fill(8)), person);
});

test("nothing is handed in of an experiment whose plan or seed was changed", (context) => {
  const { database } = storeOf(context, experimentRecords({ effect: 2, strata: 20 }));
  database.exec(`UPDATE prereg SET seed = replace(seed, '5eed', '5eee')`);
  assert.deepEqual(teamBlocksOf(database, { nowMs }), { kind: "none", why: "changed" });
});

test("nothing is handed in, and nothing said, of an experiment for which another seed was laid down later", (context) => {
  const records = experimentRecords({ effect: 2, strata: 20 });
  const other = experimentRecords({ effect: 2, strata: 20, seed: "5eef".repeat(16) });
  const { database } = storeOf(context, [...records, ...other.filter(({ kind }) => kind === "prereg")]);
  assert.deepEqual(teamBlocksOf(database, { nowMs }), { kind: "none", why: "changed" });
  const { verdict } = reportModelOf(database, { nowMs }, () => 0);
  assert.deepEqual(verdict, { kind: "void", why: "changed" });
});

test("one that was begun earlier is not taken for the last one where something was laid down for it anew", (context) => {
  const first = experimentRecords({ effect: 2, strata: 20 });
  const last = experimentRecords({ effect: 2, strata: 10, name: "e0e0000000000002", seed: "5eef".repeat(16) });
  const { database } = storeOf(context, [...first, ...last, ...first.filter(({ kind }) => kind === "prereg")]);
  assert.equal(experimentBlocksOf(database, { experiment: undefined, nowMs })?.blocks.length, 20);
  // The same once more changes nothing.
  assert.equal(rowsOf(teamBlocksOf(database, { nowMs })).length, 60);
});

test("nothing is handed in, and nothing said, of an experiment of which half-hours were deleted", (context) => {
  const { database } = storeOf(context, experimentRecords({ effect: 1.4, strata: 20 }));
  const said = () => reportModelOf(database, { nowMs }, () => 0);
  assert.equal(said().verdict.kind, "measured");
  database.exec("DELETE FROM assign WHERE position = 0 AND stratum IN (3, 7, 11)");
  assert.deepEqual(said().verdict, { kind: "void", why: "missing", missing: 3 });
  assert.ok(said().ladder.rows.every(({ verdict }) => verdict === "not-known"));
  assert.deepEqual(teamBlocksOf(database, { nowMs }), { kind: "none", why: "missing" });
});

test("two half-hours that have changed places make an experiment void", (context) => {
  const { database } = storeOf(context, experimentRecords({ effect: 1.4, strata: 20 }));
  const [one, other] = database.prepare("SELECT id, slotMs FROM assign WHERE stratum = 3 ORDER BY position").all();
  database.exec(`UPDATE assign SET slotMs = 1 WHERE id = ${Number(one?.["id"])}`);
  database.exec(`UPDATE assign SET slotMs = ${Number(one?.["slotMs"])} WHERE id = ${Number(other?.["id"])}`);
  database.exec(`UPDATE assign SET slotMs = ${Number(other?.["slotMs"])} WHERE id = ${Number(one?.["id"])}`);
  assert.deepEqual(teamBlocksOf(database, { nowMs }), { kind: "none", why: "changed" });
});

test("files that were exported while the experiment went on are not said to have been changed: their seed is not in them", (context) => {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  store.append(batchOf(experimentRecords({ effect: 2, strata: 20 })), NOON_MS);
  const why = (database: typeof store.database) => {
    const found = teamBlocksOf(database, { nowMs });
    return found.kind === "none" ? found.why : found.kind;
  };
  const read = (target: string) => {
    mkdirSync(join(folder, target));
    const exported = exportLedger(store.database, { folder: join(folder, target), format: "jsonl", nowMs });
    assert.ok(exported.kind === "exported");
    const files = exported.files.map((file) => join(folder, target, file));
    return withLedger(files, why);
  };
  assert.equal(read("running"), "seed-hidden");
  assert.equal(why(store.database), "rows");
  const stamped = { session: "5e55100000000000", atMs: NOON_MS, experiment: "e0e0000000000001" };
  store.append(batchOf([{ ...stamped, kind: "experiment", what: "stopped" }]), NOON_MS);
  assert.equal(read("ended"), "rows");
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
