import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { FrameLocator, Page } from "playwright-core";
import { serve } from "../model/localServer.ts";
import { certificate } from "../support/certificate.ts";
import { fillingServer } from "../support/fillingServer.ts";
import { refusingProxy, secureServer } from "../support/troubledServers.ts";
import { copiedDiagnostics, openWorkbench, runCommand, screenshot, statusItem, type Workbench } from "./workbench.ts";

const KEY = "sk-test-0123456789";

function checkPage(page: Page): FrameLocator {
  return page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
}

/** The sentence of a step. */
function said(view: FrameLocator, words: string) {
  return view.locator(".words").filter({ hasText: words });
}

function row(view: FrameLocator, title: string) {
  return view.locator(".steps > li").filter({ has: view.locator(".title", { hasText: title }) });
}

async function withWorkbench(
  options: Parameters<typeof openWorkbench>[0] & { readonly theme: string },
  use: (workbench: Workbench) => Promise<void>,
): Promise<void> {
  const { theme, settings, ...rest } = options;
  const workbench = await openWorkbench({ ...rest, settings: { "workbench.colorTheme": theme, ...settings } });
  try {
    await use(workbench);
  } finally {
    await workbench.close();
  }
}

test("a wrong address and a misspelt model are named, and two clicks later everything is good", async () => {
  await using server = await serve(fillingServer({ models: [{ id: "qwen2.5-coder-7b", max_model_len: 32_768 }] }));
  const machineSettings = {
    "pairwise.model.suggestions": "vllm/qwen2.5-codr-7b",
    "pairwise.model.servers": { vllm: server.url },
    // Nothing but the check asks.
    "pairwise.model.warmUp": false,
  };
  await withWorkbench({ theme: "Default Dark Modern", machineSettings }, async ({ page }) => {
    await statusItem(page).click();
    await page.locator(".quick-input-list .monaco-list-row").filter({ hasText: "Check the model" }).click();
    const view = checkPage(page);
    await said(view, "its interface is at").waitFor();
    await screenshot(page, "check-wrong-address");
    assert.match(await row(view, "Filling in code").innerText(), /^Filling in code\W+Not checked$/);
    assert.equal(server.requests.filter(({ method }) => method === "POST").length, 0);

    await view.getByRole("button", { name: `Use ${server.url}/v1` }).press("Enter");
    await said(view, "The server has no model called qwen2.5-codr-7b. It has: qwen2.5-coder-7b.").waitFor();
    await screenshot(page, "check-misspelt");
    await view.getByRole("button", { name: "Use qwen2.5-coder-7b" }).click();
    await view.locator(".summary:not(:empty)").filter({ hasText: "Everything is good." }).waitFor();
    await screenshot(page, "check-good");
    assert.match(await row(view, "Speed").innerText(), /First text after [\d,.]+ ms/);
    // Who does not see it hears each step, and how it ended.
    const heard = await view.locator("[role=log] p").allInnerTexts();
    assert.ok(heard.includes("Context length. Good. 32,768 tokens, enough for the longest prompt."), heard.join("\n"));
    assert.equal(heard.at(-1), "Everything is good.");

    await runCommand(page, "View: Close All Editors");
    await runCommand(page, "Pairwise: Show What Was Sent");
    const sent = checkPage(page).locator("[role=option]").first();
    await sent.waitFor();
    assert.match(await sent.innerText(), /^Check/);
  });
});

test("of a model elsewhere the page says what it would send, and waits; in Chinese, narrow and in high contrast it is whole", async () => {
  const machineSettings = {
    "pairwise.model.suggestions": "own/large",
    "pairwise.model.servers": { own: "http://no-such-host.invalid:8000/v1" },
    "pairwise.model.warmUp": false,
  };
  const options = {
    theme: "Default High Contrast",
    locale: "zh-cn",
    size: { width: 468, height: 900 },
    machineSettings,
  };
  await withWorkbench(options, async ({ page }) => {
    await runCommand(page, "Pairwise: 检查模型");
    const view = checkPage(page);
    const start = view.getByRole("button", { name: "检查", exact: true });
    await start.waitFor();
    assert.equal(await view.locator(".steps > li").count(), 0);
    await screenshot(page, "check-waiting-chinese");
    await start.press("Enter");
    await said(view, "没有名为 no-such-host.invalid 的主机").waitFor();
    await view.locator(".summary:not(:empty)").waitFor();
    await screenshot(page, "check-chinese-high-contrast");
    const hasRoom = await view
      .locator("main")
      .evaluate((main) => main.scrollWidth <= document.documentElement.clientWidth);
    assert.ok(hasRoom);
    const words = await view.locator("main").innerText();
    const names =
      /no-such-host\.invalid|https?|pairwise\.[\w.]+|own\/large|own|large|token|ENOTFOUND|EAI_AGAIN|VPN|API|:8000\/v1/g;
    assert.doesNotMatch(words.replaceAll(names, ""), /[A-Za-z]/);
  });
});

test("a host that was not confirmed is not asked, also where another one was checked before", async () => {
  await using server = await serve(fillingServer({ models: [{ id: "coder", max_model_len: 32_768 }] }));
  const machineSettings = {
    "pairwise.model.suggestions": "vllm/coder",
    "pairwise.model.servers": { vllm: `${server.url}/v1`, far: "http://no-such-host.invalid:8000/v1" },
    "pairwise.model.warmUp": false,
  };
  await withWorkbench({ theme: "Default Light Modern", machineSettings }, async ({ page, dataFolder }) => {
    await runCommand(page, "Pairwise: Check the Model");
    const view = checkPage(page);
    await view.locator(".summary:not(:empty)").filter({ hasText: "Everything is good." }).waitFor();
    const file = join(dataFolder, "user", "Machine", "settings.json");
    writeFileSync(file, JSON.stringify({ ...machineSettings, "pairwise.model.suggestions": "far/large" }));
    // The editor looks at its file from time to time.
    await page.waitForTimeout(3_000);
    await view.getByRole("button", { name: "Check again" }).click();
    await view.getByText("requests to no-such-host.invalid:8000,").waitFor();
    await page.waitForTimeout(500);
    assert.equal(await view.locator(".steps > li").count(), 0);
    await screenshot(page, "check-another-host");
    await view.getByRole("button", { name: "Check", exact: true }).press("Enter");
    await said(view, "No host is called no-such-host.invalid").waitFor();
  });
});

test("in the editor itself the model of this machine is good, a proxy wants a log-in, and a certificate is self-signed", async () => {
  await using proxy = await refusingProxy();
  await using secure = await secureServer(certificate({ names: ["localhost"] }));
  const machineSettings = {
    "pairwise.model.fallbacks": ["far/large", "safe/large"],
    "pairwise.model.servers": { far: "https://models.example.invalid/v1", safe: `https://localhost:${secure.port}/v1` },
    "pairwise.model.warmUp": false,
  };
  const settings = { "http.proxy": proxy.url };
  await withWorkbench({ theme: "Default Dark Modern", settings, machineSettings }, async ({ page }) => {
    await runCommand(page, "Pairwise: Check the Model");
    const view = checkPage(page);
    await view.getByText("Sends up to 9 short requests to models.example.invalid,").waitFor();
    await view.getByRole("button", { name: "Check", exact: true }).click();
    await view.locator(".summary:not(:empty)").waitFor({ timeout: 120_000 });
    await screenshot(page, "check-three-models");
    const [local, far, safe] = await view.locator("section").allInnerTexts();
    assert.match(local ?? "", /The model fills holes, asked with the format smollm2-fim\./);
    assert.match(local ?? "", /tokens a second/);
    assert.doesNotMatch(local ?? "", /Wrong/);
    assert.match(far ?? "", /Proxy\W+Wrong\W+The proxy 127\.0\.0\.1:\d+ wants a user name and a password/);
    assert.match(safe ?? "", /Encryption\W+Wrong\W+The certificate of localhost:\d+ is self-signed/);
  });
});

test("the key that a server sends back in its errors is nowhere to be read", async () => {
  const whole = fillingServer({ key: KEY });
  await using server = await serve((request, response, body) => {
    if (request.headers.authorization === undefined || request.method === "GET") return whole(request, response, body);
    const error = { message: `This key may not be used for it: ${KEY}`, code: "forbidden_format" };
    response.writeHead(400, { "content-type": "application/json" }).end(JSON.stringify({ error }));
  });
  const machineSettings = {
    "pairwise.model.suggestions": "vllm/coder",
    "pairwise.model.servers": { vllm: `${server.url}/v1` },
    "pairwise.model.warmUp": false,
  };
  await withWorkbench({ theme: "Default Light Modern", machineSettings }, async ({ page, dataFolder }) => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await runCommand(page, "Pairwise: Check the Model");
    const view = checkPage(page);
    await said(view, "asks for an API key and none is stored").waitFor();
    await view.getByRole("button", { name: "Enter API key" }).click();
    const box = page.locator(".quick-input-widget input[type=password]");
    await box.fill(KEY);
    await page.keyboard.press("Enter");
    await said(view, "refused the request").waitFor();
    await view.locator(".summary:not(:empty)").waitFor();
    await screenshot(page, "check-light");
    assert.ok(server.requests.some(({ headers }) => headers.authorization === `Bearer ${KEY}`));

    await view.getByRole("button", { name: "Copy report" }).click();
    const report = await clipboard(page, /^Pairwise /);
    assert.match(report, /Filling in code: Wrong\..+\[request-refused\]/);
    const texts = [report, await view.locator("body").innerText(), await copiedDiagnostics(page)];
    await runCommand(page, "View: Close All Editors");
    await runCommand(page, "Pairwise: Show What Was Sent");
    const sent = checkPage(page);
    await sent.locator("[role=option]").first().click();
    texts.push(await sent.locator("body").innerText());
    await runCommand(page, "Pairwise: Show Log");
    texts.push(await page.locator("body").innerText());
    for (const text of texts) assert.ok(!text.includes(KEY), text);
    for (const file of filesBelow(dataFolder)) assert.ok(!file.text.includes(KEY), file.path);
    assert.ok(!report.includes(dataFolder));
  });
});

async function clipboard(page: Page, wanted: RegExp): Promise<string> {
  for (let look = 0; look < 100; look += 1) {
    const text = await page.evaluate(() => navigator.clipboard.readText());
    if (wanted.test(text)) return text;
    await page.waitForTimeout(50);
  }
  throw new Error("it did not get into the clipboard");
}

/** Settings, logs and whatever else the editor and the extension have written. */
function filesBelow(folder: string): readonly { readonly path: string; readonly text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => ({ path, text: readFileSync(path, "latin1") }));
}
