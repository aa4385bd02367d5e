import assert from "node:assert/strict";
import { test } from "node:test";
import type { PendingAccept } from "../../../src/productivity/ledger/batches.ts";
import { LEASE_MS } from "../../../src/productivity/ledger/pendingAccepts.ts";
import { storedVersion } from "../../../src/productivity/survival/stored.ts";
import { batchOf, ledgerFolder, NOON_MS, openStore } from "../../support/ledgerRig.ts";

const pendingOf = (accept: string, rest: Partial<PendingAccept> = {}): PendingAccept => ({
  accept,
  file: "file",
  dueMs: NOON_MS + 30_000,
  value: `{"chars":${accept.length}}`,
  ...rest,
});
const put = (pending: PendingAccept) => ({ kind: "put", pending, sinceMs: NOON_MS }) as const;
const accepts = (claimed: readonly PendingAccept[]): readonly string[] =>
  claimed.map(({ accept }) => accept).toSorted();

test("what a closed window followed is followed by the next one that opens the file, as it was", (context) => {
  const folder = ledgerFolder(context);
  const old = openStore(context, folder, "old");
  old.append(
    batchOf([], { writer: "old", pending: [put(pendingOf("a:1")), put(pendingOf("a:2", { file: "other" }))] }),
    NOON_MS,
  );
  old.close();
  const store = openStore(context, folder, "new");
  assert.deepEqual(store.claims.ofFile("file", 10, NOON_MS), [pendingOf("a:1")]);
  assert.deepEqual(store.claims.ofFile("file", 10, NOON_MS), [], "it follows it already");
});

test("an accept that another living window follows can't be had; one of a window that crashed can, a minute later", (context) => {
  const folder = ledgerFolder(context);
  const [one, other] = [openStore(context, folder, "one"), openStore(context, folder, "other")];
  one.append(batchOf([], { writer: "one", pending: [put(pendingOf("a:1"))] }), NOON_MS);
  assert.deepEqual(other.claims.ofFile("file", 10, NOON_MS + 1_000), []);
  one.claims.beat(NOON_MS + 20_000);
  assert.deepEqual(other.claims.ofFile("file", 10, NOON_MS + LEASE_MS + 10_000), [], "it has said that it lives");
  assert.deepEqual(accepts(other.claims.ofFile("file", 10, NOON_MS + LEASE_MS + 21_000)), ["a:1"]);
});

test("a window that was away for so long that another one follows its accept can't change or remove it", (context) => {
  const folder = ledgerFolder(context);
  const [one, other] = [openStore(context, folder, "one"), openStore(context, folder, "other")];
  one.append(batchOf([], { writer: "one", pending: [put(pendingOf("a:1"))] }), NOON_MS);
  const laterMs = NOON_MS + 2 * LEASE_MS;
  other.claims.ofFile("file", 10, laterMs);
  one.append(batchOf([], { writer: "one", pending: [put(pendingOf("a:1", { value: "old" }))] }), laterMs);
  one.append(batchOf([], { writer: "one", pending: [{ kind: "remove", accept: "a:1" }] }), laterMs);
  other.close();
  assert.deepEqual(one.claims.ofFile("file", 10, laterMs), [pendingOf("a:1")]);
});

test("a clock that was put back does not keep an accept with a window that has crashed", (context) => {
  const folder = ledgerFolder(context);
  const [one, other] = [openStore(context, folder, "one"), openStore(context, folder, "other")];
  one.append(batchOf([], { writer: "one", pending: [put(pendingOf("a:1"))] }), NOON_MS + 365 * 86_400_000);
  assert.deepEqual(accepts(other.claims.ofFile("file", 10, NOON_MS)), ["a:1"]);
});

test("accepts of files that are never opened again are found by when they are due, the most urgent first", (context) => {
  const folder = ledgerFolder(context);
  const old = openStore(context, folder, "old");
  const pending = [3, 1, 2].map((hour) =>
    put(pendingOf(`a:${hour}`, { file: `${hour}`, dueMs: NOON_MS + hour * 3_600_000 })),
  );
  old.append(batchOf([], { writer: "old", pending }), NOON_MS);
  old.close();
  const { claims } = openStore(context, folder, "new");
  const nowMs = NOON_MS + 10 * 3_600_000;
  assert.deepEqual(accepts(claims.due(NOON_MS + 7_200_000, 1, nowMs)), ["a:1"]);
  assert.deepEqual(accepts(claims.due(NOON_MS + 7_200_000, 10, nowMs)), ["a:2"]);
});

test("what was deleted is not there again when the window that followed it says more of it", (context) => {
  const folder = ledgerFolder(context);
  const [one, other] = [openStore(context, folder, "one"), openStore(context, folder, "other")];
  one.append(batchOf([], { writer: "one", pending: [put(pendingOf("a:1"))] }), NOON_MS);
  one.append(
    batchOf([], { writer: "one", pending: [{ kind: "renew", pending: pendingOf("a:1", { value: "2" }) }] }),
    NOON_MS,
  );
  other.deleteAll(NOON_MS);
  one.append(
    batchOf([], { writer: "one", pending: [{ kind: "renew", pending: pendingOf("a:1", { value: "3" }) }] }),
    NOON_MS,
  );
  one.close();
  assert.deepEqual(other.claims.ofFile("file", 10, NOON_MS), []);
});

test("what a later version has kept in a form of its own is neither taken nor removed: it waits for that version", (context) => {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder, "later");
  const value = JSON.stringify({ version: storedVersion + 1, segments: [] });
  const ours = JSON.stringify({ version: storedVersion });
  const pending = [
    pendingOf("a:1", { value }),
    pendingOf("a:2", { value: ours }),
    pendingOf("a:3", { value: "no JSON" }),
  ];
  store.append(batchOf([], { writer: "later", pending: pending.map(put) }), NOON_MS);
  store.close();
  const { claims, database } = openStore(context, folder, "new");
  // What is no form at all is taken, and given up by the one that can't read it.
  assert.deepEqual(accepts(claims.ofFile("file", 10, NOON_MS)), ["a:2", "a:3"]);
  assert.deepEqual(accepts(claims.due(Number.MAX_SAFE_INTEGER, 10, NOON_MS)), []);
  assert.deepEqual(
    database
      .prepare("SELECT value FROM pending WHERE accept = 'a:1'")
      .all()
      .map((row) => row["value"]),
    [value],
  );
});
