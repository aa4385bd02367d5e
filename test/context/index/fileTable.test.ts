import assert from "node:assert/strict";
import { test } from "node:test";
import { noFacts } from "../../../src/context/index/facts.ts";
import { fileOf, FileTable } from "../../../src/context/index/fileTable.ts";

const tableOf = (...paths: readonly string[]): FileTable => {
  const table = new FileTable();
  for (const path of paths) table.add(path, noFacts("python"));
  return table;
};

test("a path is found by its end, whole parts of it alone, and the first of several", () => {
  const table = tableOf("lib/shop/__init__.py", "app/shop/__init__.py", "app/workshop/__init__.py", "cart.py");
  assert.equal(table.endingWith("shop/__init__.py"), "lib/shop/__init__.py");
  assert.equal(table.endingWith("app/shop/__init__.py"), "app/shop/__init__.py");
  assert.equal(table.endingWith("cart.py"), "cart.py");
  assert.equal(table.endingWith("__init__.py"), "lib/shop/__init__.py");
  assert.equal(table.endingWith("op/__init__.py"), undefined);
  assert.equal(table.endingWith("old/lib/shop/__init__.py"), undefined);
});

test("a file that is gone is not found by its end any more, and one that is read again is found once", () => {
  const table = tableOf("lib/shop/cart.py", "app/shop/cart.py");
  table.add("lib/shop/cart.py", noFacts("python"));
  assert.equal(table.endingWith("shop/cart.py"), "lib/shop/cart.py");
  table.remove("lib/shop/cart.py");
  assert.equal(table.endingWith("shop/cart.py"), "app/shop/cart.py");
  table.remove("app/shop/cart.py");
  assert.equal(table.endingWith("shop/cart.py"), undefined);
});

test("an import means the module itself, or the modules that it names", () => {
  const table = tableOf("app/main.py", "app/shop/__init__.py", "app/shop/cart.py");
  const meant = (specifier: string, ...names: string[]) => table.resolve(specifier, names, "app/main.py", "python");
  assert.deepEqual(meant(".shop", "cart"), ["app/shop/__init__.py", "app/shop/cart.py"]);
  assert.deepEqual(meant("app.shop", "*"), ["app/shop/__init__.py"]);
  assert.deepEqual(meant("elsewhere", "cart"), []);
  const scripts = tableOf("src/a.ts", "src/b/index.ts", "src/c.tsx");
  const script = (specifier: string) => scripts.resolve(specifier, [], "src/a.ts", "typescript");
  assert.deepEqual([script("./b"), script("./c.js"), script("@/c")].flat(), [
    "src/b/index.ts",
    "src/c.tsx",
    "src/c.tsx",
  ]);
});

test("names that were half typed are forgotten, and all others lead where they led", () => {
  const table = new FileTable();
  const facts = (own: string, ...others: readonly string[]) => ({
    ...noFacts("typescript"),
    identifiers: [own, ...others].map((name) => [name, 1] as const),
    definitions: [
      {
        name: own,
        signature: `${own}: Shared`,
        kind: "variable" as const,
        line: 0,
        endLine: 0,
        parent: -1,
        exported: true,
      },
    ],
  });
  table.add("old.ts", facts("gone"));
  table.add("a.ts", facts("own", "shared"));
  table.add("b.ts", facts("Shared", "shared", "own"));
  table.remove("old.ts");
  for (let count = 0; count < 25_000; count += 1) {
    table.add("typed.ts", facts(`half${count}`, "shared"));
    table.forgetNames();
  }
  assert.ok(table.names.size < 11_000, `${table.names.size}`);
  const known = (name: string) => table.names.known(name) ?? -1;
  const paths = (ids: readonly number[]) => ids.map((id) => table.get(id)?.path ?? "").toSorted();
  assert.deepEqual(paths(table.usersOf(known("shared"))), ["a.ts", "b.ts", "typed.ts"]);
  assert.deepEqual(paths(table.definersOf(known("own")).map(fileOf)), ["a.ts"]);
  assert.deepEqual(paths(table.definersOf(known("half24999")).map(fileOf)), ["typed.ts"]);
  const file = table.byPath("a.ts");
  assert.ok(file);
  assert.deepEqual(
    Array.from(file.names, (id) => table.names.nameOf(id)),
    ["own", "shared"],
  );
  assert.deepEqual(
    Array.from(table.signatureNames(file, 0), (id) => table.names.nameOf(id)),
    ["Shared"],
  );
  table.remove("a.ts");
  assert.deepEqual(paths(table.usersOf(known("own"))), ["b.ts"]);
});
