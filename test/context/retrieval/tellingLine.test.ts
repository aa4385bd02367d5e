import assert from "node:assert/strict";
import { test } from "node:test";
import { tellingLine } from "../../../src/context/retrieval/tellingLine.ts";

const TEXT = `
/** Parcels and the like. */

export function freightOf(parcel: Parcel): number {
  // 运费按重量计算
  return parcel.weight * perKilogram;
}`;

test("of what a search has found, the line with the question's rarest words is shown", () => {
  assert.equal(tellingLine("the weight of a parcel", TEXT), 5);
  assert.equal(tellingLine("how is the freight made", TEXT), 3);
  assert.equal(tellingLine("按重量", TEXT), 4);
});

test("where no line has a word of the question, the first one with anything in it is shown", () => {
  assert.equal(tellingLine("zyzzyva", TEXT), 1);
  assert.equal(tellingLine("zyzzyva", ""), 0);
});
