import assert from "node:assert/strict";
import { test } from "node:test";
import { unlinked } from "../../src/text/unlinked.ts";

test("no words of a message are a link, and all of them can be read", () => {
  assert.equal(unlinked("It says: [OK](command:a.b) and [c](d)"), "It says: [OK] (command:a.b) and [c] (d)");
  assert.equal(unlinked("items[0](1)"), "items[0] (1)");
  const plain = "nothing [here] at all (really)";
  assert.equal(unlinked(plain), plain);
});
