import assert from "node:assert/strict";
import { test } from "node:test";
import { FactExtractor } from "../../../src/context/index/extraction/extractor.ts";
import { languageIdOfPath } from "../../../src/context/index/extraction/languageOfPath.ts";
import { FileTable } from "../../../src/context/index/fileTable.ts";
import { outlinesOf, symbolsNamed } from "../../../src/context/index/symbolSearch.ts";
import { readWasm } from "../../support/grammars.ts";

const extractor = new FactExtractor(readWasm, () => performance.now());
const files = {
  "cart.ts": "export class Cart {\n  add(item: string): void {}\n  addAll(): void {}\n}\n",
  "own.ts": "function add() {}\nconst preAdd = 1;\n",
  "shop.py": "class 购物车:\n    def 添加(self):\n        pass\n",
  "empty.ts": "cart.add();\n",
};
const table = new FileTable();
for (const [path, text] of Object.entries(files))
  table.add(path, await extractor.extract(text, languageIdOfPath(path) ?? ""));

const named = (text: string, most = 10) =>
  symbolsNamed(table, { text, most }).map(({ name, path, line }) => `${name} ${path}:${line}`);

test("a symbol is found by its name, those of exactly that name first, whatever its case", () => {
  assert.deepEqual(named("ADD"), ["add cart.ts:1", "add own.ts:0", "addAll cart.ts:2", "preAdd own.ts:1"]);
  assert.deepEqual(named("cart"), ["Cart cart.ts:0"]);
  assert.deepEqual(named("购物"), ["购物车 shop.py:0"]);
  assert.deepEqual(named("add", 1), ["add cart.ts:1"]);
});

test("what is only used, or not there, is not found", () => {
  assert.deepEqual(named("item"), []);
  assert.deepEqual(named(" "), []);
});

test("an outline has a file's definitions with how deep they stand", () => {
  const [cart, ...others] = outlinesOf(table, ["cart.ts", "empty.ts", "gone.ts"]);
  assert.deepEqual(others, []);
  assert.deepEqual(
    cart?.lines.map(({ line, depth, signature }) => `${line} ${depth} ${signature}`),
    ["0 0 export class Cart", "1 1 add(item: string): void", "2 1 addAll(): void"],
  );
});
