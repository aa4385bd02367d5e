import assert from "node:assert/strict";
import { test } from "node:test";
import { resolveImport } from "../../../src/context/index/modules.ts";

/** The first file that `specifier` in the file at `from` means, of those in `paths`. */
function meant(specifier: string, from: string, languageId: string, ...paths: readonly string[]): string | undefined {
  const files = {
    has: (path: string) => paths.includes(path),
    endingWith: (end: string) => paths.find((path) => path === end || path.endsWith(`/${end}`)),
  };
  return resolveImport(specifier, from, languageId, files);
}

test("Rust: an item is found in its module, and a module in its file or folder", () => {
  const rust = (specifier: string) =>
    meant(specifier, "src/main.rs", "rust", "src/models.rs", "src/shop/cart.rs", "src/shop/mod.rs");
  assert.equal(rust("crate::models::User"), "src/models.rs");
  assert.equal(rust("crate::shop::cart::Cart"), "src/shop/cart.rs");
  assert.equal(rust("crate::shop::Till"), "src/shop/mod.rs");
  assert.equal(rust("super::*"), undefined);
  assert.equal(rust("std::collections::HashMap"), undefined);
});

test("Ruby: what is required relative to the file", () => {
  assert.equal(meant("../models/user", "app/shop/cart.rb", "ruby", "app/models/user.rb"), "app/models/user.rb");
});

test("Java: the class of a static import", () => {
  assert.equal(meant("com.shop.Cart", "a/B.java", "java", "src/com/shop/Cart.java"), "src/com/shop/Cart.java");
});
