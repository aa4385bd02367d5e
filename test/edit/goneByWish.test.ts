import assert from "node:assert/strict";
import { test } from "node:test";
import { outlineReader } from "../../src/context/syntax/fileOutlines.ts";
import { editOf } from "../../src/edit/editOf.ts";
import { goneUnasked } from "../../src/edit/goneByWish.ts";
import { readWasm } from "../support/grammars.ts";

const readOutline = await outlineReader(readWasm, ["typescript"], () => performance.now());

test("what the user names to be taken away is no loss", () => {
  for (const wish of [
    "delete foo",
    "Please remove the function `foo`.",
    "drop foo() and all that is only for it",
    "get rid of Shop.foo",
    "inline foo into its caller",
    "删除函数 foo",
    "把foo删掉",
    "去掉 `foo` 方法",
  ])
    assert.deepEqual(goneUnasked(wish, ["foo"]), [], wish);
});

test("what is not named, is to stay, or is named for another reason is a loss", () => {
  for (const wish of [
    "",
    "simplify foo",
    "delete food",
    "delete bar, keep foo",
    "don't delete foo",
    "remove everything except foo",
    "删除 bar，保留 foo",
    "不要删除 foo",
    "remove dead code",
  ])
    assert.deepEqual(goneUnasked(wish, ["foo"]), ["foo"], wish);
});

test("with a class go its members, and with a member not its class", () => {
  const lost = ["Bar", "Bar.add", "Bar.size", "Cart"];
  assert.deepEqual(goneUnasked("remove the class Bar", lost), ["Cart"]);
  assert.deepEqual(goneUnasked("remove Bar.add", ["Cart.total"]), ["Cart.total"]);
});

const rows = (name: string): string =>
  `export function ${name}(items: readonly string[]): number {\n${Array.from({ length: 20 }, (_, row) => `  log("${name} ${row}", items);\n`).join("")}  return items.length;\n}\n`;
const file = ["first", "second", "third"].map(rows).join("\n");

function becameOf(block: string, wish: string): string {
  const outcome = editOf({ text: file, languageId: "typescript", wish }, { language: "ts", text: block }, readOutline);
  if (outcome.kind === "refused") return outcome.refusal.reason;
  return outcome.applied.text;
}

test("a whole file without the function that was to go is accepted, also where most of it goes", () => {
  const without = ["first", "third"].map(rows).join("\n");
  assert.equal(becameOf(without, "delete second"), without);
  assert.equal(becameOf(without, "simplify second"), "symbols-lost");
  assert.equal(becameOf(without, "delete first"), "symbols-lost");
  assert.equal(becameOf(rows("first"), "remove second and third"), rows("first"));
  assert.equal(becameOf(rows("third"), "remove first and second"), rows("third"));
});
