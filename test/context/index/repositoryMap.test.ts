import assert from "node:assert/strict";
import { test } from "node:test";
import { FactExtractor } from "../../../src/context/index/extraction/extractor.ts";
import { languageIdOfPath } from "../../../src/context/index/extraction/languageOfPath.ts";
import { FileTable } from "../../../src/context/index/fileTable.ts";
import { type MapQuery, mapText, repositoryMap } from "../../../src/context/index/repositoryMap.ts";
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

async function tableOf(files: Files): Promise<FileTable> {
  const table = new FileTable();
  for (const [path, text] of Object.entries(files)) {
    table.add(path, await extractor.extract(text, languageIdOfPath(path) ?? ""));
  }
  return table;
}

type Files = Readonly<Record<string, string>>;

async function mapOf(files: Files | FileTable, query: Partial<MapQuery> = {}) {
  const table = files instanceof FileTable ? files : await tableOf(files);
  return repositoryMap(table, { recent: [], mostChars: 10_000, ...query }, async () => {});
}

async function pathsOf(files: Files, query: Partial<MapQuery> = {}): Promise<readonly string[]> {
  return (await mapOf(files, query)).files.map(({ path }) => path);
}

test("what most files refer to comes first, its members under it", async () => {
  const { files, allFiles } = await mapOf(shop);
  assert.equal(files[0]?.path, "item.ts");
  assert.deepEqual(
    files[0]?.lines.map(({ line, signature, depth }) => `${line} ${depth} ${signature}`),
    ["0 0 export interface Item", "1 1 price: number", "2 1 quantity: number"],
  );
  assert.equal(allFiles, 6);
});

test("what nobody refers to, and what other files can't name, is not on it", async () => {
  const { files } = await mapOf(shop);
  assert.doesNotMatch(mapText({ files }), /helper|wall|test\/order/);
});

test("seen from the file in hand, what it depends on comes first", async () => {
  const map = await mapOf(shop, { recent: ["paint.ts", "gone.ts"] });
  assert.equal(map.files[0]?.path, "colour.ts");
  assert.deepEqual(map.startedFrom, ["paint.ts"]);
});

test("the map is never longer than asked for, and what has no room leaves it to shorter lines", async () => {
  const table = await tableOf(shop);
  for (let mostChars = 0; mostChars < 300; mostChars += 7) {
    const text = mapText(await mapOf(table, { mostChars }));
    assert.ok(text.length <= mostChars, `${text.length} of ${mostChars}`);
  }
  assert.equal((await mapOf(table, { mostChars: 10 })).files.length, 0);
});

test("a file that was removed leaves the map, and its number another file", async () => {
  const table = await tableOf(shop);
  table.remove("item.ts");
  const { files } = await mapOf(table);
  assert.doesNotMatch(mapText({ files }), /Item$/m);
  assert.equal(new Set(files.map(({ path }) => path)).size, files.length);
});

test("of an empty repository there is an empty map", async () => {
  const map = await mapOf({});
  assert.deepEqual(map, { files: [], startedFrom: [], allFiles: 0, allDefinitions: 0 });
});

test("a class comes before what its own package's tests have, since they call it; with a test in hand theirs come, too", async () => {
  const helped = "from .helper import make_client\nfrom shop import Client\nclient: Client = make_client()\n";
  const files = {
    "shop/__init__.py": "from ._client import *\n",
    "shop/_client.py": "class Client:\n    def send(self, to: str) -> None: ...\n",
    "tests/helper.py": "def make_client(): ...\n",
    "tests/test_a.py": helped,
    "tests/test_b.py": helped,
  };
  assert.equal((await pathsOf(files))[0], "shop/_client.py");
  const small = { mostChars: 70 };
  assert.deepEqual(await pathsOf(files, small), ["shop/_client.py"]);
  assert.ok((await pathsOf(files, { ...small, recent: ["tests/test_a.py"] })).includes("tests/helper.py"));
});

test("what an index file hands on is referred to by who imports the index", async () => {
  const files = {
    "core/index.ts": 'export * from "./shape";\n',
    "core/shape.ts": "export interface Pen { ink: string }\nexport interface Shape { area: number }\n",
    "draw.ts": 'import * as core from "./core/index";\nexport function draw(shape: core.Shape) {}\n',
  };
  const { files: mapped } = await mapOf(files, { recent: ["draw.ts"], mostChars: 70 });
  assert.equal(mapText({ files: mapped }), "core/shape.ts\n  export interface Shape\n    area: number\n\n");
});

test("a local variable is not taken for a function of its name that is imported nowhere", async () => {
  const files = {
    "start.ts": "export function total(): number { return 1; }\n",
    "sum.ts":
      "export function add(items: number[]) { let total = 0; for (const item of items) total += item; return total; }\n",
    "use.ts": 'import { add } from "./sum";\nadd([]);\n',
  };
  assert.deepEqual(await pathsOf(files), ["sum.ts"]);
});

test("in languages where what is beside a file need not be imported, it is meant", async () => {
  const files = {
    "shop/cart.go": "package shop\n\ntype Cart struct {\n\tOwner string\n}\n",
    "shop/order.go": "package shop\n\nfunc Order(cart Cart) {}\n",
  };
  assert.equal((await pathsOf(files))[0], "shop/cart.go");
});

test("a module that is there in several forms is shown once, in the one that people read", async () => {
  const use = 'import { cut } from "./cut.js";\ncut(1);\n';
  const files = {
    "cut.js": "export function cut(at) {}\n",
    "cut.cjs": "exports.cut = function cut(at) {};\n",
    "cut.d.ts": "export declare function cut(at: number): void;\n",
    "use.js": use,
    "other.js": use,
  };
  assert.deepEqual(await pathsOf(files), ["cut.d.ts"]);
});

test("of overloads, and of a getter and its setter, the first is shown", async () => {
  const files = {
    "box.ts": "export class Box {\n  get width(): number { return 1; }\n  set width(to: number) {}\n}\n",
    "use.ts": 'import { Box } from "./box";\nnew Box().width = 2;\n',
  };
  assert.equal(mapText(await mapOf(files)), "box.ts\n  export class Box\n    get width(): number\n\n");
});

test("what is named at the caret of the file in hand comes before what it names elsewhere", async () => {
  const files = {
    "left.ts": "export function left(): void {}\n",
    "right.ts": "export function right(): void {}\n",
    "main.ts": 'import { left } from "./left";\nimport { right } from "./right";\nleft();\nright();\n',
  };
  const at = async (before: string) => (await pathsOf(files, { recent: ["main.ts"], near: { before, after: "" } }))[0];
  assert.deepEqual([await at("left("), await at("right(")], ["left.ts", "right.ts"]);
});

test("the map is the same whatever came and went before", async () => {
  const table = await tableOf({ "gone.ts": "export const gone = 1;\n", ...shop });
  table.remove("gone.ts");
  const backwards = await tableOf(Object.fromEntries(Object.entries(shop).toReversed()));
  const query = { recent: ["order.ts"] };
  const maps = [await mapOf(shop, query), await mapOf(table, query), await mapOf(backwards, query)];
  assert.deepEqual(maps[1], maps[0]);
  assert.deepEqual(maps[2], maps[0]);
});

test("while it is made others work, after every few hundred files at most", async () => {
  const table = new FileTable();
  const facts = await extractor.extract('import { a } from "./a";\na();\n', "typescript");
  for (let count = 0; count < 3_000; count += 1) table.add(`f${count}.ts`, facts);
  let pauses = 0;
  await repositoryMap(table, { recent: [], mostChars: 1_000 }, async () => {
    pauses += 1;
  });
  assert.ok(pauses >= 10, `${pauses}`);
});

test("files that are changed or removed while it is made do no harm", async () => {
  const table = await tableOf(shop);
  const map = await repositoryMap(table, { recent: [], mostChars: 10_000 }, async () => {
    table.remove("cart.ts");
    table.add("new.ts", await extractor.extract("export class New {}\n", "typescript"));
  });
  assert.equal(map.files[0]?.path, "item.ts");
});

test("in Python a package is meant rather than a script of its name among the tests", async () => {
  const files = {
    "tests/apps/shop.py": "class Client: ...\n",
    "src/shop/__init__.py": "class Client: ...\n",
    "src/main.py": "from shop import Client\nClient()\n",
  };
  assert.deepEqual(await pathsOf(files), ["src/shop/__init__.py"]);
});
