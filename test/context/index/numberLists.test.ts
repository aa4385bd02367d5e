import assert from "node:assert/strict";
import { test } from "node:test";
import { NumberLists } from "../../../src/context/index/numberLists.ts";

test("a list has what was added to it and not taken out again, whether short or long", () => {
  const lists = new NumberLists();
  for (let number = 0; number < 100; number += 1) for (let key = 0; key <= number; key += 1) lists.add(key, number);
  assert.deepEqual(lists.of(99), [99]);
  assert.deepEqual(lists.of(98), [98, 99]);
  assert.deepEqual([lists.of(0).length, lists.count(0), lists.count(99), lists.count(500)], [100, 100, 1, 0]);
  lists.remove(99, 7);
  assert.deepEqual(lists.of(99), [99]);
  lists.remove(99, 99);
  assert.deepEqual([lists.of(99), lists.count(99)], [[], 0]);
  lists.remove(0, 50);
  assert.deepEqual(
    lists
      .of(0)
      .toSorted((one, other) => one - other)
      .indexOf(51),
    50,
  );
  lists.removeWhere(98, (each) => each === 98);
  assert.deepEqual(lists.of(98), [99]);
  lists.add(97, 5);
  lists.removeWhere(97, (each) => each > 97);
  assert.deepEqual(lists.of(97), [97, 5]);
});

test("lists that are kept have the numbers of their order", () => {
  const lists = new NumberLists();
  lists.add(3, 30);
  lists.add(5, 50);
  lists.add(5, 51);
  const kept = lists.renumbered([5, 3]);
  assert.deepEqual([kept.of(0), kept.of(1), kept.of(3)], [[50, 51], [30], []]);
});
