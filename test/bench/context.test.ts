import assert from "node:assert/strict";
import { test } from "node:test";
import { jaccard, similarWindows } from "../../bench/context/baseline.ts";
import { isCovered } from "../../bench/context/covered.ts";
import { choosePositions, definersIn, hasWord, type Position } from "../../bench/context/positions.ts";

const cart = {
  path: "cart.ts",
  text: "export interface Cart {\n  voucherCode: string;\n}\nexport function openCart(owner: string) {\n  const localName = owner;\n  callSomething(localName);\n}\n",
};
const order = {
  path: "order.py",
  text: "LIMIT = 3\nclass Order(Base):\n    total: int = 0\n    def ship(self):\n        self.state = 1\n        localName = 2\n",
};
const use = {
  path: "use.ts",
  text: "import { openCart } from './cart';\n\nconst cart = openCart('me');\nprint(cart.voucherCode, cart);\n// voucherNumber\n",
};

test("what stands at the top level or in a class or a type is defined; parameters, locals and calls are not", () => {
  const names = (...files: readonly { path: string; text: string }[]) =>
    Array.from(definersIn(files).keys()).toSorted();
  assert.deepEqual(names(cart), ["Cart", "openCart", "voucherCode"]);
  assert.deepEqual(names(order), ["LIMIT", "Order", "ship", "state", "total"]);
});

test("a place is one where a name is needed that stands nowhere else in the file and that another file defines", () => {
  const [only, ...others] = choosePositions([cart, order, use], 50, 1);
  assert.deepEqual([only?.path, only?.name, others.length], ["use.ts", "voucherCode", 0]);
  assert.ok(only && only.before.endsWith("print(cart.") && only.after.startsWith("\n// voucherNumber"));
  assert.equal(only.heldOut, "voucherCode, cart);");
  assert.ok(!hasWord(only.before + only.after, "voucherCode"), "what is held out is nowhere");
});

test("no place where the name is defined in the file itself, or stands there once more", () => {
  const again = { ...use, text: `${use.text}cart.voucherCode;\n` };
  const own = { ...use, text: `${use.text}interface Own {\n  voucherCode: string;\n}\n` };
  for (const file of [again, own]) assert.deepEqual(choosePositions([cart, file], 50, 1), []);
});

test("a name counts in a line of code of a file that defines it, not in a list, a comment or another file", () => {
  const position: Position = {
    path: "use.ts",
    before: "",
    after: "",
    heldOut: "",
    name: "voucherCode",
    definers: new Set(["cart.ts"]),
  };
  const covered = (path: string, text: string) => isCovered(position, [{ path, text }], () => cart.text);
  assert.equal(covered("cart.ts", "export interface Cart\n  voucherCode: string"), true);
  assert.equal(covered("cart.ts", "voucherCode"), false);
  assert.equal(covered("cart.ts", "Cart, voucherCode, openCart"), false);
  assert.equal(covered("other.ts", "  voucherCode: string;"), false);
  assert.equal(covered("cart.ts", "  voucherCodes: string;"), false);
});

test("the baseline takes the windows that share the most names, as many as there is room for, the best last", () => {
  assert.equal(jaccard(new Set(["a", "b"]), new Set(["b", "c"])), 1 / 3);
  const files = [
    { path: "far.ts", text: "alpha beta" },
    { path: "near.ts", text: "openCart voucherCode owner" },
    { path: "nothing.ts", text: "" },
  ];
  const before = "openCart(owner) alpha";
  assert.deepEqual(
    similarWindows(before, files, 1_000).map(({ path }) => path),
    ["far.ts", "near.ts"],
  );
  assert.deepEqual(
    similarWindows(before, files, 40).map(({ path }) => path),
    ["near.ts"],
  );
});
