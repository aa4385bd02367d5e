import assert from "node:assert/strict";
import { test } from "node:test";
import { blockColumns } from "../../../src/productivity/team/blockRow.ts";
import { blockRowFrom, isRowFlaw } from "../../../src/productivity/team/blockRowFrom.ts";
import { parquetOf, parquetRows } from "../../../src/productivity/team/parquet.ts";
import { rowsOfPerson } from "../../support/teams.ts";

const rows = rowsOfPerson(1);
const [row] = rows;
assert.ok(row);

test("a row has its documented columns and nothing else", () => {
  assert.deepEqual(
    Object.keys(row),
    blockColumns.map(([field]) => field),
  );
});

test("a row that was handed in is read as it was, without anything that was put beside it", () => {
  assert.deepEqual(blockRowFrom({ ...row, name: "somebody", machine: "theirs" }), row);
});

test("rows that can't be of a block are refused, with the field that is wrong", () => {
  const field = (changes: object): string => {
    const read = blockRowFrom({ ...row, ...changes });
    assert.ok(isRowFlaw(read), JSON.stringify(changes));
    return read.kind === "unfit-field" ? read.field : read.kind;
  };
  assert.equal(field({ schema: "pairwise.blocks/2" }), "newer");
  assert.equal(field({ schema: undefined }), "no-row");
  assert.equal(field({ user: "Ada" }), "user");
  assert.equal(field({ slotMs: row.slotMs + 1 }), "slotMs");
  assert.equal(field({ day: "today" }), "day");
  assert.equal(field({ k: 3 }), "k");
  assert.equal(field({ position: 2 }), "position");
  assert.equal(field({ arm: "both" }), "arm");
  assert.equal(field({ netChars: -1 }), "netChars");
  assert.equal(field({ netChars: Number.NaN }), "netChars");
  assert.equal(field({ netChars: 1e12 }), "netChars");
  assert.equal(field({ undos: 1e12 }), "undos");
  assert.equal(field({ shown: 1.5 }), "shown");
  assert.equal(field({ qualifies: true, whyNot: "little-focus" }), "whyNot");
  assert.equal(field({ qualifies: false, whyNot: "not-over" }), "whyNot");
  assert.equal(field({ qualifies: false, whyNot: "sick-leave" }), "whyNot");
  assert.equal(field({ qualifies: false, whyNot: "toString" }), "whyNot");
  assert.equal(field({ qualifies: true, whyNot: "", active60Ms: 0 }), "active60Ms");
  assert.deepEqual(blockRowFrom([]), { kind: "no-row" });
  assert.deepEqual(blockRowFrom(null), { kind: "no-row" });
});

test("what is handed in as Parquet is read as the same rows", async () => {
  const many = Array.from({ length: 40 }, (_, number) => rowsOfPerson(number)).flat();
  const groups: (readonly unknown[])[] = [];
  for await (const group of parquetRows(parquetOf(many))) groups.push(group);
  assert.ok(groups.length > 1);
  const read = groups.flat();
  assert.deepEqual(read.map(blockRowFrom), many);
});
