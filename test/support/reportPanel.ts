/** The built page of the report in a browser, with its real policy, beside an extension that is a script. */

import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Browser, Page } from "playwright-core";
import {
  type FromReportPage,
  parseFromReportPage,
  parseToReportPage,
  type ReportContent,
  type ToReportPage,
} from "../../src/extension/reportProtocol.ts";
import { type Theme, themes } from "./themes.ts";

const root = join(import.meta.dirname, "..", "..");
const ORIGIN = "https://report.test";

export interface ReportPanel {
  readonly page: Page;
  readonly say: (message: ToReportPage) => Promise<void>;
  readonly show: (content: Partial<ReportContent>) => Promise<void>;
  /** What the page has said since this was asked last. */
  readonly heard: () => Promise<readonly FromReportPage[]>;
  /** Errors of the page, breaches of its policy, and whatever it asked others for. */
  readonly complaints: readonly string[];
  readonly picture: (name: string) => Promise<void>;
}

export interface ReportPanelOptions {
  readonly theme?: keyof typeof themes;
  readonly width?: number;
  readonly height?: number;
  /** As it was kept when the page was there last. */
  readonly kept?: unknown;
}

const strings = {
  title: "Productivity report",
  toolbar: "What can be done with the report",
  reading: "Reading the ledger…",
  stop: "Stop",
  refresh: "Refresh",
  save: "Save as HTML…",
  export: "Export…",
  start: "Start an experiment…",
  simulate: "What an experiment can show",
  notice: "Before you read it",
  chartHint: "Point at the chart, or use the arrow keys in it, for the figures of each place.",
};

export async function openReportPanel(browser: Browser, options: ReportPanelOptions = {}): Promise<ReportPanel> {
  const { theme = "light", width = 900, height = 1_000, kept } = options;
  const page = await browser.newPage({ viewport: { width, height } });
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.route("**/*", async (route) => {
    const { pathname, origin } = new URL(route.request().url());
    if (origin !== ORIGIN) complaints.push(`It asked for ${route.request().url()}.`);
    if (pathname === "/") return route.fulfill({ contentType: "text/html", body: html(themes[theme]) });
    // What VS Code puts around a page has the editor's colour.
    if (pathname === "/behind.css")
      return route.fulfill({ contentType: "text/css", body: "html { background: var(--vscode-editor-background); }" });
    const file = join(root, "dist", pathname.slice(1));
    if (!existsSync(file)) return route.fulfill({ status: 404 });
    return route.fulfill({ path: file });
  });
  await page.addInitScript((before) => {
    window.heard = [];
    let state: unknown = before;
    const host = {
      postMessage: (message: unknown) => window.heard.push(message),
      getState: () => state,
      setState: (next: unknown) => {
        state = next;
        Object.assign(window, { kept: next });
      },
    };
    Object.assign(window, { acquireVsCodeApi: () => host });
  }, kept);
  await page.addInitScript((variables) => {
    const set = (): void => {
      for (const [name, value] of Object.entries(variables))
        document.documentElement.style.setProperty(`--vscode-${name}`, value);
    };
    if (document.documentElement) set();
    else document.addEventListener("readystatechange", set, { once: true });
  }, themes[theme].variables);
  await page.goto(`${ORIGIN}/`);
  const say = async (message: ToReportPage): Promise<void> => {
    if (!parseToReportPage(message)) throw new Error(`The extension may not say ${JSON.stringify(message)}.`);
    await page.evaluate((data) => void window.dispatchEvent(new MessageEvent("message", { data })), message);
  };
  let contents = 0;
  await say({ type: "strings", strings });
  return {
    page,
    say,
    show: (content) =>
      say({
        type: "content",
        content: {
          id: (contents += 1),
          isReading: false,
          readWords: "As it is at 12:00:00",
          notice: undefined,
          text: undefined,
          offer: "none",
          ...content,
        },
      }),
    heard: async () => {
      const messages = await page.evaluate(() => window.heard.splice(0));
      return messages.map((message) => {
        const parsed = parseFromReportPage(message);
        if (!parsed) throw new Error(`The page may not say ${JSON.stringify(message)}.`);
        return parsed;
      });
    },
    complaints,
    picture: async (name) => {
      const path = join(root, "out", "pictures", "report", `${name}.png`);
      mkdirSync(dirname(path), { recursive: true });
      await page.screenshot({ path, fullPage: true });
    },
  };
}

function html({ class: className }: Theme): string {
  const policy = `default-src 'none'; base-uri 'none'; form-action 'none'; style-src ${ORIGIN}; font-src ${ORIGIN}; script-src 'nonce-page'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${ORIGIN}/behind.css">
<link rel="stylesheet" href="${ORIGIN}/report.css">
</head>
<body class="${className}">
<script nonce="page" src="${ORIGIN}/report.js"></script>
</body>
</html>`;
}
