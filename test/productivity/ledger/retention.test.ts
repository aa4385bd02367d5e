import assert from "node:assert/strict";
import { test } from "node:test";
import type { RecordOf } from "../../../src/productivity/ledger/columns.ts";
import { forgetWriters, removeSome } from "../../../src/productivity/ledger/retention.ts";
import {
  acceptOf,
  batchOf,
  commitOf,
  ledgerFolder,
  openStore,
  recordsIn,
  shownOf,
  utc,
} from "../../support/ledgerRig.ts";

const DAY = 86_400_000;
const nowMs = Date.UTC(2026, 5, 10, 12);
const TODAY = Date.UTC(2026, 5, 10);

type Store = ReturnType<typeof openStore>;
const daysOf = ({ database }: Store): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    database
      .prepare("SELECT day || ' ' || measure AS what, value FROM days ORDER BY 1")
      .all()
      .map(({ what, value }) => [what, value]),
  );

function removeAll({ database }: Store, days: number, atMs = nowMs): number {
  let steps = 1;
  while (removeSome(database, { days, nowMs: atMs, calendar: utc }) === "more") steps += 1;
  return steps;
}

test("what is older than it may be goes, its sums by day stay, and what is younger is as it was", (context) => {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  const old = [
    acceptOf("a:1", { atMs: TODAY - 12 * DAY, part: "word", chars: 3 }),
    acceptOf("a:2", { atMs: TODAY - 12 * DAY + 1, part: "word", chars: 4 }),
    shownOf("r:1", { atMs: TODAY - 11 * DAY }),
    commitOf(TODAY - 10 * DAY - 1),
  ];
  const young = [commitOf(TODAY - 10 * DAY), commitOf(nowMs)];
  store.append(batchOf([...old, ...young]), nowMs);
  removeAll(store, 10);
  assert.deepEqual(recordsIn(folder), young);
  const sums = {
    "2026-05-29 accept.word.chars": 7,
    "2026-05-29 accept.word.count": 2,
    "2026-05-29 accept.word.lines": 2,
    "2026-05-30 shown.750.count": 1,
    "2026-05-30 commit.count": 1,
  };
  assert.deepEqual(daysOf(store), sums);
  // Records that come late, such as those of a window that could not write, are added to their day.
  store.append(batchOf([commitOf(TODAY - 11 * DAY)]), nowMs);
  assert.equal(removeAll(store, 10), 1, "it was done today");
  removeAll(store, 10, nowMs + DAY);
  assert.equal(daysOf(store)["2026-05-30 commit.count"], 2);
});

test("many records of one day go in steps, each of which is counted once", (context) => {
  const store = openStore(context, ledgerFolder(context));
  const many = Array.from({ length: 12_345 }, (_, index) => commitOf(TODAY - 20 * DAY + index));
  store.append(batchOf(many), nowMs);
  assert.equal(removeAll(store, 10), 4);
  assert.deepEqual(daysOf(store), { "2026-05-21 commit.count": 12_345 });
});

test("kept for a shorter time than before, what is too old now goes on the same day", (context) => {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  store.append(batchOf([commitOf(TODAY - 20 * DAY), commitOf(nowMs)]), nowMs);
  removeAll(store, 30);
  assert.equal(recordsIn(folder).length, 2);
  removeAll(store, 7);
  assert.deepEqual(recordsIn(folder), [commitOf(nowMs)]);
});

test("names that no record has any more go, too, and another window that remembers them writes them again", (context) => {
  const folder = ledgerFolder(context);
  const [store, other] = [openStore(context, folder, "one"), openStore(context, folder, "other")];
  const old = { ...commitOf(TODAY - 40 * DAY), project: "0ld0000000000001" };
  other.append(batchOf([old], { writer: "other" }), nowMs);
  removeAll(store, 10);
  const count = "SELECT count(*) AS count FROM names WHERE text = '0ld0000000000001'";
  assert.equal(store.database.prepare(count).get()?.["count"], 0);
  other.append(batchOf([{ ...old, atMs: nowMs }], { writer: "other" }), nowMs);
  assert.deepEqual(recordsIn(folder), [{ ...old, atMs: nowMs }]);
});

test("a clock that leaps far ahead for an hour takes nothing away; one that stays there does so a day later", (context) => {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  store.append(batchOf([commitOf(nowMs)]), nowMs);
  removeAll(store, 10);
  const ahead = nowMs + 700 * DAY;
  removeAll(store, 10, ahead);
  removeAll(store, 10, nowMs + DAY);
  assert.equal(recordsIn(folder).length, 1);
  removeAll(store, 10, ahead);
  removeAll(store, 10, ahead + DAY / 2);
  assert.equal(recordsIn(folder).length, 1);
  removeAll(store, 10, ahead + DAY);
  assert.equal(recordsIn(folder).length, 0);
});

test("of the self-test the last run for each version of the editor stays, with its names", (context) => {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  const cell = (run: string, editorVersion: string, atMs: number): RecordOf<"selfTest"> => ({
    kind: "selfTest",
    atMs,
    session: "s",
    run,
    editorVersion,
    scenario: `scenario of ${run}`,
    truth: "accepted",
    detected: "ignored",
    count: 20,
  });
  const first = cell("s:1", "1.101", TODAY - 40 * DAY);
  const kept = [cell("s:2", "1.101", TODAY - 30 * DAY), cell("s:3", "1.102", TODAY - 29 * DAY)];
  store.append(batchOf([first, ...kept]), nowMs);
  for (const days of [0, 1]) removeAll(store, 10, nowMs + days * DAY);
  assert.deepEqual(recordsIn(folder), kept);
});

test("where events are kept for ever, it is not for ever known of each window which batch was its last", (context) => {
  const store = openStore(context, ledgerFolder(context));
  store.append(batchOf([commitOf(1)], { writer: "long ago" }), nowMs - 200 * DAY);
  store.append(batchOf([commitOf(2)], { writer: "lately" }), nowMs - DAY);
  forgetWriters(store.database, nowMs);
  assert.deepEqual(
    store.database
      .prepare("SELECT writer FROM writers")
      .all()
      .map(({ writer }) => writer),
    ["lately"],
  );
});
