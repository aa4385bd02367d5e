import assert from "node:assert/strict";
import { test } from "node:test";
import { Weighed } from "../../../src/context/index/weighed.ts";
import { seeded } from "../../../bench/replay/random.ts";

const lengthOf = (file: number, index: number): number => 5 + ((file * 7 + index * 13) % 90);

test("the best for their length come first, as many as there is room for, and chances add up to one", () => {
  const random = seeded(7);
  const weighed = new Weighed();
  for (const count of [0, 1, 3_000, 40]) {
    weighed.reset();
    for (let index = 0; index < count; index += 1) weighed.add(index % 20, index, random() * 9, "related");
    const all = Array.from({ length: count }, (_, place) => place);
    const density = (place: number): number =>
      weighed.chance(place) / lengthOf(weighed.file(place), weighed.index(place));
    const ordered = all.toSorted((one, other) => density(other) - density(one));
    let length = 0;
    const expected = ordered.filter((place) => (length += lengthOf(place % 20, place)) <= 1_000);
    const { places, count: taken } = weighed.best(lengthOf, 1_000, new Set());
    assert.deepEqual(places.slice(0, taken), expected);
    const sum = all.reduce((sum, place) => sum + weighed.chance(place), 0);
    if (count > 0) assert.ok(Math.abs(sum - 1) < 1e-9, `${sum}`);
  }
});

test("what there is no room for is told after the others where it is in a file to be kept; what is hopeless is not", () => {
  const weighed = new Weighed();
  weighed.reset();
  weighed.add(1, 0, 5, "used");
  weighed.add(2, 1, 1, "type");
  weighed.add(3, 2, 2, "imported");
  weighed.add(2, 3, -9, "own");
  const { places, count } = weighed.best(() => 10, 10, new Set([2]));
  assert.equal(count, 1);
  assert.deepEqual(
    places.filter((place, at) => at < count || weighed.file(place) === 2).map((place) => weighed.why(place)),
    ["used", "type"],
  );
});
