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

test("the palette and the menu offer it only where code may be seen and changed", () => {
  const palette: readonly Item[] = menus.commandPalette;
  for (const command of Object.values(commandsOf))
    assert.match(palette.find((item) => item.command === `pairwise.${command}`)?.when ?? "", /pairwise\.changeable/);
  const entry = menus["editor/context"].find((item: { submenu?: string }) => item.submenu === "pairwise.code");
  assert.match(entry.when, /pairwise\.changeable && !editorReadonly/);
});
