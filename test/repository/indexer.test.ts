import assert from "node:assert/strict";
import { once } from "node:events";
import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { readBytes } from "../../src/repository/fileText.ts";
import { folderWith, membersOf, openIndex, piecesOf, temporary, thing } from "../support/indexedFolder.ts";

test("a folder is read, and what it defines is found", async () => {
  const { indexer, update } = await openIndex(folderWith({ "src/thing.ts": thing("weight"), "readme.txt": "weight" }));
  const summary = await update();
  assert.deepEqual([summary.files, summary.read, membersOf(indexer)], [1, 1, "weight: number"]);
});

test("a file that is written, moved or removed is heard of by itself, and a folder with all that is in it", async () => {
  const root = folderWith({ "src/thing.ts": thing("one"), "src/deep/x.ts": "export const x = 1;" });
  const { indexer, update, texts } = await openIndex(root);
  await update();
  texts.length = 0;
  writeFileSync(join(root, "src/thing.ts"), thing("second"));
  await indexer.changed(["src/thing.ts"]);
  assert.deepEqual([membersOf(indexer), texts.length], ["second: number", 1]);
  rmSync(join(root, "src"), { recursive: true });
  assert.deepEqual(await indexer.changed(["src"]), { rules: false, folders: [] });
  assert.equal(indexer.graph.size, 0);
});

test("of a new folder only what is in it is looked for, and of an ignored one nothing", async () => {
  const root = folderWith({ ".gitignore": "build/\n", "a.ts": "export const a = 1;", "old/b.ts": thing("one") });
  const { indexer, update, texts } = await openIndex(root);
  await update();
  texts.length = 0;
  for (const folder of ["build/deep", "new/deep"]) mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, "build/.gitignore"), "");
  writeFileSync(join(root, "new/deep/thing.ts"), thing("second"));
  writeFileSync(join(root, "new/.gitignore"), "hidden.ts\n");
  writeFileSync(join(root, "new/hidden.ts"), "export const hidden = 1;");
  writeFileSync(join(root, "a.ts"), "export const unseen = 1;");
  rmSync(join(root, "old/b.ts"));
  const changes = await indexer.changed(["build", "build/deep", "build/.gitignore", "new/deep", "new"]);
  assert.deepEqual(changes, { rules: false, folders: ["new"] });
  const { signal } = new AbortController();
  await indexer.update(() => undefined, signal, "new");
  assert.deepEqual(texts, [thing("second")]);
  assert.deepEqual([membersOf(indexer), indexer.graph.size], ["one: number; second: number", 3]);
  rmSync(join(root, "new/deep/thing.ts"));
  await indexer.update(() => undefined, signal, "new");
  assert.deepEqual([membersOf(indexer), indexer.graph.size], ["one: number", 2]);
  await indexer.update(() => undefined, signal, "build");
  assert.equal(indexer.graph.size, 2);
  assert.deepEqual(await indexer.changed(["new", ""]), { rules: false, folders: [""] });
});

test("a text that is longer than a file may be does not count, however it got so long", async () => {
  const root = folderWith({ "thing.ts": thing("one") });
  const { indexer, update } = await openIndex(root, undefined, { bounds: { mostBytes: 100 } });
  await update();
  await indexer.edited("thing.ts", thing("typed") + " ".repeat(100));
  assert.equal(membersOf(indexer), "one: number");
  assert.ok(await readBytes(join(root, "thing.ts"), 100));
  // Since it was looked at, it has grown, or is another thing.
  appendFileSync(join(root, "thing.ts"), " ".repeat(100));
  symlinkSync(join(root, "thing.ts"), join(root, "link.ts"));
  for (const path of ["thing.ts", "link.ts", ".", "none.ts"]) {
    assert.equal(await readBytes(join(root, path), path === "thing.ts" ? 100 : 10_000), undefined, path);
  }
});

test("text that is not saved yet counts, until the file is written", async () => {
  const root = folderWith({ "thing.ts": thing("saved") });
  const { indexer, update } = await openIndex(root);
  await update();
  await indexer.edited("thing.ts", thing("typed"));
  assert.equal(membersOf(indexer), "typed: number");
  await indexer.changed(["thing.ts"]);
  assert.equal(membersOf(indexer), "saved: number");
});

test("ignored files are not read, nor does their text count when it is typed", async () => {
  const root = folderWith({
    ".gitignore": "private/\n",
    "private/thing.ts": thing("hidden"),
    "lib/.pairwiseignore": "own.ts\n",
    "lib/own.ts": thing("hidden"),
    "b.ts": "export const b = 1;",
  });
  const { indexer, update, texts } = await openIndex(root);
  const summary = await update();
  await indexer.changed(["private/thing.ts", "lib/own.ts"]);
  await indexer.edited("private/thing.ts", thing("hidden"));
  assert.deepEqual([summary.files, summary.ignored, texts.length, membersOf(indexer)], [1, 2, 1, ""]);
});

test("what git's own exclude file says is heeded, in a worktree and by way of a link, too", async () => {
  const root = folderWith({
    ".git/info/exclude": "private.ts\n",
    "private.ts": thing("one"),
    "kept.ts": "export const kept = 1;",
    "work/.git": "gitdir: ../.git/worktrees/work\n",
    ".git/worktrees/work/commondir": "../..\n",
    "work/private.ts": thing("two"),
    "linked/rules": "linked.ts\n",
    "linked/linked.ts": thing("three"),
  });
  symlinkSync("rules", join(root, "linked/.gitignore"));
  const { indexer, update } = await openIndex(root);
  assert.deepEqual([(await update()).files, membersOf(indexer)], [1, ""]);
  await indexer.edited("private.ts", thing("typed"));
  await indexer.changed(["private.ts", "work/private.ts", "linked/linked.ts"]);
  assert.equal(membersOf(indexer), "");
  writeFileSync(join(root, ".git/info/exclude"), "kept.ts\n");
  await indexer.forgetIgnored();
  assert.equal((await update()).files, 2);
});

test("links that lead round in circles, and out of the folder, are not followed", async () => {
  const root = folderWith({ "a/b/thing.ts": thing("one") });
  symlinkSync(root, join(root, "a/b/round"), "dir");
  symlinkSync(temporary, join(root, "out"), "dir");
  assert.equal((await (await openIndex(root)).update()).files, 1);
});

test("bytes that are no text are passed over; other encodings with their mark are read", async () => {
  const utf16 = Buffer.from(`\uFEFF${thing("wide")}`, "utf16le");
  const root = folderWith({
    "binary.ts": Buffer.from([1, 0, 2, 0, 3]),
    "latin.py": Buffer.from([0x23, 0xe9, 0x0a]),
    "wide.ts": utf16,
    "mark.ts": `\uFEFFexport const marked = 1;\r\n`,
  });
  const { indexer, update } = await openIndex(root);
  const summary = await update();
  assert.deepEqual([summary.files, summary.unreadableText, membersOf(indexer)], [4, 2, "wide: number"]);
});

test("line ends of Windows are in no signature, and lines are counted as the editor does", async () => {
  const root = folderWith({ "thing.ts": "// one\r\n\r\nexport interface Thing {\r\n  weight:\r\n    number\r\n}\r\n" });
  const { indexer, update } = await openIndex(root);
  await update();
  assert.equal(membersOf(indexer), "weight: number");
  assert.equal(piecesOf(indexer).find(({ text }) => text.includes("weight"))?.line, 3);
});

test("a huge file is not opened, a socket and a folder with a file's name are no files", async () => {
  const root = folderWith({ "huge.ts": "", "folder.ts/a.ts": "export const a = 1;" });
  truncateSync(join(root, "huge.ts"), 500_000_000);
  const server = createServer().listen(join(root, "socket.ts"));
  await once(server, "listening");
  const { update, texts } = await openIndex(root);
  const summary = await update();
  server.close();
  assert.deepEqual([summary.files, summary.tooLarge, texts.length], [1, 1, 1]);
});

test("there are bounds, and it is said that they were met", async () => {
  const files = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`f${index}.ts`, "export const f = 1;"]));
  const root = folderWith(files);
  const few = await (await openIndex(root, undefined, { bounds: { mostFiles: 10 } })).update();
  assert.deepEqual([few.files, few.bounded], [10, true]);
  const all = await (await openIndex(root)).update();
  assert.deepEqual([all.files, all.bounded], [30, false]);
});

test("a folder that is removed while it is read ends in an index of what is left", async () => {
  const files = Object.fromEntries(
    Array.from({ length: 200 }, (_, index) => [`d${index % 10}/f${index}.ts`, "export const f = 1;"]),
  );
  const root = folderWith(files);
  const { indexer, update } = await openIndex(root);
  const running = update();
  rmSync(root, { recursive: true, force: true });
  await running;
  assert.equal((await update()).files, 0);
  assert.equal(indexer.graph.size, 0);
});

test("a run that is aborted keeps what was read, and the next one goes on from there", async () => {
  const files = Object.fromEntries(
    Array.from({ length: 120 }, (_, index) => [`f${index}.ts`, `export const f${index} = 1;`]),
  );
  const root = folderWith(files);
  const { indexer, update, texts } = await openIndex(root);
  const abort = new AbortController();
  const running = indexer.update(({ done }) => done >= 40 && abort.abort(), abort.signal);
  await running;
  const readFirst = texts.length;
  assert.ok(readFirst >= 40 && readFirst < 120, `${readFirst}`);
  await update();
  assert.deepEqual([indexer.graph.size, texts.length], [120, 120]);
});

test("a file that is ignored from now on is told of no more from that moment on", async () => {
  const root = folderWith({ "src/thing.ts": thing("hidden"), "src/b.ts": "export const b = 1;" });
  const { indexer, update } = await openIndex(root);
  await update();
  writeFileSync(join(root, ".gitignore"), "thing.ts\n");
  const forgetting = indexer.forgetIgnored();
  assert.equal(membersOf(indexer), "", "while the rules are read");
  await forgetting;
  assert.equal(membersOf(indexer), "");
  assert.equal((await indexer.changed([".gitignore"])).rules, true, "what is ignored no more has to be looked for");
});

test("what is written, made, typed and removed during the first look is neither lost nor overwritten", async () => {
  const root = folderWith({
    "a.ts": thing("old"),
    "b.ts": "export interface Thing2 { gone: number }\n",
    "c.ts": "export const trigger = 1;",
    "d.ts": "export interface Thing { onDisk: number }\n",
    "deep/e.ts": "export const e = 1;",
  });
  let told: Promise<unknown> = Promise.resolve();
  const { indexer, update } = await openIndex(root, undefined, {
    onText: async (text) => {
      if (!text.includes("trigger")) return;
      writeFileSync(join(root, "a.ts"), thing("rewritten"));
      writeFileSync(join(root, "new.ts"), "export interface Thing { made: number }\n");
      rmSync(join(root, "b.ts"));
      told = indexer
        .changed(["a.ts", "new.ts", "b.ts"])
        .then(() => indexer.edited("d.ts", "export interface Thing { typed: number }\n"));
    },
  });
  const { files } = await update();
  await told;
  assert.deepEqual(membersOf(indexer).split("; ").toSorted(), ["made: number", "rewritten: number", "typed: number"]);
  assert.equal(indexer.graph.size, 5);
  await update();
  assert.match(membersOf(indexer), /typed: number/, "the next look leaves it as it is typed");
  assert.ok(files >= 4);
});

test("pipes are no files, whatever their names", { skip: process.platform === "win32" }, async () => {
  const root = folderWith({ "src/thing.ts": thing("one") });
  for (const name of ["pipe.ts", ".gitignore", "src/.pairwiseignore"]) execFileSync("mkfifo", [join(root, name)]);
  const { indexer, update } = await openIndex(root);
  assert.equal((await update()).files, 1);
  await indexer.changed(["pipe.ts", "src/thing.ts"]);
  await indexer.forgetIgnored();
  assert.equal(membersOf(indexer), "one: number");
});

test("what is typed in a file behind a link, or that is ignored by now, is not told of", async () => {
  const root = folderWith({ "src/thing.ts": thing("one") });
  symlinkSync(join(root, "src"), join(root, "link"), "dir");
  const { indexer, update } = await openIndex(root);
  await update();
  await indexer.edited("link/thing.ts", thing("linked"));
  writeFileSync(join(root, ".gitignore"), "src/\n");
  await indexer.edited("src/thing.ts", thing("typed"));
  await indexer.changed(["link/thing.ts"]);
  assert.equal(membersOf(indexer), "one: number");
  assert.equal(indexer.graph.size, 1);
});
