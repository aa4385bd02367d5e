import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { root } from "../../scripts/toolchain.mjs";
import { type ChatScript, startChatServer } from "../support/chatServer.ts";
import { simplerCart } from "../support/simplerCart.ts";
import { openFile, openWorkbench, runCommand, screenshot, type Workbench } from "./workbench.ts";

const TESTS = `import assert from "node:assert/strict";
import { test } from "node:test";
import { addItem } from "./cart.ts";

test("an item that is added stands at the end", () => {
  const item = { name: "pear", price: 30, quantity: 2 };
  assert.deepEqual(addItem({ customer: "A", items: [] }, item).items, [item]);
});
`;
/** Where the caret goes on to. */
const LINE_OF_SECOND = /\b20\b.*\b1$/;
const NAMES = "`total` → `sumInCents`: it is a sum, and prices are in cents\n`total` → `costs`: short";

/** What a person sees, in one language. */
interface Looks {
  readonly name: string;
  readonly theme: string;
  readonly locale?: string;
  readonly size?: { readonly width: number; readonly height: number };
}

const looks: readonly Looks[] = [
  { name: "dark", theme: "Default Dark Modern" },
  { name: "light", theme: "Default Light Modern" },
  { name: "contrast", theme: "Default High Contrast" },
  { name: "contrast-light", theme: "Default High Contrast Light" },
  { name: "dark-chinese", theme: "Default Dark Modern", locale: "zh-cn" },
  { name: "narrow", theme: "Default Light Modern", size: { width: 620, height: 800 } },
  { name: "narrow-chinese", theme: "Default Light Modern", locale: "zh-cn", size: { width: 620, height: 800 } },
];

const readJson = (path: string): Record<string, string> => JSON.parse(readFileSync(join(root, path), "utf8"));

for (const look of looks) {
  const manifestWords = readJson(look.locale ? `package.nls.${look.locale}.json` : "package.nls.json");
  const bundle = look.locale ? readJson(`l10n/bundle.l10n.${look.locale}.json`) : {};
  /** A sentence of the code, with its placeholders filled. */
  const words = (english: string, ...parts: readonly unknown[]): string =>
    (bundle[english] ?? english).replace(/\{(\d)\}/g, (_, index) => String(parts[Number(index)]));
  const command = (name: string): string => `Pairwise: ${manifestWords[`commands.${name}`] ?? name}`;
  const picture = (page: Page, what: string) => screenshot(page, `actions-${what}-${look.name}`);

  test(`the catalogue in the menu and the light bulb, a change taken in part, new tests and better names: ${look.name}`, async () => {
    await using server = await startChatServer(answer);
    await withWorkbench(look, server.baseUrl, async ({ page, folder }) => {
      const file = join(folder, "cart.ts");
      const before = readFileSync(file, "utf8");

      await openFile(page, "cart.ts", 41);
      await page.locator(".squiggly-error").nth(2).waitFor({ timeout: 60_000 });
      await page.keyboard.press("Control+.");
      const rows = page.locator(".action-widget .monaco-list-row");
      const fix = rows.filter({ hasText: words("{0} with Pairwise", words("Fix")) });
      await fix.waitFor({ timeout: 30_000 });
      await page.waitForTimeout(500);
      await picture(page, "bulb");
      await page.keyboard.press("Escape");

      await selectLines(page, 14, 20);
      await page.locator(".view-lines .view-line").filter({ hasText: "addItem" }).first().click({ button: "right" });
      const menu = page.locator(".context-view .monaco-menu");
      await menu.first().waitFor();
      const pairwise = menu.getByRole("menuitem", { name: "Pairwise", exact: true });
      await pairwise.click();
      await page.getByRole("menuitem", { name: manifestWords["commands.simplify"] ?? "", exact: true }).waitFor();
      await page.waitForTimeout(500);
      await picture(page, "menu");
      await page.keyboard.press("Escape");
      await page.keyboard.press("Escape");

      await selectLines(page, 14, 20);
      await runCommand(page, command("simplify"));
      await page.locator(".view-lines").getByText("cart.items.concat").waitFor();
      await picture(page, "writing");
      const left = (count: number) => lens(page, words("hunks left: {0} of {1}", count, 2));
      await left(2).waitFor();
      await lens(page, words("Accept")).nth(1).waitFor();
      const lines = words("lines removed: {0}, added: {1}", 2, 4);
      // The sample has gaps, in which suggestions are tried.
      const errors = words("syntax errors: {0} before, {1} after", 2, 2);
      await lens(page, `${errors} · ${words("no symbol lost")} · ${lines}`).waitFor();
      await page.waitForTimeout(500);
      await picture(page, "offered");
      assert.equal(readFileSync(file, "utf8"), before);
      await page.keyboard.press("Alt+A");
      await left(1).waitFor();
      await page.locator(".statusbar").getByText(LINE_OF_SECOND).waitFor();
      await page.waitForTimeout(300);
      await picture(page, "half");
      await page.keyboard.press("Escape");
      await page.locator(".tab.active.dirty").filter({ hasText: "cart.ts" }).waitFor();
      await page.keyboard.press("Control+S");
      await page.locator(".tab.active:not(.dirty)").filter({ hasText: "cart.ts" }).waitFor();
      const added = "  const items = cart.items.concat(item);\n  return { ...cart, items };\n";
      const after = before.replace("  return { ...cart, items: [...cart.items, item] };\n", added);
      assert.equal(readFileSync(file, "utf8"), after);

      await selectLines(page, 14, 17);
      await runCommand(page, command("writeTests"));
      const panel = page.locator(".bulk-edit-panel");
      await panel.getByText("cart.test.ts").first().waitFor();
      await page.waitForTimeout(700);
      await picture(page, "tests");
      assert.ok(!existsSync(join(folder, "cart.test.ts")), "nothing is made before it is confirmed");
      await panel.locator(".monaco-button").first().click();
      await page.locator(".tab.active").filter({ hasText: "cart.test.ts" }).waitFor();
      await page.waitForTimeout(500);
      await picture(page, "tests-made");

      await openFile(page, "cart.ts", 25);
      await page.keyboard.press("Control+G");
      await page.locator(".quick-input-widget input").fill(":25:8");
      await page.keyboard.press("Enter");
      await runCommand(page, command("suggestNames"));
      await page.locator(".quick-input-list .monaco-list-row").filter({ hasText: "sumInCents" }).waitFor();
      await page.waitForTimeout(500);
      await picture(page, "names");
      await page.keyboard.press("Enter");
      await page.locator(".view-lines").getByText("sumInCents").first().waitFor();
      await page.waitForTimeout(500);
      await picture(page, "renamed");
    });
  });
}

/** Slow only where somebody watches. */
function answer(text: string): ChatScript {
  if (text.includes("Write tests")) return { pieces: [`\`\`\`ts\n${TESTS}\`\`\`\n`] };
  if (text.includes("Suggest better names")) return { pieces: [NAMES] };
  return { pieces: simplerCart, delayMs: 300 };
}

const lens = (page: Page, title: string) => page.locator(".codelens-decoration").getByText(title, { exact: true });

async function selectLines(page: Page, from: number, to: number): Promise<void> {
  await openFile(page, "cart.ts", from);
  await page.keyboard.press("Home");
  for (let line = from; line < to; line += 1) await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+End");
}

async function withWorkbench(
  { name, theme, locale, size }: Looks,
  baseUrl: string,
  use: (workbench: Workbench) => Promise<void>,
): Promise<void> {
  const workbench = await openWorkbench({
    settings: { "editor.minimap.enabled": false, "workbench.colorTheme": theme },
    machineSettings: {
      "pairwise.model.suggestions": "openai/scripted",
      "pairwise.model.servers": { openai: baseUrl },
      "pairwise.suggestions.automatic": false,
    },
    ...(locale && { locale }),
    ...(size && { size }),
  });
  try {
    await use(workbench);
  } catch (error) {
    await screenshot(workbench.page, `actions-failed-${name}`);
    throw error;
  } finally {
    await workbench.close();
  }
}
