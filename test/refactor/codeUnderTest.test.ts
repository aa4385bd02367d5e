import assert from "node:assert/strict";
import { test } from "node:test";
import { codeUnderTest, namesIn } from "../../src/refactor/codeUnderTest.ts";

test("the code of a test in TypeScript is what it imports, also where that is written as JavaScript", () => {
  const { exact } = codeUnderTest(
    "test/a.test.ts",
    'import { a } from "../src/a.js";\nimport b from "../src/b";\nimport x from "node:fs";\nimport "./set-up";\nimport data from "./d.json";',
  );
  for (const path of ["src/a.ts", "src/b.ts", "src/b/index.ts", "test/set-up.ts", "test/a.ts"])
    assert.ok(exact.includes(path), path);
  assert.ok(exact.indexOf("src/a.ts") < exact.indexOf("test/a.ts"), "what is imported comes before what has its name");
  assert.ok(!exact.some((path) => path.includes("fs") || path.includes("json")));
});

test("what leads out of the folder is left out, and the test itself is not its code", () => {
  const { exact } = codeUnderTest(
    "a.test.js",
    'require("../../etc/passwd"); require("./a.test.js"); import("./b.mjs")',
  );
  assert.ok(!exact.some((path) => path.includes("etc")));
  assert.ok(!exact.includes("a.test.js"));
  assert.ok(exact.includes("b.mjs"));
});

test("a test in __tests__ is about what stands above it", () => {
  assert.ok(codeUnderTest("src/__tests__/cart.test.jsx", "").exact.includes("src/cart.jsx"));
});

test("the code of a test in Python is what it imports, in whichever folder, and what has its name", () => {
  const { exact, endings } = codeUnderTest(
    "tests/test_cart.py",
    "import shop.money\nfrom shop.cart import (\n  count,\n  total,\n)\nfrom shop import tax as t\nfrom .helpers import make\nfrom ..top import a\n",
  );
  for (const path of ["shop/money.py", "shop/cart.py", "shop/tax.py", "shop/__init__.py", "cart.py"])
    assert.ok(endings.includes(path), path);
  for (const path of ["tests/helpers.py", "top.py"]) assert.ok(exact.includes(path), path);
});

test("of Go, Rust, Java and Kotlin it is told by the name", () => {
  assert.deepEqual(codeUnderTest("cart/cart_test.go", "").exact, ["cart/cart.go"]);
  assert.deepEqual(codeUnderTest("crates/a/tests/first.rs", "").exact, [
    "crates/a/src/first.rs",
    "crates/a/src/lib.rs",
  ]);
  assert.deepEqual(codeUnderTest("tests/first.rs", "").exact, ["src/first.rs", "src/lib.rs"]);
  assert.deepEqual(codeUnderTest("src/test/java/shop/CartTest.java", "package shop;"), {
    exact: ["src/main/java/shop/Cart.java"],
    endings: ["shop/Cart.java"],
  });
});

test("names are those that are written", () => {
  assert.deepEqual([...namesIn("assert.equal(größe($a), 1)")], ["assert", "equal", "größe", "$a"]);
});
