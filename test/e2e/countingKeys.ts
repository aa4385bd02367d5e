/** Carries out the self-test's samples with the keys of a keyboard. */

import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type { Sample, Step } from "../../src/productivity/selfTest/sample.ts";
import type { HoleServer } from "../support/holeServer.ts";
import { screenshot, statusItem, type Workbench } from "./workbench.ts";

/** What the helper extension in the editor does for the test. */
export class CountingHelper {
  readonly #rpc: string;
  #asked = 0;

  constructor(rpc: string) {
    this.#rpc = rpc;
    mkdirSync(rpc, { recursive: true });
  }

  async ask(question: object): Promise<{ readonly text?: string }> {
    this.#asked += 1;
    const answer = join(this.#rpc, `answer-${this.#asked}.json`);
    writeFileSync(join(this.#rpc, "asking.json"), JSON.stringify({ ...question, id: this.#asked }));
    renameSync(join(this.#rpc, "asking.json"), join(this.#rpc, "question.json"));
    for (let look = 0; look < 1_000; look += 1) {
      if (existsSync(answer)) {
        const told = JSON.parse(readFileSync(answer, "utf8")) as { readonly text?: string; readonly error?: string };
        rmSync(answer);
        if (told.error !== undefined) throw new Error(told.error);
        return told;
      }
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
    throw new Error("The helper extension does not answer.");
  }
}

export interface Carried {
  readonly sample: Sample;
  /** By the machine's clock, which the editor's extensions have, too. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Why it was not carried out as it should be; it tells nothing then. */
  readonly trouble: string | undefined;
  /** How long the grey text was there, at least and at most. */
  readonly visibleMs: { readonly least: number; readonly most: number };
  readonly documentAfter: string;
}

export async function carryOut(
  { page, folder }: Workbench,
  helper: CountingHelper,
  server: HoleServer,
  sample: Sample,
  number: number,
): Promise<Carried> {
  const carets: number[] = [];
  let plain = sample.document;
  for (let at = plain.indexOf("║"); at !== -1; at = plain.indexOf("║")) {
    plain = plain.slice(0, at) + plain.slice(at + 1);
    carets.push(at);
  }
  const withBreaks = (text: string): string => text.replaceAll("\n", sample.lineBreak);
  const path = join(folder, `counted${number}.txt`);
  writeFileSync(path, withBreaks(plain));
  await helper.ask({
    kind: "open",
    path,
    languageId: sample.languageId,
    indentUnit: sample.indentUnit,
    carets: carets.map((caret) => withBreaks(plain.slice(0, caret)).length),
  });
  await page
    .locator(".tab.active")
    .filter({ hasText: `counted${number}.txt` })
    .waitFor();
  await page.locator(".monaco-editor.focused").waitFor();
  await page.waitForTimeout(50);
  const fromMs = Date.now();
  const seen = { asked: 0, visible: 0, ending: 0, gone: 0 };
  let documentAfter = "";
  let trouble: string | undefined;
  try {
    for (const step of sample.steps) {
      if (step.do === "suggest") {
        server.says(plain.slice(0, carets[0]), step.choices);
        seen.asked = Date.now();
      }
      // Offered once more it would be another one.
      if (step.do === "undo") server.says("", []);
      if (ENDS.has(step.do)) seen.ending = Date.now();
      await doStep(page, step);
      if (step.do === "suggest") seen.visible = Date.now();
      if (ENDS.has(step.do)) seen.gone = Date.now();
    }
    await page.waitForTimeout(150);
    const { text = "" } = await helper.ask({ kind: "text" });
    documentAfter = text.replaceAll("\r\n", "\n");
    if (documentAfter !== sample.documentAfter) {
      trouble = `the document is ${JSON.stringify(documentAfter)} and not ${JSON.stringify(sample.documentAfter)}`;
    }
  } catch (error) {
    trouble = String(error).split("\n")[0];
    await screenshot(page, `counting-${sample.scenario}`);
  }
  const toMs = Date.now();
  await helper.ask({ kind: "close" });
  const visibleMs = { least: seen.ending - seen.visible, most: seen.gone - seen.asked };
  return { sample, fromMs, toMs, trouble, visibleMs, documentAfter };
}

/** Steps after which a suggestion is not seen any more. */
const ENDS: ReadonlySet<Step["do"]> = new Set(["accept", "escape", "move", "paste", "type"]);

async function doStep(page: Page, step: Step): Promise<void> {
  const { keyboard } = page;
  switch (step.do) {
    case "suggest":
      await keyboard.press("Alt+\\");
      await greyText(page).waitFor({ timeout: 8_000 });
      if (step.choices.length > 1) await page.waitForTimeout(700);
      return;
    case "see":
      await page.waitForTimeout(120);
      await greyText(page).waitFor({ timeout: 5_000 });
      return;
    case "type":
      await keyboard.type(step.text, { delay: 25 });
      return page.waitForTimeout(60);
    case "compose":
      return compose(page, step.keys, step.text);
    case "paste":
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      await page.evaluate((text) => navigator.clipboard.writeText(text), step.text);
      return keyboard.press("Control+V");
    case "accept":
      return keyboard.press("Tab");
    case "acceptWord":
      return keyboard.press("Control+ArrowRight");
    case "acceptLine":
      return keyboard.press("Control+Alt+L");
    case "editorsWord":
      return keyboard.press("Control+Alt+W");
    case "editorsLine":
      return keyboard.press("Control+Alt+N");
    case "nextChoice":
      await keyboard.press("Alt+]");
      return page.waitForTimeout(200);
    case "escape":
      return keyboard.press("Escape");
    case "move":
      await page.waitForTimeout(80);
      return keyboard.press("Control+Home");
    case "undo":
      await page.waitForTimeout(150);
      return keyboard.press("Control+Z");
    case "save":
      await page.waitForTimeout(150);
      await keyboard.press("Control+S");
      await page.locator(".tab.active:not(.dirty)").waitFor();
      return;
    case "wait":
      return page.waitForTimeout(step.forMs);
    case "reload":
      // VS Code keeps what is not saved a moment later.
      await page.waitForTimeout(2_500);
      await page.reload();
      await statusItem(page).waitFor({ timeout: 60_000 });
      await page.locator(".tab.active").waitFor();
      return page.waitForTimeout(1_000);
    case "otherProvider":
      // The whole window has it: see counting.test.ts.
      return;
    case "snippet":
      throw new Error(`No key does ${step.do}.`);
  }
}

/** Also that which is below the caret's line alone. */
function greyText(page: Page) {
  const all = page.locator('.monaco-editor [class*="ghost-text"], .monaco-editor .suggest-preview-text');
  return all.filter({ visible: true }).first();
}

async function compose(page: Page, keys: string, text: string): Promise<void> {
  const devTools = await page.context().newCDPSession(page);
  for (let count = 1; count <= keys.length; count += 1) {
    const composed = keys.slice(0, count);
    await devTools.send("Input.imeSetComposition", { text: composed, selectionStart: count, selectionEnd: count });
    await page.waitForTimeout(40);
  }
  await devTools.send("Input.insertText", { text });
  await devTools.detach();
  await page.waitForTimeout(100);
}
