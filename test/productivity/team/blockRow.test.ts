import assert from "node:assert/strict";
import { test } from "node:test";
import { blockColumns } from "../../../src/productivity/team/blockRow.ts";
import { blockRowFrom, isRowFlaw } from "../../../src/productivity/team/blockRowFrom.ts";
import { parquetOf, parquetRows } from "../../../src/productivity/team/parquet.ts";
import { rowLimits } from "../../../src/productivity/team/rowLimits.ts";
import { emptyRow, impossibleRows, usualRow } from "../../support/impossibleRows.ts";
import { rowsOfPerson, withoutPerson } from "../../support/teams.ts";

const rows = rowsOfPerson(1);
const [row] = rows;
assert.ok(row);

test("a row has its documented columns and nothing else", () => {
  assert.deepEqual(
    Object.keys(row),
    blockColumns.map(([field]) => field),
  );
});

test("a row that was handed in is read as it was, and with anything put beside it, such as a name, it is refused", () => {
  assert.deepEqual(blockRowFrom({ ...row }), row);
  assert.deepEqual(blockRowFrom({ ...row, name: "Bob" }), { kind: "extra-field", field: "name" });
  assert.deepEqual(blockRowFrom({ ...withoutPerson([row])[0], machine: "theirs" }), {
    kind: "extra-field",
    field: "machine",
  });
});

test("a row of the first form is read, and its experiment's name stands for the person", () => {
  assert.deepEqual(withoutPerson([row]).map(blockRowFrom), [{ ...row, person: row.user }]);
  // Whatever a warehouse has put there.
  assert.deepEqual(blockRowFrom({ ...withoutPerson([row])[0], person: "" }), { ...row, person: row.user });
});

test("rows without one of the columns, or with something else in it, are refused, with the column", () => {
  const field = (changes: object): string => {
    const read = blockRowFrom({ ...row, ...changes });
    assert.ok(isRowFlaw(read), JSON.stringify(changes));
    return read.kind === "unfit-field" ? read.field : read.kind;
  };
  assert.equal(field({ schema: "pairwise.blocks/3" }), "newer");
  assert.equal(field({ schema: undefined }), "no-row");
  assert.equal(field({ person: undefined }), "person");
  assert.equal(field({ netChars: -1 }), "netChars");
  assert.equal(field({ netChars: Number.NaN }), "netChars");
  assert.equal(field({ netChars: Infinity }), "netChars");
  assert.equal(field({ undos: 2 ** 53 }), "undos");
  assert.equal(field({ shown: 1.5 }), "shown");
  assert.equal(field({ qualifies: 1 }), "qualifies");
  assert.deepEqual(blockRowFrom([]), { kind: "no-row" });
  assert.deepEqual(blockRowFrom(null), { kind: "no-row" });
});

test("what no half-hour can be is refused, with what is wrong, and the last that it can be is read", () => {
  const usual = usualRow(row);
  assert.equal(blockRowFrom(usual), usual);
  assert.deepEqual(blockRowFrom(emptyRow(row)), emptyRow(row));
  const cases = impossibleRows(usual);
  for (const { limit, broken, kept = {} } of cases) {
    const read = blockRowFrom({ ...usual, ...broken });
    assert.ok(isRowFlaw(read) && read.kind === "impossible", JSON.stringify(broken));
    assert.equal(read.limit, limit);
    assert.deepEqual(blockRowFrom({ ...usual, ...kept }), { ...usual, ...kept });
  }
  assert.deepEqual(new Set(cases.map(({ limit }) => limit)), new Set(rowLimits.map(({ limit }) => limit)));
  for (const odd of [
    { day: "today" },
    { day: "2026-02-31" },
    { whyNot: "not-over", qualifies: false },
    { whyNot: "toString", qualifies: false },
  ])
    assert.ok(isRowFlaw(blockRowFrom({ ...usual, ...odd })), JSON.stringify(odd));
});

test("of a plan that is not known here a half-hour may count with less work, and of one that came twice there may be more", () => {
  const usual = usualRow(row);
  const short = { ...usual, active60Ms: 1, active120Ms: 2, active300Ms: 3, focusedMs: 4 };
  assert.ok(isRowFlaw(blockRowFrom(short)));
  assert.ok(!isRowFlaw(blockRowFrom({ ...short, planVersion: 2 })));
  const long = { ...usual, focusedMs: 3_000_000, active300Ms: 2_900_000 };
  assert.ok(isRowFlaw(blockRowFrom(long)));
  assert.ok(!isRowFlaw(blockRowFrom({ ...long, qualifies: false, whyNot: "came-twice" })));
});

test("what is handed in as Parquet is read as the same rows", async () => {
  const many = Array.from({ length: 40 }, (_, number) => rowsOfPerson(number)).flat();
  const groups: (readonly unknown[])[] = [];
  for await (const group of parquetRows(parquetOf(many))) groups.push(group);
  assert.ok(groups.length > 1);
  const read = groups.flat();
  assert.deepEqual(read.map(blockRowFrom), many);
});
