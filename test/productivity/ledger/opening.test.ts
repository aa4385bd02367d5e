import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test, type TestContext } from "node:test";
import { seeded } from "../../../bench/replay/random.ts";
import { ledgerFileName } from "../../../src/productivity/ledger/fileName.ts";
import { whileLocked } from "../../../src/productivity/ledger/folderLock.ts";
import {
  idOf,
  madeMsOf,
  type Opened,
  openLedger,
  type OpeningOptions,
} from "../../../src/productivity/ledger/opening.ts";
import {
  APPLICATION_ID,
  migrate,
  migrations,
  schemaVersion,
  versionOf,
} from "../../../src/productivity/ledger/schema.ts";
import { workedRecords } from "../../support/ledgerRecords.ts";
import {
  batchOf,
  commitOf,
  ledgerFolder,
  NOON_MS,
  openingOptions,
  openStore,
  recordsIn,
} from "../../support/ledgerRig.ts";

/** A ledger that was used and closed; its size is some hundred kilobytes. */
function usedLedger(context: TestContext): { readonly folder: string; readonly file: string } {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  store.append(batchOf(workedRecords("5e55", NOON_MS, 1, 5_000)), NOON_MS);
  store.close();
  return { folder, file: join(folder, ledgerFileName) };
}

function open(context: TestContext, folder: string, rest: Partial<OpeningOptions> = {}): Opened {
  const opened = openLedger(openingOptions(folder, { nowMs: () => Date.UTC(2026, 5, 11, 8, 30), ...rest }));
  context.after(() => {
    if (opened.kind === "open" && opened.database.isOpen) opened.database.close();
  });
  return opened;
}

/** It is moved aside as it is, told with both names, and an empty one is in its place. */
function assertMovedAside(context: TestContext, folder: string): void {
  const before = readFileSync(join(folder, ledgerFileName));
  const opened = open(context, folder);
  assert.ok(opened.kind === "open");
  assert.equal(opened.moved?.file, ledgerFileName);
  assert.equal(opened.moved.movedTo, "ledger-damaged-2026-06-11T08-30-00.db");
  assert.deepEqual(readFileSync(join(folder, opened.moved.movedTo)), before);
  assert.deepEqual(recordsIn(folder), []);
}

test("a ledger that was closed is opened with all that is in it", (context) => {
  const { folder } = usedLedger(context);
  const opened = open(context, folder);
  assert.ok(opened.kind === "open");
  assert.equal(opened.moved, undefined);
  assert.equal(recordsIn(folder).length, 5_000);
});

for (const share of [0.1, 0.5, 0.9, 0.999]) {
  test(`a file that was cut at ${share * 100} % is kept under another name, and counting goes on in a new one`, (context) => {
    const { folder, file } = usedLedger(context);
    truncateSync(file, Math.floor(statSync(file).size * share));
    assertMovedAside(context, folder);
  });
}

test("random bytes in the middle of the file, wherever: it is kept under another name, unless nothing stood there", (context) => {
  const random = seeded(7);
  const { folder, file } = usedLedger(context);
  const whole = readFileSync(file);
  const records = recordsIn(folder);
  let moved = 0;
  for (let times = 0; times < 30; times += 1) {
    // A sector of a disk, aligned to one.
    const at = 512 * Math.floor((random() * whole.length) / 512);
    const bytes = whole.map((byte, index) => (index >= at && index < at + 512 ? Math.floor(random() * 256) : byte));
    writeFileSync(file, bytes);
    const opened = openLedger(openingOptions(folder));
    assert.ok(opened.kind === "open");
    opened.database.close();
    if (opened.moved) {
      moved += 1;
      assert.deepEqual(readFileSync(join(folder, opened.moved.movedTo)), Buffer.from(bytes));
      assert.deepEqual(recordsIn(folder), []);
    } else assert.deepEqual(recordsIn(folder), records);
  }
  // In a small file much is empty: some forty tables and indexes begin with a page each.
  assert.ok(moved >= 10, `${moved}`);
});

test("a file that is no database at all, or another program's, is kept under another name", (context) => {
  const folder = ledgerFolder(context);
  writeFileSync(join(folder, ledgerFileName), "My diary.\n".repeat(1_000));
  assertMovedAside(context, folder);
  const other = ledgerFolder(context);
  const database = new DatabaseSync(join(other, ledgerFileName));
  database.exec("CREATE TABLE songs (title TEXT); INSERT INTO songs VALUES ('Yesterday')");
  database.close();
  assertMovedAside(context, other);
});

test("a file that was emptied is told; one that another window has just made is not", (context) => {
  const { folder, file } = usedLedger(context);
  truncateSync(file, 0);
  const fresh = openLedger(openingOptions(folder));
  assert.ok(fresh.kind === "open");
  assert.equal(fresh.moved, undefined);
  fresh.database.close();
  truncateSync(file, 0);
  // A minute later.
  const opened = open(context, folder, { diskNowMs: () => Date.now() + 61_000 });
  assert.ok(opened.kind === "open");
  assert.equal(opened.moved?.file, ledgerFileName);
});

test("where the machine's clock is ahead of the disk's, a new file is a new one, and a lock that is held is held", (context) => {
  const folder = ledgerFolder(context);
  writeFileSync(join(folder, ledgerFileName), "");
  const opened = open(context, folder, { nowMs: () => Date.now() + 3_600_000 });
  assert.ok(opened.kind === "open");
  assert.equal(opened.moved, undefined);
  opened.database.close();
  writeFileSync(join(folder, ledgerFileName), "damaged".repeat(1_000));
  const lock = join(folder, "ledger.lock");
  writeFileSync(lock, "");
  let looks = 0;
  // The other window is ready when this one has looked three times.
  const diskNowMs = (): number => {
    if ((looks += 1) === 3) rmSync(lock);
    return Date.now();
  };
  assert.equal(open(context, folder, { nowMs: () => Date.now() + 3_600_000, diskNowMs }).kind, "open");
  assert.equal(looks, 3);
});

test("a second damaged file on the same second does not take the first one's name", (context) => {
  const { folder, file } = usedLedger(context);
  writeFileSync(file, "first".repeat(1_000));
  const first = open(context, folder);
  assert.ok(first.kind === "open");
  first.database.close();
  writeFileSync(file, "second".repeat(1_000));
  const opened = open(context, folder);
  assert.ok(opened.kind === "open");
  assert.equal(opened.moved?.movedTo, "ledger-damaged-2026-06-11T08-30-00-2.db");
  assert.match(readFileSync(join(folder, "ledger-damaged-2026-06-11T08-30-00.db"), "utf8"), /^first/);
});

test("a file of a later version is told, and not a byte of it is written", (context) => {
  const { folder, file } = usedLedger(context);
  const later = new DatabaseSync(file);
  later.exec(`PRAGMA user_version = ${schemaVersion + 1}; CREATE TABLE invention (x)`);
  later.close();
  const before = [readFileSync(file), statSync(file).mtimeMs];
  assert.deepEqual(open(context, folder), { kind: "stopped", reason: "newer", detail: "schema" });
  assert.deepEqual([readFileSync(file), statSync(file).mtimeMs], before);
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.includes("damaged")),
    [],
  );
});

test("a file of a later version that is in use has its last changes in the file beside it: neither is written", (context) => {
  const { folder, file } = usedLedger(context);
  const later = new DatabaseSync(file);
  context.after(() => later.close());
  later.exec(`PRAGMA user_version = ${schemaVersion + 1}`);
  const bytes = (): readonly Buffer[] => [readFileSync(file), readFileSync(`${file}-wal`)];
  const before = bytes();
  assert.deepEqual(open(context, folder), { kind: "stopped", reason: "newer", detail: "schema" });
  assert.deepEqual(bytes(), before);
});

test("where the folder's place is taken by a file, or the file's by a folder, counting stops and says so", (context) => {
  const folder = ledgerFolder(context);
  writeFileSync(join(folder, "in the way"), "");
  assert.deepEqual(open(context, join(folder, "in the way")), {
    kind: "stopped",
    reason: "unavailable",
    detail: "EEXIST",
  });
  mkdirSync(join(folder, "other", ledgerFileName), { recursive: true });
  const opened = open(context, join(folder, "other"));
  assert.equal(opened.kind, "stopped");
  assert.ok(existsSync(join(folder, "other", ledgerFileName)), "it is left alone");
});

test("a window that was killed while it made the file leaves a lock that is broken after a while", (context) => {
  const folder = ledgerFolder(context);
  const lock = join(folder, "ledger.lock");
  writeFileSync(lock, "");
  utimesSync(lock, new Date(0), new Date(0));
  assert.equal(open(context, folder).kind, "open");
  assert.equal(existsSync(lock), false);
});

test("a ledger of an earlier version becomes one of this, with all that is in it", (context) => {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  store.append(batchOf([commitOf(NOON_MS)]), NOON_MS);
  const steps = [
    ...migrations,
    (database: DatabaseSync) => database.exec('ALTER TABLE "commit" ADD COLUMN branch INTEGER NOT NULL DEFAULT 0'),
    (database: DatabaseSync) => database.exec('UPDATE "commit" SET branch = 7'),
  ];
  migrate(store.database, steps);
  assert.equal(versionOf(store.database), schemaVersion + 2);
  assert.equal(store.database.prepare('SELECT branch FROM "commit"').get()?.["branch"], 7);
  assert.deepEqual(recordsIn(folder), [commitOf(NOON_MS)]);
});

test("a step to a later version that fails changes nothing", (context) => {
  const { database } = openStore(context, ledgerFolder(context));
  const steps = [
    ...migrations,
    (database: DatabaseSync) => database.exec('DROP TABLE "commit"'),
    () => {
      throw new Error("no");
    },
  ];
  assert.throws(() => migrate(database, steps), /no/);
  assert.equal(versionOf(database), schemaVersion);
  assert.equal(database.prepare('SELECT count(*) AS count FROM "commit"').get()?.["count"], 0);
});

test("a file without any table, of version 0, becomes a ledger", (context) => {
  const folder = ledgerFolder(context);
  const database = new DatabaseSync(join(folder, ledgerFileName));
  database.exec("PRAGMA journal_mode = WAL; VACUUM");
  database.close();
  const opened = open(context, folder);
  assert.ok(opened.kind === "open");
  assert.equal(opened.moved, undefined);
  assert.equal(opened.database.prepare("PRAGMA application_id").get()?.["application_id"], APPLICATION_ID);
});

test("on a disk that does not know when a file was made a new ledger is no damaged one, and no gap begins in 1970", () => {
  assert.equal(madeMsOf({ birthtimeMs: 0, mtimeMs: NOON_MS }), NOON_MS);
  assert.equal(madeMsOf({ birthtimeMs: 0n, mtimeMs: BigInt(NOON_MS) }), NOON_MS);
  assert.equal(madeMsOf({ birthtimeMs: NOON_MS - 5, mtimeMs: NOON_MS }), NOON_MS - 5);
});

test("a file is read through once by a window, and again where something is found wrong with it", (context) => {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  store.append(batchOf(workedRecords("5e55", NOON_MS, 3, 3_000)), NOON_MS);
  store.close();
  const file = join(folder, ledgerFileName);
  const id = idOf(file);
  const { size } = statSync(file);
  // Of its last pages alone the whole look tells.
  const bytes = readFileSync(file);
  bytes.fill(0x5a, size - 8_192);
  writeFileSync(file, bytes);
  const again = openLedger(openingOptions(folder), { whole: id });
  assert.ok(again.kind === "open" && again.moved === undefined);
  again.database.close();
  const looked = openLedger(openingOptions(folder));
  assert.ok(looked.kind === "open" && looked.moved !== undefined);
  looked.database.close();
});

test("one lock that a killed window has left is taken over by one of several windows, whose own is not taken away", (context) => {
  const folder = ledgerFolder(context);
  const lock = join(folder, "ledger.lock");
  writeFileSync(lock, "");
  utimesSync(lock, 1, 1);
  let looks = 0;
  // Between this window's look at the lock and its taking it away another one does so, and makes its own.
  const diskNow = (): number => {
    looks += 1;
    if (looks === 1) {
      rmSync(lock);
      writeFileSync(lock, "the other's");
    } else rmSync(lock);
    return Date.now();
  };
  const held: string[] = [];
  whileLocked(
    folder,
    () => (held.push(existsSync(lock) ? readFileSync(lock, "utf8") : ""), diskNow()),
    () => held.push("ours"),
  );
  assert.deepEqual(held, ["", "the other's", "ours"]);
});
