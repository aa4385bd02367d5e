import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test, type TestContext } from "node:test";
import type { LedgerClock } from "../../../src/productivity/ledger/clock.ts";
import { leaveBehind } from "../../../src/productivity/ledger/left.ts";
import { MOST_WAITING } from "../../../src/productivity/ledger/outbox.ts";
import { ledgerFileName } from "../../../src/productivity/ledger/fileName.ts";
import { schemaVersion } from "../../../src/productivity/ledger/schema.ts";
import type { LedgerRecord } from "../../../src/productivity/records.ts";
import { workedRecords } from "../../support/ledgerRecords.ts";
import {
  acceptOf,
  batchOf,
  bytesIn,
  canonicalList,
  commitOf,
  ledgerFolder,
  NOON_MS,
  openStore,
  recordsIn,
  shownOf,
  startLedger,
  survivalOf,
} from "../../support/ledgerRig.ts";

/** Real time, of which a test can have a part pass at once. */
function handClock(): LedgerClock & { fire(ms: number): void } {
  const waiting = new Map<() => void, number>();
  return {
    nowMs: () => NOON_MS,
    after: (ms, task) => {
      waiting.set(task, ms);
      return () => void waiting.delete(task);
    },
    /** All that waits for so long, and no longer. */
    fire(ms) {
      for (const [task, each] of Array.from(waiting)) {
        if (each !== ms) continue;
        waiting.delete(task);
        task();
      }
    },
  };
}

async function until(isSo: () => boolean): Promise<void> {
  const startMs = performance.now();
  while (!isSo()) {
    if (performance.now() - startMs > 10_000) throw new Error("It has not come to it.");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const gapsOf = (records: readonly LedgerRecord[]) =>
  records.flatMap((record) => (record.kind === "gap" ? [[record.reason, record.lost]] : []));

test("what was given is in the file once it says so, and is shown raw with the newest first", async (context) => {
  const folder = ledgerFolder(context);
  const { ledger, states } = startLedger(context, folder);
  const records = workedRecords("5e55", NOON_MS, 3, 3_000);
  for (const record of records) ledger.append(record);
  assert.equal(await ledger.flush(), true);
  assert.ok(canonicalList(recordsIn(folder)) === canonicalList(records));
  assert.deepEqual(states, [{ kind: "counting" }]);
  const last = await ledger.lastEvents(2, ["opportunity"]);
  const opportunities = records.filter(({ kind }) => kind === "opportunity").toSorted((a, b) => b.atMs - a.atMs);
  assert.deepEqual(last, opportunities.slice(0, 2));
});

test("a report that nobody waits for any more ends, and nothing that is asked beside it", async (context) => {
  const { ledger } = startLedger(context, ledgerFolder(context));
  for (const record of workedRecords("5e55", NOON_MS, 3, 3_000)) ledger.append(record);
  assert.equal(await ledger.flush(), true);
  // The thread that reads has to start: that takes longer.
  const asked = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
  const stopped = ledger.reportModel({ nowMs: NOON_MS });
  await asked();
  ledger.stopReports();
  assert.deepEqual(await stopped, { reason: "ended", detail: "stopped" });
  const beside = [ledger.reportModel({ nowMs: NOON_MS }), ledger.lastEvents(1)] as const;
  await asked();
  ledger.stopReports();
  const [model, events] = await Promise.all(beside);
  assert.ok("verdict" in model && "length" in events && events.length === 1);
});

test("a record waits for a second, an accept is written at once with all before it", async (context) => {
  const folder = ledgerFolder(context);
  const clock = handClock();
  const { ledger, states } = startLedger(context, folder, { clock });
  await until(() => states.length > 0);
  ledger.append(commitOf(1));
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(recordsIn(folder), []);
  clock.fire(1_000);
  await until(() => recordsIn(folder).length === 1);
  ledger.append(commitOf(2));
  ledger.append(acceptOf("a:1"));
  await until(() => recordsIn(folder).length === 3);
});

test("closing writes what waits", async (context) => {
  const folder = ledgerFolder(context);
  const { ledger } = startLedger(context, folder);
  ledger.append(commitOf(1));
  assert.equal(await ledger.close(5_000), true);
  assert.deepEqual(recordsIn(folder), [commitOf(1)]);
});

test("switched off and on again in the same window, it goes on counting", async (context) => {
  const folder = ledgerFolder(context);
  for (const atMs of [1, 2, 3]) {
    const { ledger } = startLedger(context, folder);
    ledger.append(commitOf(atMs));
    assert.equal(await ledger.close(5_000), true);
  }
  assert.deepEqual(recordsIn(folder), [commitOf(1), commitOf(2), commitOf(3)]);
});

test("an accept that is followed beyond the window's end is handed to the next window, with what was said of it last", async (context) => {
  const folder = ledgerFolder(context);
  const first = startLedger(context, folder, { session: "a" }).ledger;
  for (const value of ["1", "2"]) first.putPending({ accept: "a:1", file: "f", dueMs: 5, value });
  first.putPending({ accept: "a:2", file: "f", dueMs: 5, value: "3" });
  first.removePending("a:2");
  assert.equal(await first.flush(), true);
  const second = startLedger(context, folder, { session: "b" }).ledger;
  assert.deepEqual(await second.claimFile("f"), [], "the first window follows it");
  await first.close(5_000);
  assert.deepEqual(await second.claimDue(5), [{ accept: "a:1", file: "f", dueMs: 5, value: "2" }]);
});

test("an accept that a window has only looked at is followed by whichever window opens its file", async (context) => {
  const folder = ledgerFolder(context);
  const gone = startLedger(context, folder, { session: "a" }).ledger;
  gone.putPending({ accept: "a:1", file: "f", dueMs: 5, value: "1" });
  await gone.close(5_000);
  const looking = startLedger(context, folder, { session: "b" }).ledger;
  const [due] = await looking.claimDue(5);
  assert.ok(due);
  const opening = startLedger(context, folder, { session: "c" }).ledger;
  assert.deepEqual(await opening.claimFile("f"), [], "while it is looked at it is nobody else's");
  looking.leavePending({ ...due, dueMs: 9, value: "2" });
  assert.equal(await looking.flush(), true);
  assert.deepEqual(await opening.claimFile("f"), [{ accept: "a:1", file: "f", dueMs: 9, value: "2" }]);
  assert.deepEqual(await looking.claimFile("f"), []);
});

test("the file has grown as large as it may be: counting stops with that reason, goes on when there is room, and nothing is lost", async (context) => {
  const folder = ledgerFolder(context);
  const clock = handClock();
  const { ledger, states, other } = await filled(context, folder, clock);
  const records = workedRecords("5e55", NOON_MS, 3, 9_000);
  for (const record of records) ledger.append(record);
  assert.equal(await ledger.flush(), false);
  assert.deepEqual(states.at(-1), { kind: "stopped", reason: "full", detail: "SQLite 13", sinceMs: NOON_MS });
  assert.ok(recordsIn(folder).length < 30_000 + 9_000);
  // Somebody makes room.
  other.prepare('DELETE FROM "commit" WHERE atMs < ?').run(NOON_MS);
  clock.fire(60_000);
  await until(() => states.at(-1)?.kind === "counting");
  assert.equal(await ledger.flush(), true);
  assert.equal(recordsIn(folder).length, 9_000);
});

test("a file that stays full is tried once a minute and not again and again, and is told once", async (context) => {
  const folder = ledgerFolder(context);
  const clock = handClock();
  const { ledger, states } = await filled(context, folder, clock);
  for (const record of workedRecords("5e55", NOON_MS, 3, 9_000)) ledger.append(record);
  assert.equal(await ledger.flush(), false);
  const told = states.length;
  assert.equal(states.at(-1)?.kind, "stopped");
  for (const _ of [1, 2]) {
    clock.fire(60_000);
    // Behind what has been sent, and what would be sent for its sake.
    for (let asked = 0; asked < 4; asked += 1) await ledger.today();
    assert.deepEqual(states.slice(told), []);
  }
});

test("a file that is full of what is old has room again as soon as less is to be kept, or all of it is deleted", async (context) => {
  for (const makesRoom of ["keeping less", "deleting"]) {
    const folder = ledgerFolder(context);
    const clock = handClock();
    const oldMs = Date.now() - 100 * 86_400_000;
    const { ledger, states } = await filled(context, folder, clock, oldMs);
    const records = Array.from({ length: 9_000 }, (_, index) => acceptOf(`a:${index}`, { atMs: Date.now() - index }));
    for (const record of records) ledger.append(record);
    assert.equal(await ledger.flush(), false);
    assert.equal(ledger.state.kind === "stopped" && ledger.state.reason, "full");
    if (makesRoom === "deleting") assert.equal(await ledger.deleteAll(), true);
    else {
      ledger.keepFor(30);
      await until(() => recordsIn(folder, ["commit"]).length === 0);
    }
    const more = acceptOf("b:1", { atMs: Date.now() + 1_000 });
    ledger.append(more);
    clock.fire(60_000);
    await until(() => states.at(-1)?.kind === "counting");
    assert.equal(await ledger.flush(), true);
    assert.equal(recordsIn(folder).length, makesRoom === "deleting" ? 1 : 9_001);
  }
});

/** A ledger with room for some thousand records more, and 30,000 old ones that another connection can remove. */
async function filled(context: TestContext, folder: string, clock: LedgerClock, untilMs = NOON_MS) {
  const store = openStore(context, folder);
  store.append(batchOf(Array.from({ length: 30_000 }, (_, index) => commitOf(untilMs - 30_000 + index))), NOON_MS);
  store.close();
  const other = new DatabaseSync(join(folder, ledgerFileName));
  context.after(() => other.close());
  const mostBytes = Number(other.prepare("PRAGMA page_count").get()?.["page_count"]) * 4_096 + 400_000;
  const running = startLedger(context, folder, { clock, mostBytes });
  await until(() => running.states.length > 0);
  return { ...running, other };
}

test("while another program holds the file for long counting stops as locked, and all of it is written afterwards", async (context) => {
  const folder = ledgerFolder(context);
  const clock = handClock();
  const { ledger, states } = startLedger(context, folder, { clock, busyMs: 50 });
  await until(() => states.length > 0);
  const other = new DatabaseSync(join(folder, ledgerFileName));
  context.after(() => other.close());
  other.exec("BEGIN IMMEDIATE");
  ledger.append(commitOf(1));
  assert.equal(await ledger.flush(), false);
  assert.equal(ledger.state.kind === "stopped" && ledger.state.reason, "locked");
  // It can be opened all the while, yet not written: it is told once, and tried again once a minute.
  const told = states.length;
  clock.fire(60_000);
  for (let asked = 0; asked < 4; asked += 1) await ledger.today();
  assert.deepEqual(states.slice(told), []);
  other.exec("ROLLBACK");
  clock.fire(60_000);
  await until(() => ledger.state.kind === "counting");
  assert.equal(await ledger.flush(), true);
  assert.deepEqual(recordsIn(folder), [commitOf(1)]);
});

test("what there was no room for in memory meanwhile is counted and told as a gap", async (context) => {
  const folder = ledgerFolder(context);
  const clock = handClock();
  writeFileSync(join(folder, "place"), "");
  const place = join(folder, "place");
  const { ledger, states } = startLedger(context, place, { clock });
  await until(() => states.length > 0);
  assert.deepEqual(states, [{ kind: "stopped", reason: "unavailable", detail: "EEXIST", sinceMs: NOON_MS }]);
  for (let index = 1; index <= MOST_WAITING + 1; index += 1) ledger.append(commitOf(index));
  rmSync(place);
  // It is tried again at once, and what there was room for is written; then what there was none for.
  assert.equal(await ledger.flush(), true);
  assert.equal(await ledger.flush(), true);
  assert.equal(ledger.state.kind, "counting");
  const records = recordsIn(place);
  const gap = records.find(({ kind }) => kind === "gap");
  assert.deepEqual(gap, {
    kind: "gap",
    atMs: NOON_MS,
    session: "5e551000000000a1",
    reason: "not-written",
    fromMs: 1,
    toMs: 1_000,
    lost: 1_000,
  });
  assert.equal(records.length - 1, MOST_WAITING + 1 - 1_000);
});

test("a file of a later version: counting stops and says so, also at the next start, and the file stays as it is", async (context) => {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  store.database.exec(`PRAGMA user_version = ${schemaVersion + 1}`);
  store.close();
  for (const times of [1, 2]) {
    const { ledger, states } = startLedger(context, folder);
    await until(() => states.length > 0);
    const [state] = states;
    assert.ok(state?.kind === "stopped" && state.reason === "newer", `${times}`);
    ledger.append(acceptOf("a:1"));
    assert.equal(await ledger.flush(), false);
    assert.equal(await ledger.today(), undefined);
    assert.deepEqual(await ledger.deleteAll(), { reason: "newer", detail: "schema" });
    await ledger.close(1_000);
  }
});

test("a damaged file is told with both names, and the gap is written down in the new one", async (context) => {
  const folder = ledgerFolder(context);
  writeFileSync(join(folder, ledgerFileName), "no database".repeat(1_000));
  const { ledger, notices } = startLedger(context, folder);
  ledger.append(commitOf(1));
  assert.equal(await ledger.flush(), true);
  const [notice] = notices;
  assert.ok(notice?.kind === "moved-aside");
  assert.equal(notice.file, ledgerFileName);
  assert.ok(readdirSync(folder).includes(notice.movedTo));
  assert.deepEqual(gapsOf(recordsIn(folder)), [["damaged", undefined]]);
});

test("a file that is damaged while it is written to is moved aside then, and what was to be written is in the new one", async (context) => {
  const folder = ledgerFolder(context);
  const file = join(folder, ledgerFileName);
  const { ledger, notices } = startLedger(context, folder);
  const records = workedRecords("5e55", NOON_MS, 3, 20_000);
  for (const record of records) ledger.append(record);
  assert.equal(await ledger.flush(), true);
  const other = new DatabaseSync(file);
  other.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  other.close();
  // All of its pages but the first: there is no telling which of them are still in memory.
  truncateSync(file, 4_096);
  const more = workedRecords("5e56", NOON_MS, 4, 5_000);
  for (const record of more) ledger.append(record);
  assert.equal(await ledger.flush(), true);
  assert.deepEqual(
    notices.map(({ kind }) => kind),
    ["moved-aside"],
  );
  const written = recordsIn(folder);
  assert.deepEqual(gapsOf(written), [["damaged", undefined]]);
  assert.ok(written.length > 4_000, `${written.length}`);
});

test(
  "a file that was removed while it was open is told, and counting goes on in a new one",
  { skip: process.platform === "win32" },
  async (context) => {
    const folder = ledgerFolder(context);
    const { ledger, notices } = startLedger(context, folder);
    ledger.append(commitOf(1));
    await ledger.flush();
    rmSync(folder, { recursive: true });
    ledger.append(commitOf(2));
    assert.equal(await ledger.flush(), true);
    assert.deepEqual(notices, [{ kind: "removed" }]);
    assert.deepEqual(gapsOf(recordsIn(folder)), [["removed", undefined]]);
    assert.deepEqual(recordsIn(folder, ["commit"]), [commitOf(2)]);
  },
);

test("another ledger in its place is taken as it is", { skip: process.platform === "win32" }, async (context) => {
  const [folder, backup] = [ledgerFolder(context), ledgerFolder(context)];
  const saved = startLedger(context, backup).ledger;
  saved.append(commitOf(1));
  await saved.close(5_000);
  const { ledger, notices } = startLedger(context, folder);
  ledger.append(commitOf(2));
  await ledger.flush();
  renameSync(join(backup, ledgerFileName), join(folder, ledgerFileName));
  for (const ending of ["-wal", "-shm"]) rmSync(join(folder, `${ledgerFileName}${ending}`), { force: true });
  ledger.append(commitOf(3));
  assert.equal(await ledger.flush(), true);
  assert.deepEqual(notices, [{ kind: "removed" }]);
  assert.deepEqual(recordsIn(folder, ["commit"]), [commitOf(1), commitOf(3)]);
});

test("a thread that ends is started again, and what it had not said it had written is there once", async (context) => {
  const folder = ledgerFolder(context);
  const workerFile = join(folder, "worker.mjs");
  const real = join(import.meta.dirname, "../../../src/extension/ledgerWorker.ts");
  // Writes the first batch, and ends before it says so.
  writeFileSync(
    workerFile,
    `import { parentPort } from "node:worker_threads";
    import { existsSync, writeFileSync } from "node:fs";
    const mark = ${JSON.stringify(join(folder, "ended"))};
    const post = parentPort.postMessage.bind(parentPort);
    parentPort.postMessage = (message) => {
      if (message.kind !== "appended" || existsSync(mark)) return post(message);
      writeFileSync(mark, "");
      process.exit(1);
    };
    await import(${JSON.stringify(real)});`,
  );
  const { ledger, states } = startLedger(context, folder, { workerFile });
  await until(() => states.length > 0);
  ledger.append(commitOf(1));
  assert.equal(await ledger.flush(), true);
  assert.deepEqual(
    states.map(({ kind }) => kind),
    ["counting", "starting", "counting"],
  );
  assert.deepEqual(recordsIn(folder), [commitOf(1)]);
});

test("a thread that always ends is given up for a minute, told, and tried again", async (context) => {
  const folder = ledgerFolder(context);
  const clock = handClock();
  const workerFile = join(folder, "worker.mjs");
  writeFileSync(workerFile, "process.exit(3);");
  const { ledger, states } = startLedger(context, folder, { workerFile, clock });
  ledger.append(commitOf(1));
  await until(() => ledger.state.kind === "stopped");
  assert.deepEqual(states, [{ kind: "stopped", reason: "ended", detail: "exit 3", sinceMs: NOON_MS }]);
  writeFileSync(
    workerFile,
    `await import(${JSON.stringify(join(import.meta.dirname, "../../../src/extension/ledgerWorker.ts"))});`,
  );
  clock.fire(60_000);
  await until(() => ledger.state.kind === "counting");
  assert.equal(await ledger.flush(), true);
  assert.deepEqual(recordsIn(folder), [commitOf(1)]);
});

test("a thread that does not answer any more is told, and keeps neither the window nor its closing", async (context) => {
  const folder = ledgerFolder(context);
  const clock = handClock();
  const workerFile = join(folder, "worker.mjs");
  writeFileSync(
    workerFile,
    `import { parentPort } from "node:worker_threads";
    parentPort.on("message", (message) => { if (message.kind === "append") for (;;); });
    parentPort.postMessage({ kind: "open" });`,
  );
  const { ledger, states } = startLedger(context, folder, { workerFile, clock });
  await until(() => states.length > 0);
  ledger.append(acceptOf("a:1"));
  const flushed = ledger.flush();
  clock.fire(60_000);
  assert.equal(await flushed, false);
  assert.equal(ledger.state.kind === "stopped" && ledger.state.reason, "silent");
  const closed = ledger.close(500);
  clock.fire(500);
  assert.equal(await closed, false);
});

test("today's figures: a run counts once, and one that was undone at once is told apart", async (context) => {
  const folder = ledgerFolder(context);
  const { ledger } = startLedger(context, folder);
  const atMs = Date.now();
  const yesterday = atMs - 2 * 86_400_000;
  for (const run of ["r:1", "r:2", "r:3", "r:4"]) {
    ledger.append(shownOf(run, { atMs, thresholdMs: 300 }));
    ledger.append(shownOf(run, { atMs }));
  }
  ledger.append(shownOf("r:5", { atMs, thresholdMs: 300 }));
  ledger.append(shownOf("r:6", { atMs: yesterday }));
  ledger.append(acceptOf("a:1", { atMs, run: "r:1", part: "word", chars: 3 }));
  ledger.append(acceptOf("a:2", { atMs, run: "r:1", part: "word", chars: 4, carets: 2 }));
  ledger.append(acceptOf("a:3", { atMs, run: "r:2", chars: 50 }));
  ledger.append({ kind: "regret", atMs, session: "s", accept: "a:3", afterMs: 3 });
  // Of the first run one of two words: something of it stays.
  ledger.append({ kind: "regret", atMs, session: "s", accept: "a:1", afterMs: 3 });
  ledger.append(acceptOf("a:4", { atMs: yesterday, run: "r:6" }));
  ledger.append(survivalOf("a:1", { atMs, check: "30s", insertedChars: 3, survivingChars: 3 }));
  ledger.append(survivalOf("a:1", { atMs, check: "10m", insertedChars: 3, survivingChars: 1 }));
  ledger.append(survivalOf("a:2", { atMs, check: "10m", insertedChars: 8, survivingChars: 8 }));
  ledger.append(survivalOf("a:3", { atMs, check: "10m", insertedChars: 50, survivingChars: 0, state: "censored" }));
  ledger.append(survivalOf("a:4", { atMs, check: "10m", insertedChars: 40, survivingChars: 40 }));
  assert.deepEqual(await ledger.today(), {
    shown: 4,
    accepted: 2,
    undone: 1,
    acceptedChars: 8,
    // Neither what was accepted yesterday, nor what nobody could find.
    countedChars: 11,
    survivingChars: 9,
  });
});

test("what was shown before midnight and is accepted behind it counts as shown today", async (context) => {
  const folder = ledgerFolder(context);
  const { ledger } = startLedger(context, folder);
  const atMs = Date.now();
  ledger.append(shownOf("r:1", { atMs: atMs - 2 * 86_400_000 }));
  ledger.append(acceptOf("a:1", { atMs, run: "r:1" }));
  assert.partialDeepStrictEqual(await ledger.today(), { shown: 1, accepted: 1 });
});

test("a file that one window has moved aside is told by the others as that, and missing once", async (context) => {
  const folder = ledgerFolder(context);
  const file = join(folder, ledgerFileName);
  const [one, other] = [
    startLedger(context, folder, { session: "0a" }),
    startLedger(context, folder, { session: "0b" }),
  ];
  for (const { ledger } of [one, other]) {
    for (const record of workedRecords("5e55", NOON_MS, 3, 4_000)) ledger.append(record);
    assert.equal(await ledger.flush(), true);
  }
  const checkpoint = new DatabaseSync(file);
  checkpoint.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  checkpoint.close();
  truncateSync(file, 4_096);
  for (const { ledger } of [one, other]) {
    for (const record of workedRecords("5e56", NOON_MS, 4, 5_000)) ledger.append(record);
    assert.equal(await ledger.flush(), true);
  }
  assert.deepEqual(
    [...one.notices, ...other.notices].map(({ kind }) => kind),
    ["moved-aside", "moved-aside"],
  );
  assert.deepEqual(gapsOf(recordsIn(folder)), [["damaged", undefined]]);
});

test("damage that an export comes upon is told as the ledger's, and the file is moved aside", async (context) => {
  const folder = ledgerFolder(context);
  const target = join(folder, "target");
  mkdirSync(target);
  const file = join(folder, ledgerFileName);
  const { ledger, notices } = startLedger(context, folder);
  for (const record of workedRecords("5e55", NOON_MS, 3, 9_000)) ledger.append(record);
  assert.equal(await ledger.flush(), true);
  const checkpoint = new DatabaseSync(file);
  checkpoint.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  checkpoint.close();
  const bytes = readFileSync(file);
  bytes.fill(0x5a, 200_000);
  writeFileSync(file, bytes);
  const exported = await ledger.exportTo({ folder: target, format: "csv", nowMs: NOON_MS });
  // What is told of it is what has become of it.
  assert.partialDeepStrictEqual(exported, { reason: "moved" });
  assert.deepEqual(readdirSync(target), []);
  await until(() => notices.length > 0);
  assert.equal(notices[0]?.kind, "moved-aside");
});

test("while somebody reads, a copy of what was deleted stays beside the ledger, and goes when that is done", async (context) => {
  const folder = ledgerFolder(context);
  const { ledger } = startLedger(context, folder);
  for (const record of workedRecords("5e551000000000a1", NOON_MS, 3, 2_000)) ledger.append(record);
  assert.equal(await ledger.flush(), true);
  const reading = new DatabaseSync(join(folder, ledgerFileName), { readOnly: true });
  reading.exec("BEGIN");
  reading.prepare("SELECT count(*) FROM accept").get();
  assert.equal(await ledger.deleteAll(), false);
  reading.exec("ROLLBACK");
  reading.close();
  await until(() => !/5e551000000000a1|smollm2/.test(bytesIn(folder)));
});

test("where nothing can be deleted the files beside the ledger are still there, too", async (context) => {
  const folder = ledgerFolder(context);
  const { ledger, states } = startLedger(context, folder, { busyMs: 50 });
  await until(() => states.length > 0);
  writeFileSync(join(folder, "ledger-damaged-1.db"), "kept");
  const lock = held(context, folder);
  assert.partialDeepStrictEqual(await ledger.deleteAll(), { reason: "locked" });
  assert.ok(readdirSync(folder).includes("ledger-damaged-1.db"));
  lock.release();
  assert.equal(await ledger.deleteAll(), true);
  assert.ok(!readdirSync(folder).includes("ledger-damaged-1.db"));
});

test("an accept that is left before the ledger has it is in it all the same, for whoever opens its file", async (context) => {
  const folder = ledgerFolder(context);
  const { ledger } = startLedger(context, folder);
  const pending = { accept: "a:1", file: "f", dueMs: 5, value: "{}" };
  ledger.putPending(pending);
  ledger.leavePending({ ...pending, value: "2" });
  assert.equal(await ledger.flush(), true);
  assert.deepEqual(await ledger.claimFile("f"), [{ ...pending, value: "2" }], "this window, too");
});

test("everything deleted: not a trace in any file, those moved aside and left included, while other windows go on", async (context) => {
  const folder = ledgerFolder(context);
  writeFileSync(join(folder, ledgerFileName), "f11e000000000001 no database".repeat(1_000));
  const one = startLedger(context, folder, { session: "0e01" }).ledger;
  const other = startLedger(context, folder, { session: "0e02" }).ledger;
  for (const ledger of [one, other]) {
    for (const record of workedRecords("5e551000000000a1", NOON_MS, 3, 2_000)) ledger.append(record);
    ledger.append(acceptOf("5e551000000000a1:1"));
    ledger.putPending({ accept: "5e551000000000a1:1", file: "f11e000000000001", dueMs: 5, value: "{}" });
    assert.equal(await ledger.flush(), true);
  }
  leaveBehind(folder, "0e03", [batchOf([acceptOf("5e551000000000a1:2")])]);
  const traces = /5e551000000000a1|f11e000000000001|smollm2|typescript/;
  assert.match(bytesIn(folder), traces);
  assert.equal(await one.deleteAll(), true);
  assert.doesNotMatch(bytesIn(folder), traces);
  const after = commitOf(Date.now() + 1);
  other.append(after);
  assert.equal(await other.flush(), true);
  assert.deepEqual(recordsIn(folder), [after]);
});

/** The file held by another program, until it is let go. */
function held(context: TestContext, folder: string): { release(): void } {
  const other = new DatabaseSync(join(folder, ledgerFileName));
  context.after(() => other.close());
  other.exec("BEGIN IMMEDIATE");
  return { release: () => other.exec("ROLLBACK") };
}

test("what could not be written, and was under way when everything was deleted, does not come back", async (context) => {
  const folder = ledgerFolder(context);
  const clock = handClock();
  const deleted: string[] = [];
  const { ledger, states } = startLedger(context, folder, { clock, busyMs: 50, onDeleted: () => deleted.push("here") });
  await until(() => states.length > 0);
  const lock = held(context, folder);
  ledger.append(acceptOf("a:1"));
  ledger.putPending({ accept: "a:1", file: "f", dueMs: 5, value: "{}" });
  assert.equal(await ledger.flush(), false);
  ledger.append(commitOf(NOON_MS));
  const refused = await ledger.deleteAll();
  assert.deepEqual(refused, { reason: "locked", detail: "SQLite 5" }, "nothing is deleted, so nothing is forgotten");
  assert.deepEqual(deleted, []);
  lock.release();
  assert.equal(await ledger.deleteAll(), true);
  assert.deepEqual(deleted, ["here"]);
  const after = commitOf(Date.now() + 60_000);
  ledger.append(after);
  assert.equal(await ledger.flush(), true);
  assert.deepEqual(recordsIn(folder), [after]);
  assert.deepEqual(await ledger.claimDue(Infinity), []);
});

test("what another window holds from before everything was deleted is never written, and it gets to know", async (context) => {
  const folder = ledgerFolder(context);
  const deleted: string[] = [];
  const holding = startLedger(context, folder, {
    session: "0e01",
    clock: { ...handClock(), nowMs: Date.now },
    onDeleted: () => deleted.push("there"),
  });
  await until(() => holding.states.length > 0);
  const startMs = Date.now();
  const { ledger } = holding;
  ledger.append(commitOf(startMs));
  ledger.putPending({ accept: "a:1", file: "f", dueMs: 5, value: "{}" });
  const deleting = startLedger(context, folder, { session: "0e02" }).ledger;
  assert.equal(await deleting.deleteAll(), true);
  const after = commitOf(Date.now() + 1);
  ledger.append(after);
  ledger.putPending({ accept: "a:2", file: "g", dueMs: 5, value: "{}" });
  assert.equal(await ledger.flush(), true);
  assert.deepEqual(deleted, ["there"]);
  // A minute that began before goes with it. What happens now has happened since, even by a clock that is behind.
  const times = { focusedMs: 1, active60Ms: 1, active120Ms: 1, active300Ms: 1 };
  ledger.append({ kind: "activity", atMs: startMs, session: "0e01", project: "p", ...times });
  ledger.append(commitOf(startMs + 1));
  assert.equal(await ledger.flush(), true);
  assert.deepEqual(recordsIn(folder), [commitOf(startMs + 1), after]);
  await ledger.close(5_000);
  assert.deepEqual(
    (await deleting.claimDue(10)).map(({ accept }) => accept),
    ["a:2"],
  );
});

test("what is accepted while everything is being deleted is counted if it comes after, and gone if it comes before", async (context) => {
  const folder = ledgerFolder(context);
  const workerFile = join(folder, "worker.mjs");
  // Says that everything is deleted only when it is told to.
  const mark = join(folder, "go");
  writeFileSync(
    workerFile,
    `import { parentPort } from "node:worker_threads";
    import { existsSync } from "node:fs";
    const post = parentPort.postMessage.bind(parentPort);
    parentPort.postMessage = (message) => {
      if (message.kind === "answer" && message.answer === true)
        while (!existsSync(${JSON.stringify(mark)})) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
      post(message);
    };
    await import(${JSON.stringify(join(import.meta.dirname, "../../../src/extension/ledgerWorker.ts"))});`,
  );
  let isDeleted = false;
  const { ledger, states } = startLedger(context, folder, { workerFile, onDeleted: () => (isDeleted = true) });
  await until(() => states.length > 0);
  // By a clock that is ahead.
  ledger.append(commitOf(Date.now() + 3_600_000));
  const deleted = ledger.deleteAll();
  await until(() => isDeleted);
  const accept = acceptOf("a:1", { atMs: Date.now() + 1 });
  ledger.append(accept);
  ledger.putPending({ accept: "a:1", file: "f", dueMs: 5, value: "{}" });
  writeFileSync(mark, "");
  assert.equal(await deleted, true);
  assert.equal(await ledger.flush(), true);
  assert.deepEqual(recordsIn(folder), [accept]);
});

test("a deletion from before this window, with a clock that was ahead then, takes nothing of it", async (context) => {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  store.deleteAll(Date.now() + 86_400_000);
  store.close();
  const { ledger } = startLedger(context, folder);
  ledger.append(commitOf(Date.now()));
  assert.equal(await ledger.flush(), true);
  assert.equal(recordsIn(folder).length, 1);
});

test("a newer version takes the file over while this window is open: nothing more is written, and it is said why", async (context) => {
  const folder = ledgerFolder(context);
  const { ledger, states } = startLedger(context, folder, { clock: handClock() });
  ledger.append(commitOf(1));
  ledger.putPending({ accept: "a:1", file: "f", dueMs: 5, value: "{}" });
  assert.equal(await ledger.flush(), true);
  const later = new DatabaseSync(join(folder, ledgerFileName));
  context.after(() => later.close());
  later.exec(`PRAGMA user_version = ${schemaVersion + 1}`);
  const before = later.prepare("SELECT * FROM owners").all();
  ledger.append(commitOf(2));
  assert.equal(await ledger.flush(), false);
  assert.deepEqual(states.at(-1), { kind: "stopped", reason: "newer", detail: "schema", sinceMs: NOON_MS });
  assert.deepEqual(await ledger.claimFile("f"), []);
  assert.equal(await ledger.today(), undefined);
  assert.deepEqual(await ledger.deleteAll(), { reason: "newer", detail: "schema" });
  assert.deepEqual(recordsIn(folder), [commitOf(1)]);
  assert.deepEqual(later.prepare("SELECT * FROM owners").all(), before, "not even that it has ended");
  // As that version would, once it can read what an earlier one has left.
  await ledger.close(5_000);
  later.exec(`PRAGMA user_version = ${schemaVersion}`);
  const next = startLedger(context, folder);
  await until(() => next.states.length > 0);
  assert.deepEqual(recordsIn(folder), [commitOf(1), commitOf(2)]);
});

test("whoever only looks at a file of a later version, or asks for a figure of it, learns that nothing is counted", async (context) => {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  const { ledger } = startLedger(context, folder);
  await until(() => ledger.state.kind === "counting");
  store.database.exec(`PRAGMA user_version = ${schemaVersion + 1}`);
  assert.deepEqual(await ledger.lastEvents(10), { reason: "newer", detail: "schema" });
  assert.equal(ledger.state.kind === "stopped" && ledger.state.reason, "newer");
  // At the very start, too: by the time of the answer it is known.
  const started = startLedger(context, folder).ledger;
  assert.deepEqual(await started.lastEvents(10), { reason: "newer", detail: "schema" });
  assert.equal(started.state.kind === "stopped" && started.state.reason, "newer");
});

test("another process holds the file while a window ends: the end takes no longer than it may, and the next window has all of it", async (context) => {
  const folder = ledgerFolder(context);
  const { ledger, states } = startLedger(context, folder, { session: "0e01", busyMs: 60_000 });
  await until(() => states.length > 0);
  ledger.putPending({ accept: "a:1", file: "f", dueMs: 5, value: "1" });
  assert.equal(await ledger.flush(), true);
  const lock = held(context, folder);
  ledger.append(acceptOf("a:1"));
  ledger.append(commitOf(NOON_MS));
  ledger.renewPending({ accept: "a:1", file: "f", dueMs: 5, value: "2" });
  // Without a bound it would be a minute.
  const ended = Promise.race([ledger.close(100), new Promise((resolve) => setTimeout(resolve, 20_000, "late"))]);
  assert.equal(await ended, false);
  lock.release();
  const next = startLedger(context, folder, { session: "0e02" });
  await until(() => next.states.length > 0);
  assert.deepEqual(
    recordsIn(folder)
      .map(({ kind }) => kind)
      .toSorted(),
    ["accept", "commit"],
  );
  assert.deepEqual(
    (await next.ledger.claimFile("f")).map(({ value }) => value),
    ["2"],
    "at once, not a minute later",
  );
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.startsWith("ledger-left-")),
    [],
  );
});
