/** The page of the report in the editor: what it shows, to whom, and what it says to the extension. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test, type TestContext } from "node:test";
import type { AxeResults } from "axe-core";
import type { Browser } from "playwright-core";
import { reportModel } from "../../src/productivity/report/reportModel.ts";
import { reportWords } from "../../src/productivity/report/words.ts";
import type { Speaker } from "../../src/productivity/report/words/speaker.ts";
import type { ReportText } from "../../src/productivity/report/words/text.ts";
import { launchBrowser } from "../support/browser.ts";
import { openReportPanel, type ReportPanel, type ReportPanelOptions } from "../support/reportPanel.ts";
import { chinese, counted, english, experimentOf, options, weeksOfWork } from "../support/reports.ts";
import { themes } from "../support/themes.ts";

let browser: Browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser.close());

const axeFile = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const spent = { inputTokens: 1_200_000, outputTokens: 90_000, money: [{ amount: 3.2, currency: "USD" }] };

function textOf(context: TestContext, isMeasured: boolean, speaker: Speaker = english): ReportText {
  const experiment = isMeasured ? experimentOf({ effect: 3, strata: 40 }) : undefined;
  const model = reportModel(counted(context, weeksOfWork()), experiment, {
    ...options,
    spent: { ...spent, unknownRequests: 0, firstDay: 20_000, lastDay: 30_000 },
  });
  return reportWords(model, speaker);
}

async function opened(context: TestContext, wished: ReportPanelOptions = {}): Promise<ReportPanel> {
  const panel = await openReportPanel(browser, wished);
  context.after(() => panel.page.close());
  return panel;
}

async function violationsIn({ page }: ReportPanel): Promise<readonly unknown[]> {
  // Not by a script element, which the page's policy forbids.
  await page.evaluate(readFileSync(axeFile, "utf8"));
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html).slice(0, 3)]);
}

for (const theme of Object.keys(themes) as (keyof typeof themes)[])
  for (const [language, speaker] of [
    ["English", english],
    ["Chinese", chinese],
  ] as const)
    for (const width of [300, 900] as const)
      test(`${theme}, ${language}, ${width} pixels: fits, reads well, and asks for nothing`, async (context) => {
        for (const isMeasured of [true, false]) {
          const panel = await opened(context, { theme, width });
          await panel.show({ text: textOf(context, isMeasured, speaker), offer: isMeasured ? "none" : "main" });
          await panel.page.locator("#survival canvas").waitFor();
          assert.ok((await panel.page.evaluate(() => document.documentElement.scrollWidth)) <= width);
          assert.deepEqual(await violationsIn(panel), []);
          await panel.picture(`${theme}-${language}-${width}-${isMeasured ? "measured" : "unmeasured"}`);
          assert.deepEqual(panel.complaints, []);
        }
      });

test("it says the same in the same order as the page that stands alone, in a column of 720 pixels", async (context) => {
  const { page, show } = await opened(context);
  const text = textOf(context, true);
  await show({ text });
  assert.deepEqual(
    await page.locator("section").evaluateAll((sections) => sections.map(({ id }) => id)),
    text.sections.map(({ id }) => id),
  );
  assert.equal(await page.locator("h1").innerText(), text.headline);
  assert.deepEqual(
    await page.locator("h2").allInnerTexts(),
    text.sections.map(({ question }) => question),
  );
  assert.equal(await page.locator("main").evaluate((main) => main.getBoundingClientRect().width), 720);
});

test("by keyboard one goes from place to place of a chart, and each is said with all that is known of it", async (context) => {
  const { page, show } = await opened(context);
  const text = textOf(context, true);
  await show({ text });
  const steps = text.sections.find(({ id }) => id === "survival")?.data?.rows ?? [];
  const chart = page.getByRole("slider", { name: /share of accepted code that is alive/ });
  const said = (): Promise<string | null> => chart.getAttribute("aria-valuetext");
  await chart.focus();
  await page.keyboard.press("Home");
  assert.equal(
    await said(),
    `After 30 s · Alive ${steps[0]?.[1]} · 95% interval ${steps[0]?.[2]} · Watched so long ${steps[0]?.[3]}`,
  );
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  assert.match((await said()) ?? "", /^After 5 min · /);
  assert.equal(await page.locator("#survival .readout").innerText(), await said());
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowRight");
  assert.match((await said()) ?? "", /^After 24 h · /);
  assert.equal(await chart.getAttribute("aria-valuenow"), String(steps.length));
  await page.keyboard.press("Tab");
  assert.match(await page.locator("#survival .readout").innerText(), /^Point at the chart/);
});

test("pointing at a week tells of it, and with the pointer gone that one may", async (context) => {
  const { page, show } = await opened(context);
  await show({ text: textOf(context, true) });
  const chart = page.locator("#trend .live");
  const box = await chart.boundingBox();
  assert.ok(box);
  await chart.hover({ position: { x: box.width - 24, y: 100 } });
  assert.match(await page.locator("#trend .readout").innerText(), /^Week of Jul 13, 2026 · Shown \d+ · /);
  await page.locator("h1").hover();
  assert.match(await page.locator("#trend .readout").innerText(), /^Point at the chart/);
});

test("each chart has its table one key away, and what was open stays so when the page is made anew", async (context) => {
  const { page, show } = await opened(context);
  const text = textOf(context, true);
  await show({ text });
  for (const { id, chart } of text.sections) {
    if (!chart) continue;
    const table = page.locator(`#${id} details table`);
    assert.equal(await table.isVisible(), false, id);
    await page.locator(`#${id} summary`).focus();
    await page.keyboard.press("Enter");
    assert.equal(await table.isVisible(), true, id);
  }
  await page.locator("#funnel summary").press("Enter");
  await page.evaluate(() => window.scrollTo(0, 3_000));
  await page.waitForFunction(() => (window as unknown as { kept: { scrollPx: number } }).kept.scrollPx === 3_000);
  const kept = await page.evaluate(() => (window as unknown as { kept: unknown }).kept);
  const again = await opened(context, { kept });
  await again.show({ text });
  await again.page.locator("#trend canvas").waitFor();
  assert.equal(await again.page.locator("#survival details").getAttribute("open"), "");
  assert.equal(await again.page.locator("#funnel details").getAttribute("open"), null);
  assert.equal(await again.page.evaluate(() => window.scrollY), 3_000);
});

test("what is kept but is none of ours harms nothing", async (context) => {
  for (const kept of [null, 7, { scrollPx: "x", open: [1] }, { scrollPx: 5, open: ['"] *', "survival"] }]) {
    const panel = await opened(context, { kept });
    await panel.show({ text: textOf(context, false) });
    assert.deepEqual(panel.complaints, []);
  }
});

test("the same report read again moves nothing: an open table, the place and the focus stay", async (context) => {
  const { page, show } = await opened(context);
  const text = textOf(context, true);
  await show({ text });
  await page.locator("#ladder summary").press("Enter");
  await page.evaluate(() => window.scrollTo(0, 700));
  await show({ text, isReading: true });
  await show({ text, readWords: "As it is at 12:00:05" });
  assert.equal(await page.locator("#ladder details").getAttribute("open"), "");
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), "SUMMARY");
  assert.equal(await page.evaluate(() => window.scrollY), 700);
  assert.equal(await page.getByRole("status").innerText(), "As it is at 12:00:05");
});

test("reading is said after a moment, with a way to stop, and not where it takes none", async (context) => {
  const { page, show, heard } = await opened(context);
  await show({ isReading: true, readWords: "" });
  assert.equal(await page.getByRole("status").innerText(), "");
  assert.equal(await page.getByRole("button", { name: "Save as HTML…" }).isVisible(), false);
  await page.getByRole("button", { name: "Stop" }).click();
  assert.equal(await page.getByRole("status").innerText(), "Reading the ledger…");
  assert.deepEqual((await heard()).at(-1), { type: "stop" });
  await show({ isReading: false });
  assert.equal(await page.getByRole("button", { name: "Stop" }).isVisible(), false);
});

test("without an experiment that is said first, and both ways to learn more are there", async (context) => {
  const { page, show, heard } = await opened(context);
  await show({ text: textOf(context, false), offer: "main" });
  assert.match(await page.locator("h1").innerText(), /^Nobody knows yet/);
  assert.equal(await page.locator("section").first().getAttribute("id"), "waiting");
  await heard();
  for (const name of ["Start an experiment…", "What an experiment can show", "Refresh", "Save as HTML…", "Export…"])
    await page.getByRole("button", { name }).click();
  assert.deepEqual(
    (await heard()).map(({ type }) => type),
    ["start", "simulate", "refresh", "save", "export"],
  );
});

test("while an experiment goes on none is offered", async (context) => {
  const { page, show } = await opened(context);
  await show({ text: textOf(context, true), offer: "none" });
  assert.equal(await page.getByRole("button", { name: "Start an experiment…" }).count(), 0);
  assert.equal(await page.getByRole("button", { name: "Export…" }).isVisible(), true);
  // Nothing to pass on.
  await show({ text: undefined, offer: "none" });
  assert.equal(await page.getByRole("button", { name: "Export…" }).isVisible(), false);
});

test("what keeps it from being made is said with the way out, which names the content that it belongs to", async (context) => {
  const panel = await opened(context);
  await panel.heard();
  const words = "The report could not be made: another program holds the ledger's file.";
  await panel.show({ notice: { words, way: "Show where it is", isTrouble: true } });
  assert.equal(await panel.page.locator(".notice p").innerText(), words);
  // It has a name of its own beside the report's title, and is read out when it comes.
  const notice = panel.page.getByRole("region", { name: "Before you read it" });
  assert.deepEqual([await notice.count(), await notice.getAttribute("aria-live")], [1, "polite"]);
  await panel.page.getByRole("button", { name: "Show where it is" }).click();
  assert.deepEqual(await panel.heard(), [{ type: "way", id: 1 }]);
  assert.deepEqual(await violationsIn(panel), []);
  await panel.show({ text: textOf(context, false) });
  assert.equal(await panel.page.locator(".notice").isVisible(), false);
});

test("text is only ever text, whatever it looks like", async (context) => {
  const panel = await opened(context);
  const evil = `"><img src=x onerror="document.title='ran'"><script>document.title='ran'</script>{0}\u202e</table>`;
  const text = JSON.parse(
    JSON.stringify(textOf(context, true), (key: string, value: unknown) =>
      typeof value === "string" && !["id", "kind", "mark", "source", "language"].includes(key)
        ? `${evil}${value}`
        : value,
    ),
  ) as ReportText;
  await panel.show({ text, readWords: evil, notice: { words: evil, way: evil, isTrouble: false } });
  assert.equal(await panel.page.locator("img, main script").count(), 0);
  assert.equal(await panel.page.title(), "Productivity report");
  assert.deepEqual(panel.complaints, []);
  await panel.page.locator("#trend .live").press("End");
  assert.match((await panel.page.locator("#trend .live").getAttribute("aria-valuetext")) ?? "", /<script>/);
});

test("in print there are no buttons, and it is dark on white", async (context) => {
  const { page, show } = await opened(context, { theme: "dark" });
  await show({ text: textOf(context, false), offer: "main" });
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.getByRole("button").filter({ visible: true }).count(), 0);
  const { color, backgroundColor } = await page.evaluate(() => {
    const style = getComputedStyle(document.body);
    return { color: style.color, backgroundColor: style.backgroundColor };
  });
  assert.deepEqual([color, backgroundColor], ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]);
});

test("charts take the colours of another theme, and the width that there is", async (context) => {
  const { page, show } = await opened(context);
  await show({ text: textOf(context, true) });
  const canvas = page.locator("#survival canvas");
  await canvas.waitFor();
  const drawn = (): Promise<string> => canvas.evaluate((element) => (element as HTMLCanvasElement).toDataURL());
  const before = await drawn();
  await page.evaluate(() => {
    document.documentElement.style.setProperty("--vscode-charts-blue", "#00aa88");
    document.body.className = "vscode-dark";
  });
  await page.waitForFunction(
    (old) => document.querySelector<HTMLCanvasElement>("#survival canvas")?.toDataURL() !== old,
    before,
  );
  await page.setViewportSize({ width: 420, height: 900 });
  await page.waitForFunction(() => (document.querySelector("#survival .uplot")?.clientWidth ?? 999) <= 388);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 420);
});

test("no button cuts its words where somebody's letters are forced to be large", async (context) => {
  const panel = await opened(context);
  await panel.show({ text: textOf(context, true), offer: "none" });
  const cut = await panel.page.evaluate(() => {
    const style = new CSSStyleSheet();
    style.replaceSync("* { font-size: 30px !important; }");
    document.adoptedStyleSheets = [style];
    return [...document.querySelectorAll("button")].flatMap((button) => {
      const words = document.createRange();
      words.selectNodeContents(button);
      const [inner, outer] = [words.getBoundingClientRect(), button.getBoundingClientRect()];
      return inner.height > 0 && inner.height > outer.height ? [button.textContent] : [];
    });
  });
  assert.deepEqual(cut, []);
});

test("in high contrast, light or dark, what stands beside charts is as strong as the text", async (context) => {
  for (const name of ["vscode-high-contrast", "vscode-high-contrast-light"]) {
    const panel = await opened(context);
    await panel.show({ text: textOf(context, true), offer: "none" });
    const colours = await panel.page.evaluate((theme) => {
      document.body.className = theme;
      document.body.style.setProperty("--vscode-foreground", "rgb(1, 2, 3)");
      document.body.style.setProperty("--vscode-descriptionForeground", "rgb(120, 120, 120)");
      return [".note", "figcaption, .basis"].map(
        (one) => getComputedStyle(document.querySelector(one) ?? document.body).color,
      );
    }, name);
    assert.deepEqual(new Set(colours), new Set(["rgb(1, 2, 3)"]), name);
  }
});
