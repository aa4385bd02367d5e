import assert from "node:assert/strict";
import { test } from "node:test";
import { deserialize, serialize } from "node:v8";
import type { Piece, PieceReason } from "../../src/context/pieces.ts";
import { packed, unpacked } from "../../src/repository/packedPieces.ts";

function piece(path: string, name: string, heads: readonly string[], reason: PieceReason): Piece {
  const id = `${path}\0${name.length}\0${name}`;
  return { id, source: "definitions", path, line: name.length, heads, text: name, value: 1 / name.length, reason };
}

test("what the index answers arrives as it was, and what many pieces have arrives once", () => {
  const heads = ["export class 购物车", "  class Inner"];
  const reason: PieceReason = { kind: "type", name: "Inner" };
  const pieces = [
    piece("src/cart.ts", "addItem(item: Item)", heads, reason),
    piece("src/user.ts", "name: string", [], { kind: "imported", specifier: "src/user.ts" }),
    ...Array.from({ length: 100 }, (_, at) => piece("src/cart.ts", `member${at}`, heads, reason)),
  ];
  const sent = serialize(packed(pieces));
  assert.deepEqual(unpacked(deserialize(sent)), pieces);
  assert.ok(sent.length < serialize(pieces).length / 2);
  assert.deepEqual(unpacked(deserialize(serialize(packed([])))), []);
});
