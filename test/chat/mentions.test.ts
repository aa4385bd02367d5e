import assert from "node:assert/strict";
import { test } from "node:test";
import {
  changesAttachment,
  fileAttachment,
  folderAttachment,
  pictureAttachment,
  problemsAttachment,
  selectionAttachment,
  symbolAttachment,
  textAttachment,
  withAttachments,
} from "../../src/chat/attachments.ts";
import {
  completeMention,
  kindMentionsIn,
  type KindWord,
  meantBy,
  mentionAt,
  mentionQuery,
  mentionsIn,
  type Nameable,
} from "../../src/chat/mentions.ts";

const root = "file:///home/me/shop";
const file = (path: string): Nameable => ({
  name: path.slice(path.lastIndexOf("/") + 1),
  path,
  attachment: fileAttachment(`${root}/${encodeURI(path)}`),
});
const all: readonly Nameable[] = [
  { name: "problems", path: "", attachment: problemsAttachment() },
  { name: "changes", path: "", attachment: changesAttachment },
  file("src/index.ts"),
  file("src/discard.ts"),
  file("src/shoppingCart.ts"),
  file("src/cart.ts"),
  file("docs/my notes.md"),
  file("docs/购物车 说明.md"),
  { name: "src", path: "src", attachment: folderAttachment(`${root}/src`) },
  {
    name: "addItem",
    path: "src/cart.ts",
    attachment: symbolAttachment(`${root}/src/cart.ts`, "addItem", { line: 3, endLine: 9 }),
  },
];
const kinds: readonly KindWord[] = [
  { kind: "file", names: ["file", "文件"] },
  { kind: "folder", names: ["folder", "文件夹"] },
  { kind: "symbol", names: ["symbol", "符号"] },
];
const offered = (typed: string) => completeMention(mentionQuery(typed, kinds), all, 10).map(({ name }) => name);

test("a mention begins behind a space, a bracket or a Chinese character, and not in an address of mail", () => {
  assert.deepEqual(mentionAt("see @car", 8), { from: 4, typed: "car" });
  assert.deepEqual(mentionAt("看@car", 5), { from: 1, typed: "car" });
  assert.deepEqual(mentionAt("（@", 2), { from: 1, typed: "" });
  assert.deepEqual(mentionAt("@my notes", 9), { from: 0, typed: "my notes" });
  assert.equal(mentionAt("me@home.org", 8), undefined);
  assert.equal(mentionAt("@ cart", 6), undefined);
  assert.equal(mentionAt("@cart\nnext", 10), undefined);
  assert.equal(mentionAt("@cart  ", 7), undefined);
  assert.equal(mentionAt(`@${"x".repeat(200)}`, 201), undefined);
  assert.equal(mentionAt("nothing", 7), undefined);
});

test("@car offers cart.ts first, then names that have it where a word begins, then anywhere", () => {
  assert.deepEqual(offered("car"), ["cart.ts", "shoppingCart.ts", "discard.ts", "addItem"]);
});

test("names with spaces and Chinese names are found", () => {
  assert.deepEqual(offered("my no"), ["my notes.md"]);
  assert.deepEqual(offered("购物"), ["购物车 说明.md"]);
  assert.deepEqual(offered("说明"), ["购物车 说明.md"]);
});

test("a kind in front narrows what is offered, in both languages", () => {
  assert.deepEqual(offered("file add"), []);
  assert.deepEqual(offered("symbol:add"), ["addItem"]);
  assert.deepEqual(offered("符号 add"), ["addItem"]);
  assert.deepEqual(offered("文件夹 s"), ["src"]);
  assert.ok(offered("文件 ").every((name) => name.includes(".")));
  assert.deepEqual(offered("prob"), ["problems"]);
});

test("what matches nothing offers nothing, so that a sentence can go on", () => {
  assert.deepEqual(offered("cart.ts and what it"), []);
});

test("no more is offered than was asked for", () => {
  assert.equal(completeMention(mentionQuery("", kinds), all, 3).length, 3);
});

const known = new Map(
  all.flatMap(({ name, path, attachment }) =>
    [name, path].filter((each) => each !== "").map((each) => [each.toLowerCase(), attachment] as const),
  ),
);
const mentioned = (text: string) => mentionsIn(text, known).map(({ label }) => label);

test("what a question mentions is attached, by name or path, once", () => {
  assert.deepEqual(mentioned("@src/index.ts and @Index.ts, what of @problems?"), ["index.ts", "@problems"]);
  assert.deepEqual(mentioned("看@problems里的错误和@购物车 说明.md。"), ["@problems", "购物车 说明.md"]);
  assert.deepEqual(mentioned('read @"my notes.md"'), ["my notes.md"]);
  assert.deepEqual(mentioned("in @src/, please. @addItem()"), ["src/", "addItem"]);
});

test("what only begins like a name is none", () => {
  assert.deepEqual(mentioned("@index.tsx @src/other @problemsolver me@src"), []);
});

test("decorators in code are no mentions", () => {
  assert.deepEqual(mentioned("```ts\n@changes\nclass A {}\n```\n`@problems`"), []);
});

test("a question with ten thousand signs is looked through at once", () => {
  assert.deepEqual(mentioned("@".repeat(100_000)), []);
  assert.deepEqual(mentioned(`${"@x ".repeat(100)}@changes`), ["@changes"]);
});

const meant = (text: string) =>
  kindMentionsIn(text, kinds).map((mention) => [mention.written, meantBy(mention, all).map(({ path }) => path)]);

test("a mention with its kind means what has its path, or its name, or a path that ends so", () => {
  assert.deepEqual(meant("See @file:cart.ts, @File:src/Index.ts."), [
    ["@file:cart.ts", ["src/cart.ts"]],
    ["@File:src/Index.ts", ["src/index.ts"]],
  ]);
  assert.deepEqual(meant('看@文件：购物车 和 @file:"my notes.md" (@folder:src/)'), [
    ["@文件：购物车", []],
    ['@file:"my notes.md"', ["docs/my notes.md"]],
    ["@folder:src/", ["src"]],
  ]);
  assert.deepEqual(meant("@symbol:addItem @symbol:cart.ts @file:addItem"), [
    ["@symbol:addItem", ["src/cart.ts"]],
    ["@symbol:cart.ts", []],
    ["@file:addItem", []],
  ]);
  const twice = [...all, file("test/cart.ts")];
  const mention = { kind: "file", name: "cart.ts" } as const;
  assert.equal(meantBy(mention, twice).length, 2);
  assert.deepEqual(
    meantBy({ kind: "file", name: "test/cart.ts" }, twice).map(({ path }) => path),
    ["test/cart.ts"],
  );
});

test("what only looks like a mention with a kind is none", () => {
  assert.deepEqual(meant("me@file:x.org `@file:cart.ts` @file: cart @file cart.ts @http://x @file:, @file"), []);
  assert.equal(meant("@file:x".repeat(50_000)).length, 1);
  assert.equal(kindMentionsIn(Array.from({ length: 500 }, (_, at) => `@file:a${at}`).join(" "), kinds).length, 20);
});

test("an attachment is named as the user calls it, and is the same for the same thing", () => {
  assert.equal(selectionAttachment(`${root}/a.ts`, { line: 2, endLine: 9 }).label, "a.ts:3-9");
  assert.equal(selectionAttachment(`${root}/a.ts`, { line: 2, endLine: 3 }).label, "a.ts:3");
  assert.equal(fileAttachment(`${root}/%E8%B4%AD%20x.ts`).label, "购 x.ts");
  assert.equal(fileAttachment(`${root}/100%.ts`).label, "100%.ts");
  assert.equal(folderAttachment(`${root}/src/`).label, "src/");
  assert.equal(problemsAttachment(`${root}/a.ts`).label, "@problems a.ts");
  assert.equal(textAttachment("x", "one").id, textAttachment("x", "two").id);
  const picture = { mediaType: "image/png", base64: "AAAA" } as const;
  assert.notEqual(pictureAttachment(picture, "p").id, pictureAttachment({ ...picture, base64: "AAAB" }, "p").id);
  const both = withAttachments([changesAttachment], [changesAttachment, problemsAttachment()]);
  assert.deepEqual(
    both.map(({ id }) => id),
    ["changes", "problems"],
  );
});
