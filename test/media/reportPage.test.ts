/** The report's page in a browser: from disk, without network or script, on a phone, in print, and for who can't see it. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test, type TestContext } from "node:test";
import { pathToFileURL } from "node:url";
import type { AxeResults } from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { reportPage } from "../../src/productivity/report/html/page.ts";
import { reportModel } from "../../src/productivity/report/reportModel.ts";
import { reportWords } from "../../src/productivity/report/words.ts";
import type { Speaker } from "../../src/productivity/report/words/speaker.ts";
import { launchBrowser } from "../support/browser.ts";
import { chinese, counted, english, experimentOf, options, weeksOfWork } from "../support/reports.ts";

let browser: Browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser.close());

const axeFile = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const scenes: readonly (readonly [name: string, isMeasured: boolean, speaker: Speaker])[] = [
  ["English, with an experiment", true, english],
  ["English, without one", false, english],
  ["Chinese, with an experiment", true, chinese],
  ["Chinese, without one", false, chinese],
];

interface OpenPage {
  readonly page: Page;
  readonly troubles: readonly string[];
}

async function opened(
  context: TestContext,
  [, isMeasured, speaker]: (typeof scenes)[number],
  rest: BrowserContextOptions,
): Promise<OpenPage> {
  const folder = mkdtempSync(join(tmpdir(), "pairwise-report-page-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const experiment = isMeasured ? experimentOf({ effect: 3, strata: 40 }) : undefined;
  const text = reportWords(reportModel(counted(context, weeksOfWork()), experiment, options), speaker);
  const file = join(folder, "report.html");
  writeFileSync(
    file,
    reportPage(text, (content) => createHash("sha256").update(content).digest("base64")),
  );
  const page = await browser.newPage(rest);
  context.after(() => page.close());
  const troubles: string[] = [];
  page.on("console", (message) => troubles.push(message.text()));
  page.on("pageerror", (error) => troubles.push(error.message));
  page.on("request", (request) => {
    if (request.url() !== pathToFileURL(file).href) troubles.push(request.url());
  });
  await page.goto(pathToFileURL(file).href);
  return { page, troubles };
}

for (const scene of scenes)
  for (const colorScheme of ["light", "dark"] as const)
    test(`${scene[0]}, ${colorScheme}: fits a phone, reads well, and asks for nothing`, async (context) => {
      const { page, troubles } = await opened(context, scene, {
        viewport: { width: 360, height: 800 },
        colorScheme,
        bypassCSP: true,
      });
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 360);
      const smallest = await page.evaluate(() =>
        Math.min(
          ...[...document.querySelectorAll("main *")]
            .filter((element) => element.textContent?.trim() !== "")
            .map((element) => Number.parseFloat(getComputedStyle(element).fontSize)),
        ),
      );
      assert.ok(smallest >= 13);
      await page.addScriptTag({ path: axeFile });
      const { violations } = await page.evaluate(() =>
        (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
      );
      assert.deepEqual(
        violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html).slice(0, 3)]),
        [],
      );
      assert.deepEqual(troubles, []);
    });

test("the page's own policy lets its style through, and no script", async (context) => {
  const { page, troubles } = await opened(context, scenes[0]!, { viewport: { width: 900, height: 900 } });
  assert.equal(await page.evaluate(() => document.querySelector("main")?.getBoundingClientRect().width), 720);
  assert.deepEqual(troubles, []);
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "document.title = 'ran'";
    document.body.append(script);
  });
  assert.equal(await page.title(), "Pairwise's report");
  assert.match(troubles.join("\n"), /Content Security Policy/);
});

test("a chart's data open as a table by keyboard", async (context) => {
  const { page } = await opened(context, scenes[0]!, { viewport: { width: 900, height: 900 } });
  const table = page.locator("#ladder table");
  assert.equal(await table.isVisible(), false);
  await page.locator("#ladder summary").focus();
  await page.keyboard.press("Enter");
  assert.equal(await table.isVisible(), true);
  assert.equal(await table.locator("tbody tr").count(), 8);
});

test("in the ladder the interval is one band across all rows, and each mark is within its row", async (context) => {
  const { page } = await opened(context, scenes[0]!, { viewport: { width: 900, height: 900 } });
  const boxes = (selector: string) =>
    page.locator(selector).evaluateAll((elements) =>
      elements.map((element) => {
        const { top, bottom, left, right } = element.getBoundingClientRect();
        return { top, bottom, left, right };
      }),
    );
  const bands = await boxes("#ladder .band");
  const rows = await boxes("#ladder .row");
  const marks = await boxes("#ladder .mark > *");
  assert.deepEqual([bands.length, marks.length], [8, 8]);
  for (const [index, { top }] of bands.entries())
    if (index > 0) assert.ok(Math.abs(top - (bands[index - 1]?.bottom ?? 0)) <= 1.5);
  for (const [index, { top, bottom, right }] of marks.entries()) {
    const row = rows[index]!;
    assert.ok(row.bottom - row.top < 90 && top >= row.top && bottom <= row.bottom && right <= row.right);
  }
});

test("in print it is dark on white, whatever the screen is, and no table is cut off", async (context) => {
  const { page } = await opened(context, scenes[0]!, { viewport: { width: 680, height: 900 }, colorScheme: "dark" });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const { color, backgroundColor } = await page.evaluate(() => {
    const style = getComputedStyle(document.body);
    return { color: style.color, backgroundColor: style.backgroundColor };
  });
  assert.deepEqual([color, backgroundColor], ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 680));
});
