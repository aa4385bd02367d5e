import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { actionIds } from "../../src/edit/catalogue.ts";

const manifest = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"));
const { menus, submenus } = manifest.contributes;

interface Item {
  readonly command: string;
  readonly group: string;
  readonly when?: string;
}

const commandsOf: Readonly<Record<string, string>> = {
  explain: "explain",
  fix: "fix",
  tests: "writeTests",
  docs: "document",
  simplify: "simplify",
  optimize: "optimize",
  extract: "extract",
  types: "addTypes",
  errors: "handleErrors",
  implement: "implement",
  translate: "translate",
};

test("what the catalogue has for code is in the context menu's submenu, in groups with no two at one place", () => {
  const items: readonly Item[] = menus["pairwise.code"];
  const listed = items.map(({ command }) => command);
  for (const id of actionIds) {
    const command = commandsOf[id];
    if (command !== undefined) assert.ok(listed.includes(`pairwise.${command}`), id);
  }
  assert.equal(new Set(items.map(({ group }) => group)).size, items.length);
  assert.deepEqual(
    submenus.map(({ id }: { id: string }) => id),
    ["pairwise.code"],
  );
});

test("the palette and the menu offer changes only where code may be changed, and what reads it everywhere", () => {
  const whenIn = (items: readonly Item[], command: string): string =>
    items.find((item) => item.command === `pairwise.${command}`)?.when ?? "";
  for (const command of Object.values(commandsOf)) {
    const isRead = command === "explain" || command === "translate";
    assert.equal(
      /!pairwise\.unchangeable && !editorReadonly/.test(whenIn(menus.commandPalette, command)),
      !isRead,
      command,
    );
    const isOther = isRead || command === "writeTests";
    assert.equal(
      /!pairwise\.unchangeable && !editorReadonly/.test(whenIn(menus["pairwise.code"], command)),
      !isOther,
      command,
    );
  }
});
