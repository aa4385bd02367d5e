import assert from "node:assert/strict";
import { closeSync, openSync, rmSync, statSync, utimesSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import type { Indexer } from "../../src/repository/indexer.ts";
import { KeptStore } from "../../src/repository/keptStore.ts";
import { folderWith, membersOf, openIndex, storeIn, thing } from "../support/indexedFolder.ts";

const found = (indexer: Indexer, word: string) => indexer.search([word], 10).map(({ path }) => path);

test("after a restart only what has changed is read", async () => {
  const root = folderWith({ "a.ts": thing("one"), "b.ts": "export const b = 1;", "c.ts": "export const c = 1;" });
  const first = new KeptStore(storeIn(root));
  await (await openIndex(root, first)).update();
  first.close();
  writeFileSync(join(root, "a.ts"), thing("another"));
  rmSync(join(root, "b.ts"));
  const second = new KeptStore(storeIn(root));
  const again = await openIndex(root, second);
  assert.equal(membersOf(again.indexer), "one: number");
  const summary = await again.update();
  second.close();
  assert.deepEqual([summary.files, again.texts], [2, [thing("another")]]);
  assert.equal(membersOf(again.indexer), "another: number");
});

test("a file that is being read when the editor is closed is read in the next session", async () => {
  const root = folderWith({ "thing.ts": thing("one") });
  const store = new KeptStore(storeIn(root));
  const { indexer, update } = await openIndex(root, store, { onText: async () => "ended" });
  await update();
  assert.deepEqual([[...store.all()], indexer.graph.size], [[], 0]);
  store.close();
});

test("a file that was ignored since the last session is never told of again, not even before the first look", async () => {
  const root = folderWith({ "src/thing.ts": thing("hidden"), "src/b.ts": "export const b = 1;" });
  const first = new KeptStore(storeIn(root));
  await (await openIndex(root, first)).update();
  first.close();
  writeFileSync(join(root, "src/.pairwiseignore"), "thing.ts\n");
  const second = new KeptStore(storeIn(root));
  const { indexer } = await openIndex(root, second);
  assert.deepEqual([membersOf(indexer), indexer.graph.size], ["", 1]);
  assert.deepEqual(
    Array.from(second.all(), ({ path }) => path),
    ["src/b.ts"],
  );
  second.close();
});

test("another window that writes for long costs what is kept, not what is stored, nor what is found", async () => {
  const root = folderWith({ "thing.ts": thing("one"), "other.ts": "export const basket = 1;\n" });
  const first = new KeptStore(storeIn(root));
  await (await openIndex(root, first)).update();
  first.close();
  const store = new KeptStore(storeIn(root));
  const { indexer, update, restored } = await openIndex(root, store);
  const other = new DatabaseSync(storeIn(root));
  other.exec("BEGIN IMMEDIATE; UPDATE files SET size = size");
  writeFileSync(join(root, "thing.ts"), thing("second"));
  await update();
  await restored();
  assert.deepEqual([membersOf(indexer), indexer.keeps], ["second: number", false]);
  assert.deepEqual([found(indexer, "second"), found(indexer, "basket")], [["thing.ts"], ["other.ts"]]);
  other.exec("COMMIT");
  other.close();
  store.close();
  const again = new KeptStore(storeIn(root));
  assert.deepEqual([[...again.all()].length, again.keeps], [2, true]);
  again.close();
});

test("while another window has the database for itself, the index is not kept, and what is stored stays", async () => {
  const root = folderWith({ "thing.ts": thing("one") });
  const first = new KeptStore(storeIn(root));
  await (await openIndex(root, first)).update();
  first.close();
  const other = new DatabaseSync(storeIn(root));
  other.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; UPDATE files SET size = size");
  const store = new KeptStore(storeIn(root));
  const { indexer, update } = await openIndex(root, store);
  await update();
  assert.deepEqual([found(indexer, "thing"), indexer.keeps], [["thing.ts"], false]);
  other.exec("COMMIT");
  other.close();
  indexer.clear();
  assert.equal(indexer.keeps, true, "rebuilding tries again");
  store.close();
});

test("what is no database, or of another version, is made anew", async () => {
  const root = folderWith({ "thing.ts": thing("one") });
  writeFileSync(storeIn(root), "this is no database, however long it is ".repeat(200));
  const store = new KeptStore(storeIn(root));
  await (await openIndex(root, store)).update();
  assert.equal([...store.all()].length, 1);
  store.close();
});

test("two windows on one folder both have an index", async () => {
  const root = folderWith({ "thing.ts": thing("one"), "b.ts": "export const b = 1;" });
  const stores = [new KeptStore(storeIn(root)), new KeptStore(storeIn(root))];
  const opened = await Promise.all(stores.map((store) => openIndex(root, store)));
  await Promise.all(opened.map(({ update }) => update()));
  utimesSync(join(root, "b.ts"), 1, 1);
  await Promise.all(opened.map(({ indexer }) => indexer.changed(["b.ts"])));
  assert.deepEqual(
    opened.map(({ indexer }) => [indexer.graph.size, indexer.keeps]),
    [
      [2, true],
      [2, true],
    ],
  );
  for (const store of stores) store.close();
});

test("a database that is damaged where it is first read from is made anew, and everything is found", async () => {
  const files = Object.entries({ "thing.ts": thing("one") });
  for (let index = 0; index < 200; index += 1) files.push([`f${index}.ts`, `export const value${index} = ${index};\n`]);
  const root = folderWith(Object.fromEntries(files));
  const first = new KeptStore(storeIn(root));
  await (await openIndex(root, first)).update();
  first.close();
  damage(storeIn(root));
  const store = new KeptStore(storeIn(root));
  const { indexer, update, restored } = await openIndex(root, store);
  await update();
  await restored();
  assert.deepEqual([membersOf(indexer), indexer.keeps], ["one: number", true]);
  assert.deepEqual([found(indexer, "value150"), [...store.all()].length], [["f150.ts"], 201]);
  store.close();
});

/** Leaves the first pages, by which a file is a database and has its tables. */
function damage(file: string): void {
  const { size } = statSync(file);
  const handle = openSync(file, "r+");
  writeSync(handle, Buffer.alloc(size - KEPT_BYTES, 0xff), 0, size - KEPT_BYTES, KEPT_BYTES);
  closeSync(handle);
}

test("a disk that can't be written to any more costs what is kept, neither the index nor what is found", async () => {
  const root = folderWith({ "thing.ts": thing("one"), "other.ts": "export const basket = 1;\n" });
  const store = new KeptStore(storeIn(root));
  const { indexer, update, restored } = await openIndex(root, store);
  await update();
  store.close();
  writeFileSync(join(root, "thing.ts"), thing("second"));
  await update();
  await restored();
  assert.deepEqual([membersOf(indexer), indexer.keeps], ["second: number", false]);
  assert.deepEqual([found(indexer, "second"), found(indexer, "basket")], [["thing.ts"], ["other.ts"]]);
});

const KEPT_BYTES = 12 * 4_096;
