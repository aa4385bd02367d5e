/** The outputs in test/fixtures/failures were printed by the runners themselves; only the folder is another one. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { failuresIn, isTestPath } from "../../src/refactor/failure.ts";
import { isForeign } from "../../src/refactor/stackFrames.ts";

const folder = join(import.meta.dirname, "../fixtures/failures");

/** Each failing test with the places that are no package's, as `path:line` from 1. */
function told(output: string): readonly string[] {
  return failuresIn(output).map(({ name, places }) => {
    const own = places.filter(({ path }) => !isForeign(path) && !path.startsWith("/usr/"));
    return [name ?? "?", ...own.map(({ path, line }) => `${path.replace("/home/ann/shop/", "")}:${line + 1}`)].join(
      " ",
    );
  });
}

const printed: Readonly<Record<string, readonly string[]>> = {
  "node-spec": [
    "counts the items test/cart.test.js:4 test/cart.test.js:5",
    "sums up prices test/cart.test.js:8 src/cart.js:3 test/cart.test.js:9",
  ],
  "node-tap": [
    "counts the items test/cart.test.js:4 test/cart.test.js:5",
    "sums up prices test/cart.test.js:8 src/cart.js:3 test/cart.test.js:9",
  ],
  jest: ["counts the items jest/cart.test.js:5", "a cart › sums up prices src/cart.js:3 jest/cart.test.js:9"],
  "jest-colour": ["counts the items jest/cart.test.js:5", "a cart › sums up prices src/cart.js:3 jest/cart.test.js:9"],
  vitest: [
    "vitest/cart.test.ts > counts the items vitest/cart.test.ts:5",
    "vitest/cart.test.ts > a cart > sums up prices vitest/cart.ts:2 vitest/cart.test.ts:9",
  ],
  mocha: [
    "counts the items mocha/cart.spec.js:5",
    "a cart sums up prices src/cart.js:3 src/cart.js:3 mocha/cart.spec.js:9",
  ],
  pytest: [
    "test_counts_the_items tests/test_cart.py:7",
    "TestCart.test_count tests/test_cart.py:15",
    "TestCart.test_sums_up shop/cart.py:2 tests/test_cart.py:12",
  ],
  "pytest-colour": [
    "test_counts_the_items tests/test_cart.py:7",
    "TestCart.test_count tests/test_cart.py:15",
    "TestCart.test_sums_up shop/cart.py:2 tests/test_cart.py:12",
  ],
  "pytest-short": [
    "test_counts_the_items tests/test_cart.py:7",
    "TestCart.test_count tests/test_cart.py:15",
    "TestCart.test_sums_up shop/cart.py:2 tests/test_cart.py:12",
  ],
  unittest: [
    "test_sums_up (tests.test_cart.TestCart.test_sums_up) shop/cart.py:2 tests/test_cart.py:12",
    "test_count (tests.test_cart.TestCart.test_count) tests/test_cart.py:15",
  ],
  "go-plain": ["TestCount cart_test.go:7"],
  go: ["TestCount cart_test.go:7", "TestFirst/of_none cart/cart.go:8 cart/cart_test.go:13"],
  "cargo-plain": ["tests::counts_the_items src/lib.rs:15", "first_of_none src/lib.rs:6"],
  cargo: [
    "tests::counts_the_items src/lib.rs:15 src/lib.rs:14",
    "first_of_none src/lib.rs:6 tests/first.rs:3 tests/first.rs:2",
  ],
  junit: [
    "CartTest:firstOfNone() shop/Cart.java:11 shop/CartTest.java:16",
    "CartTest:countsTheItems() shop/CartTest.java:11",
  ],
};
for (const [file, expected] of Object.entries(printed))
  test(`what failed where is read from what was printed: ${file}`, () => {
    assert.deepEqual(told(readFileSync(join(folder, `${file}.txt`), "utf8")), expected);
  });

test("of each failing test the words that say what is wrong are kept, without colours and without the next one's", () => {
  const [first, second] = failuresIn(readFileSync(join(folder, "vitest.txt"), "utf8"));
  assert.match(first?.text ?? "", /expected 2 to be 1/);
  assert.ok(!/reading .amount./.test(first?.text ?? "") && !first?.text.includes("\u001b"));
  assert.match(second?.text ?? "", /reading 'amount'/);
  assert.equal(second?.places[1]?.name, undefined);
});

test("an output of Windows is read: drives, backslashes, addresses of files", () => {
  assert.deepEqual(
    told(
      "✖ adds (1.2ms)\n  Error: no\n      at add (C:\\work\\my shop\\src\\a.ts:3:5)\n      at file:///C:/work/a%20b/test/a.test.ts:9:1\n",
    ),
    ["adds C:/work/my shop/src/a.ts:3 C:/work/a b/test/a.test.ts:9"],
  );
  assert.deepEqual(told('Traceback (most recent call last):\r\n  File "C:\\work\\a.py", line 2, in f\r\n'), [
    "? C:/work/a.py:2",
  ]);
});

// As their documentation and sources have them; they were not run here.
test("Maven and Gradle are read", () => {
  const maven =
    "[ERROR] shop.CartTest.counts -- Time elapsed: 0.02 s <<< FAILURE!\norg.opentest4j.AssertionFailedError: expected: <1> but was: <2>\n\tat org.junit.jupiter.api.Assertions.fail(Assertions.java:1)\n\tat shop.CartTest.counts(CartTest.java:11)\n\n[INFO] Results:\n";
  assert.deepEqual(told(maven), ["shop.CartTest.counts shop/CartTest.java:11"]);
  const gradle =
    "CartTest > counts() FAILED\n    java.lang.IllegalStateException at CartTest.java:11\n        at app//shop.Cart.count(Cart.java:7)\n        at app//shop.CartTest.counts(CartTest.java:11)\n";
  assert.deepEqual(told(gradle), ["CartTest > counts() CartTest.java:11 shop/Cart.java:7 shop/CartTest.java:11"]);
});

test("the last of chained exceptions of Python comes first", () => {
  const chained =
    'Traceback (most recent call last):\n  File "a.py", line 1, in f\nKeyError: 1\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File "b.py", line 2, in g\n  File "c.py", line 3, in h\nValueError\n';
  assert.deepEqual(told(chained), ["? c.py:3 b.py:2 a.py:1"]);
});

test("an error that no runner tells of is read by its places", () => {
  assert.deepEqual(told("TypeError: x\n    at total (src/cart.js:3:16)\n"), ["? src/cart.js:3"]);
});

test("where no place is named nothing is told", () => {
  for (const output of [
    "",
    "all is well",
    "12 passed in 0.1s",
    "Error: connect ECONNREFUSED 127.0.0.1:5432",
    "see https://example.com:8080/a",
    "    at node:internal/timers:574:21",
    "Finished at 10:30:15",
  ])
    assert.deepEqual(failuresIn(output), [], output);
});

test("a flood of lines, and lines without end, are read to their end", () => {
  assert.deepEqual(failuresIn(`${"a".repeat(300_000)}:1:1\n${"/a.b".repeat(100_000)}`), []);
  assert.deepEqual(told("    at f (src/a.ts:1:2)\n".repeat(30_000)), ["? src/a.ts:1"]);
  assert.deepEqual(failuresIn(`  1) ${"a\n      ".repeat(30_000)}`), []);
});

test("files of tests are told by their names and folders", () => {
  for (const path of [
    "a.test.ts",
    "src/a.spec.jsx",
    "src/__tests__/a.js",
    "tests/test_a.py",
    "a/test_b.py",
    "a_test.py",
    "cart/cart_test.go",
    "tests/first.rs",
    "src/test/java/shop/CartTest.java",
    "CartTests.cs",
  ])
    assert.ok(isTestPath(path), path);
  for (const path of [
    "src/a.ts",
    "src/testing.ts",
    "contest/a.py",
    "latest.go",
    "src/lib.rs",
    "Contest.java",
    "attest.py",
  ])
    assert.ok(!isTestPath(path), path);
});

test("a line that is nearly one of a failing test is read at once", () => {
  assert.deepEqual(failuresIn(`${"a > ".repeat(490)}\n`), []);
});
