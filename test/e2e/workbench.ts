/** A real VS Code with the built extension, driven by a real browser. */

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { testSettings, startBrowserEditor } from "../../scripts/browserEditor.ts";
import { browserEditor } from "../../scripts/editor.ts";
import { root } from "../../scripts/toolchain.mjs";
import { endpointFile, readEndpoint } from "../../src/model/embedded/endpoint.ts";
import { launchBrowser } from "../support/browser.ts";

export interface WorkbenchOptions {
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Settings with the scope `machine`, which VS Code keeps apart. */
  readonly machineSettings?: Readonly<Record<string, unknown>>;
  readonly locale?: string;
  readonly size?: { readonly width: number; readonly height: number };
  /** The folder of the extension, listed as if installed; the clone by default. */
  readonly extension?: string;
  /** Folders of further extensions. */
  readonly others?: readonly string[];
}

export interface Workbench {
  readonly page: Page;
  /** The folder that is open: a copy of sample/. */
  readonly folder: string;
  /** Settings, state and the extension's own storage. */
  readonly dataFolder: string;
  readonly close: () => Promise<void>;
}

export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const temporary = mkdtempSync(join(tmpdir(), "pairwise-e2e-"));
  const folder = join(temporary, "sample");
  cpSync(join(root, "sample"), folder, { recursive: true });
  const dataFolder = join(temporary, "data");
  mkdirSync(join(dataFolder, "user", "Machine"), { recursive: true });
  writeFileSync(join(dataFolder, "user", "Machine", "settings.json"), JSON.stringify(options.machineSettings ?? {}));
  if (options.locale) writeLanguagePack(join(dataFolder, "user"), options.locale);
  const server = await startBrowserEditor({
    serverMain: (await browserEditor()).serverMain,
    dataFolder,
    // Pictures are not taken in the middle of a motion.
    settings: { ...testSettings, "workbench.reduceMotion": "on", ...options.settings },
    extensions: [options.extension ?? root, ...(options.others ?? [])],
    ...(options.locale ? { locale: options.locale } : {}),
  });
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: options.size ?? { width: 1280, height: 800 } });
  await page.goto(server.url({ open: folder }));
  // The extension starts when the editor has; what is typed before gets no suggestion.
  await statusItem(page).waitFor({ timeout: 60_000 });
  return {
    page,
    folder,
    dataFolder,
    close: async () => {
      await browser.close();
      await server.stop();
      rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The item of Pairwise in the status bar. */
export function statusItem(page: Page) {
  return page.locator('.statusbar-item[id="pairwise.pairwise.pairwise.status"]');
}

/** Resolves when the status item says a sentence that contains `words`. */
export async function statusSentence(page: Page, words: string): Promise<void> {
  await statusItem(page).locator(`a[aria-label*="${words}"]`).waitFor();
}

export function ghostText(page: Page) {
  return page.locator(".view-lines .ghost-text, .view-lines .ghost-text-decoration").first();
}

/** The process of the local model that the extension in this workbench uses; `undefined` where none runs. */
export function modelProcess(dataFolder: string): number | undefined {
  const { version }: { version: string } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const engine = join(dataFolder, "user", "User", "globalStorage", "pairwise.pairwise", "engine");
  return readEndpoint(endpointFile(engine, version))?.pid;
}

/** In sample/cart.ts: a sum that waits for its end. */
export const SUM_LINE = 27;

/** Opens a file of the folder and puts the caret at the end of `line` (from 1). */
export async function openFile(page: Page, name: string, line: number): Promise<void> {
  await focusQuickRow(page, "Control+P", name, name);
  await page.keyboard.press("Enter");
  await page.locator(".tab.active").filter({ hasText: name }).waitFor();
  await page.locator(".monaco-editor .view-lines").first().click();
  await fillQuickInput(page, "Control+G", `:${line}:9999`);
  await page.keyboard.press("Enter");
  await page.locator(".monaco-editor.focused").waitFor();
}

/** Clicks into the editor until it has the focus: a palette that still closes takes it away again, and leaves it to nobody. */
export async function focusEditor(page: Page): Promise<void> {
  const focused = page.locator(".monaco-editor.focused");
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
    await page.locator(".monaco-editor .view-lines").first().click();
    await page.waitForTimeout(SETTLED_MS);
    if ((await focused.count()) > 0) return;
  }
  await focused.waitFor();
}

const SETTLED_MS = 300;

export async function runCommand(page: Page, title: string): Promise<void> {
  await focusQuickRow(page, "F1", `>${title}`, title);
  await page.keyboard.press("Enter");
}

/**
 * Looks for `text` in the input that `key` opens, until the row that has the focus says `label`. An input lists what
 * there was when it was opened, be it the commands of a file or the files of the folder, and one that a moving focus
 * closes lists nothing: it is opened once more, as a person would.
 */
export async function focusQuickRow(page: Page, key: string, text: string, label: string): Promise<void> {
  const row = page.locator(".quick-input-list .monaco-list-row.focused").filter({ hasText: label });
  for (let attempt = 1; ; attempt += 1) {
    await fillQuickInput(page, key, text);
    try {
      await row.waitFor({ timeout: attempt < MOST_ATTEMPTS ? 5_000 : 30_000 });
      return;
    } catch (error) {
      if (attempt === MOST_ATTEMPTS) throw error;
      await page.keyboard.press("Escape");
    }
  }
}

/**
 * `key` opens the input. A focus that still moves, from a webview to an editor for instance, closes it again: then the
 * key is pressed once more, as a person would.
 */
export async function fillQuickInput(page: Page, key: string, text: string): Promise<void> {
  const input = page.locator(".quick-input-widget input");
  for (let attempt = 1; ; attempt += 1) {
    await page.keyboard.press(key);
    try {
      await input.fill(text, { timeout: attempt < MOST_ATTEMPTS ? 3_000 : 30_000 });
      return;
    } catch (error) {
      if (attempt === MOST_ATTEMPTS) throw error;
    }
  }
}

const MOST_ATTEMPTS = 4;

/** Presses again and again until it is seen: a focus that still moves, or rows that are told anew, lose a key. */
export async function pressUntil(page: Page, key: string, seen: Locator, focused?: Locator): Promise<void> {
  for (let tries = 0; tries < MOST_PRESSES && (await seen.count()) === 0; tries += 1) {
    await focused?.focus();
    await page.keyboard.press(key);
    await page.waitForTimeout(PRESS_EVERY_MS);
  }
  await seen.waitFor();
}

const MOST_PRESSES = 40;
const PRESS_EVERY_MS = 200;

/** What `Pairwise: Copy Diagnostics` puts into the clipboard. */
export async function copiedDiagnostics(page: Page): Promise<string> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate(() => navigator.clipboard.writeText(""));
  await runCommand(page, "Pairwise: Copy Diagnostics");
  for (let look = 0; look < 100; look += 1) {
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    if (copied !== "") return copied;
    await page.waitForTimeout(50);
  }
  throw new Error("no diagnostics in the clipboard");
}

/** Saved in out/screenshots, for people to look at; the README's picture is made from one of them. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = join(root, "out", "screenshots");
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** The smallest language pack that the server takes: the workbench stays English, extensions speak the language. */
function writeLanguagePack(userFolder: string, locale: string): void {
  mkdirSync(userFolder, { recursive: true });
  const translations = join(userFolder, "main.i18n.json");
  const contents = { "vs/workbench/contrib/files/browser/explorerViewlet": { explore: "资源管理器" } };
  writeFileSync(translations, JSON.stringify({ version: "1.0.0", contents }));
  const pack = {
    [locale]: {
      hash: "1",
      label: locale,
      extensions: [{ extensionIdentifier: { id: "test.language" }, version: "1.0.0" }],
      translations: { vscode: translations },
    },
  };
  writeFileSync(join(userFolder, "languagepacks.json"), JSON.stringify(pack));
}
