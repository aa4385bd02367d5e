import assert from "node:assert/strict";
import { test } from "node:test";
import { formOf, isMinor, moduleOf } from "../../../src/context/index/minorFiles.ts";

test("tests, examples, generated and copied files are not what a repository is about", () => {
  for (const path of [
    "test/cart.ts",
    "src/__tests__/cart.ts",
    "src/cart.test.ts",
    "src/cart_test.go",
    "shop/test_cart.py",
    "tests/conftest.py",
    "src/main/CartTest.java",
    "examples/shop/main.py",
    "third_party/zlib/zlib.h",
    "api/cart_pb2.py",
    "api/cart.pb.go",
    "lib/jquery.min.js",
    "dist/index.js",
    "shop/__version__.py",
  ])
    assert.ok(isMinor(path), path);
});

test("what only sounds like one is", () => {
  for (const path of [
    "src/latest.ts",
    "src/contest/entry.py",
    "src/testing.ts",
    "shop/version_check.ts",
    "src/attest.go",
  ])
    assert.ok(!isMinor(path), path);
});

test("forms of one module are told from modules of one name", () => {
  const forms = ["a/cart.cjs", "a/cart.d.cts", "a/cart.js", "a/cart.d.ts", "a/cart.ts"];
  assert.equal(new Set(forms.map(moduleOf)).size, 1);
  assert.deepEqual(
    forms.toSorted((one, other) => formOf(one) - formOf(other)),
    ["a/cart.ts", "a/cart.d.ts", "a/cart.d.cts", "a/cart.js", "a/cart.cjs"],
  );
  const others = ["a/cart.ts", "b/cart.ts", "a/cart.test.ts", "a/cart.py", "a/cart.h", "a/cart.c"];
  assert.equal(new Set(others.map(moduleOf)).size, others.length);
});
