import assert from "node:assert/strict";
import { test } from "node:test";
import { FactExtractor } from "../../../src/context/index/extraction/extractor.ts";
import { languageIdOfPath } from "../../../src/context/index/extraction/languageOfPath.ts";
import { FileTable } from "../../../src/context/index/fileTable.ts";
import { mapText, repositoryMap } from "../../../src/context/index/repositoryMap.ts";
import { readWasm } from "../../support/grammars.ts";

const extractor = new FactExtractor(readWasm, () => performance.now());

const shop = {
  "item.ts": "export interface Item {\n  price: number;\n  quantity: number;\n}\nfunction helper() {}\n",
  "cart.ts":
    'import type { Item } from "./item";\nexport class Cart {\n  items: Item[] = [];\n  add(item: Item): void {}\n}\n',
  "order.ts":
    'import { Cart } from "./cart";\nimport type { Item } from "./item";\nexport function order(cart: Cart, first: Item): void { cart.add(first); }\n',
  "colour.ts": "export const red = 1;\n",
  "paint.ts": 'import { red } from "./colour";\nexport const wall = red;\nfunction helper() {}\n',
  "test/order.ts": 'import { order } from "../order";\norder();\nhelper();\n',
};

async function tableOf(files: Readonly<Record<string, string>>): Promise<FileTable> {
  const table = new FileTable();
  for (const [path, text] of Object.entries(files)) {
    table.add(path, await extractor.extract(text, languageIdOfPath(path) ?? ""));
  }
  return table;
}

test("what most files refer to comes first, its members under it", async () => {
  const { files, allFiles } = repositoryMap(await tableOf(shop), { recent: [], mostChars: 10_000 });
  assert.equal(files[0]?.path, "item.ts");
  assert.deepEqual(
    files[0]?.lines.map(({ line, signature, depth }) => `${line} ${depth} ${signature}`),
    ["0 0 export interface Item", "1 1 price: number", "2 1 quantity: number"],
  );
  assert.equal(allFiles, 6);
});

test("what nobody refers to, and what other files can't name, is not on it", async () => {
  const { files } = repositoryMap(await tableOf(shop), { recent: [], mostChars: 10_000 });
  assert.doesNotMatch(mapText({ files }), /helper|wall|test\/order/);
});

test("seen from the file in hand, what it depends on comes first", async () => {
  const map = repositoryMap(await tableOf(shop), { recent: ["paint.ts", "gone.ts"], mostChars: 10_000 });
  assert.equal(map.files[0]?.path, "colour.ts");
  assert.deepEqual(map.startedFrom, ["paint.ts"]);
});

test("the map is never longer than asked for, and what has no room leaves it to shorter lines", async () => {
  const table = await tableOf(shop);
  for (let mostChars = 0; mostChars < 300; mostChars += 7) {
    const text = mapText(repositoryMap(table, { recent: [], mostChars }));
    assert.ok(text.length <= mostChars, `${text.length} of ${mostChars}`);
  }
  assert.equal(repositoryMap(table, { recent: [], mostChars: 10 }).files.length, 0);
});

test("a file that was removed leaves the map, and its number another file", async () => {
  const table = await tableOf(shop);
  table.remove("item.ts");
  const { files } = repositoryMap(table, { recent: [], mostChars: 10_000 });
  assert.doesNotMatch(mapText({ files }), /Item$/m);
  assert.equal(new Set(files.map(({ path }) => path)).size, files.length);
});

test("of an empty repository there is an empty map", () => {
  const map = repositoryMap(new FileTable(), { recent: [], mostChars: 1_000 });
  assert.deepEqual(map, { files: [], startedFrom: [], allFiles: 0, allDefinitions: 0 });
});
