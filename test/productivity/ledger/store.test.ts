import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { fieldsOf, recordKinds, sqlColumnsOf } from "../../../src/productivity/ledger/columns.ts";
import type { LedgerRecord } from "../../../src/productivity/records.ts";
import {
  acceptOf,
  batchOf,
  commitOf,
  ledgerFolder,
  NOON_MS,
  openStore,
  recordsIn,
  survivalOf,
} from "../../support/ledgerRig.ts";

test("each table has the columns of its records, and no others", (context) => {
  const { database } = openStore(context, ledgerFolder(context));
  for (const kind of recordKinds) {
    const columns = database.prepare(`SELECT name, "notnull" AS isRequired FROM pragma_table_info(?)`).all(kind);
    assert.deepEqual(
      columns.map(({ name }) => name),
      ["id", ...sqlColumnsOf(kind)],
    );
    const optional = fieldsOf(kind).flatMap(({ field, isOptional }) => (isOptional ? [field] : []));
    for (const { name, isRequired } of columns.slice(1)) {
      assert.equal(
        isRequired === 0,
        optional.some((field) => String(name).replace(/Number$/, "") === field),
        `${kind}.${String(name)}`,
      );
    }
  }
});

test("whatever is written down comes back as it was, of every kind", (context) => {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  const text = fc.string({ unit: "binary", maxLength: 40 });
  const values = {
    integer: fc.integer({ min: -(2 ** 40), max: 2 ** 42 }),
    real: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
    flag: fc.boolean(),
    name: text,
    text,
    id: fc.oneof(
      text,
      fc.tuple(text, fc.nat()).map(([prefix, number]) => `${prefix}${number}`),
    ),
  };
  const anyRecord = fc.constantFrom(...recordKinds).chain((kind) => {
    const fields = fieldsOf(kind).map(({ field, column, isOptional }) => {
      const value: fc.Arbitrary<unknown> = values[column];
      return [field, isOptional ? fc.option(value, { nil: undefined }) : value];
    });
    return fc.record({ kind: fc.constant(kind), ...Object.fromEntries(fields) }, { noNullPrototype: true });
  });
  fc.assert(
    fc.property(anyRecord, (given) => {
      const record = given as unknown as LedgerRecord;
      store.database.exec(`DELETE FROM "${record.kind}"`);
      store.append(batchOf([record]), NOON_MS);
      assert.deepEqual(recordsIn(folder, [record.kind]), [record]);
    }),
    { numRuns: 300 },
  );
});

test("a batch that is sent again, since nobody heard that it was written, is there once", (context) => {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  const batch = batchOf([commitOf(NOON_MS)]);
  store.append(batch, NOON_MS);
  store.append(batch, NOON_MS);
  assert.equal(recordsIn(folder).length, 1);
});

test("what two windows say of one accept's check is there once", (context) => {
  const folder = ledgerFolder(context);
  const [one, other] = [openStore(context, folder, "one"), openStore(context, folder, "other")];
  one.append(batchOf([acceptOf("a:1"), survivalOf("a:1")], { writer: "one" }), NOON_MS);
  other.append(
    batchOf([survivalOf("a:1", { state: "dead" }), survivalOf("a:1", { check: "2m" })], { writer: "other" }),
    NOON_MS,
  );
  const found = recordsIn(folder, ["survival"]) as readonly (LedgerRecord & { readonly kind: "survival" })[];
  assert.deepEqual(
    found.map(({ check, state }) => [check, state]),
    [
      ["30s", "alive"],
      ["2m", "alive"],
    ],
  );
});

test("a record that is none does not keep the others from being written", (context) => {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  const wrong = [
    { ...acceptOf("a:1"), chars: Number.NaN },
    { kind: "poem", atMs: 1 },
    { kind: "commit" },
  ] as unknown as LedgerRecord[];
  assert.equal(store.append(batchOf([commitOf(NOON_MS), ...wrong, commitOf(NOON_MS + 1)]), NOON_MS), 3);
  assert.deepEqual(recordsIn(folder), [commitOf(NOON_MS), commitOf(NOON_MS + 1)]);
});

test("a text that is longer than any name is cut", (context) => {
  const folder = ledgerFolder(context);
  openStore(context, folder).append(batchOf([{ ...commitOf(NOON_MS), project: "x".repeat(100_000) }]), NOON_MS);
  assert.deepEqual(recordsIn(folder), [{ ...commitOf(NOON_MS), project: "x".repeat(128) }]);
});

test("a batch that can't be written leaves nothing of it, and the names in it are known again afterwards", (context) => {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  const pages = Number(store.database.prepare("PRAGMA page_count").get()?.["page_count"]);
  store.database.exec(`PRAGMA max_page_count = ${pages}`);
  const batch = batchOf(Array.from({ length: 1_000 }, () => commitOf(NOON_MS)));
  assert.throws(() => store.append(batch, NOON_MS));
  assert.deepEqual(recordsIn(folder), []);
  store.database.exec("PRAGMA max_page_count = 100000");
  store.append(batch, NOON_MS);
  assert.deepEqual(recordsIn(folder), batch.records);
});

test("a figure or a due time out of all bounds is left out and counted, and all else is written", (context) => {
  const folder = ledgerFolder(context);
  const store = openStore(context, folder);
  const huge = [acceptOf("a:1", { chars: 2 ** 63 }), acceptOf("a:2", { chars: Infinity }), commitOf(1e300)];
  const pending = { accept: "a:3", file: "f", dueMs: Infinity, value: "{}" };
  const batch = batchOf([...huge, commitOf(NOON_MS)], { pending: [{ kind: "put", pending, sinceMs: NOON_MS }] });
  assert.equal(store.append(batch, NOON_MS), 4);
  assert.deepEqual(recordsIn(folder), [commitOf(NOON_MS)]);
});

test("deleted by one window, all is gone for the other one, too, which goes on counting", (context) => {
  const folder = ledgerFolder(context);
  const [one, other] = [openStore(context, folder, "one"), openStore(context, folder, "other")];
  const pending = { accept: "a:1", file: "f", dueMs: NOON_MS, value: "{}" };
  other.append(
    batchOf([commitOf(NOON_MS)], { writer: "other", pending: [{ kind: "put", pending, sinceMs: NOON_MS }] }),
    NOON_MS,
  );
  assert.equal(one.deleteAll(NOON_MS), true);
  for (const table of ["commit", "names", "pending", "owners", "writers", "days"]) {
    assert.equal(one.database.prepare(`SELECT count(*) AS count FROM "${table}"`).get()?.["count"], 0, table);
  }
  // It remembers the numbers of names that are gone.
  other.append(batchOf([commitOf(NOON_MS + 1)], { writer: "other" }), NOON_MS);
  assert.deepEqual(recordsIn(folder), [commitOf(NOON_MS + 1)]);
});
