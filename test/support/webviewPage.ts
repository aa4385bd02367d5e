/** A built page of a webview in a browser, with its real policy, as VS Code would show it. */

import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { type Theme, themes } from "./themes.ts";

const root = join(import.meta.dirname, "..", "..");

export interface WebviewPage<Heard> {
  readonly page: Page;
  /** What the page has said since this was asked last. @throws where it may not say that */
  readonly heard: () => Promise<readonly Heard[]>;
  /** Errors of the page, breaches of its policy, and whatever it asked others for. */
  readonly complaints: readonly string[];
}

export interface WebviewOptions<Heard> {
  /** Of its script and its style in dist. */
  readonly name: "chat" | "report";
  readonly parse: (message: unknown) => Heard | undefined;
  /** What VS Code puts around a page has this colour of the theme: a view has none of its own. */
  readonly background: "editor-background" | "sideBar-background";
  readonly theme: keyof typeof themes;
  readonly width: number;
  readonly height: number;
  readonly language?: string;
  /** As it was kept when the page was there last. */
  readonly kept?: unknown;
}

declare global {
  interface Window {
    heard: unknown[];
    /** What the page has asked VS Code to keep. */
    kept?: unknown;
  }
}

export async function openWebviewPage<Heard>(
  browser: Browser,
  { name, parse, background, theme, width, height, language = "en", kept }: WebviewOptions<Heard>,
): Promise<WebviewPage<Heard>> {
  const origin = `https://${name}.test`;
  const page = await browser.newPage({ viewport: { width, height } });
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.route("**/*", async (route) => {
    const url = new URL(route.request().url());
    if (url.origin !== origin) complaints.push(`It asked for ${url.href}.`);
    if (url.pathname === "/")
      return route.fulfill({ contentType: "text/html", body: html(name, origin, themes[theme], language) });
    if (url.pathname === "/behind.css")
      return route.fulfill({ contentType: "text/css", body: `html { background: var(--vscode-${background}); }` });
    const file = join(root, "dist", url.pathname.slice(1));
    return route.fulfill(existsSync(file) ? { path: file } : { status: 404 });
  });
  await page.addInitScript((before) => {
    window.heard = [];
    let state: unknown = before;
    const host = {
      postMessage: (message: unknown) => window.heard.push(message),
      getState: () => state,
      setState: (next: unknown) => {
        state = next;
        window.kept = next;
      },
    };
    Object.assign(window, { acquireVsCodeApi: () => host });
  }, kept);
  await page.addInitScript((variables) => {
    const set = (): void => {
      for (const [variable, value] of Object.entries(variables))
        document.documentElement.style.setProperty(`--vscode-${variable}`, value);
    };
    if (document.documentElement) set();
    else document.addEventListener("readystatechange", set, { once: true });
  }, themes[theme].variables);
  await page.goto(`${origin}/`);
  return {
    page,
    heard: async () => {
      const messages = await page.evaluate(() => window.heard.splice(0));
      return messages.map((message) => {
        const parsed = parse(message);
        if (!parsed) throw new Error(`The page may not say ${JSON.stringify(message)}.`);
        return parsed;
      });
    },
    complaints,
  };
}

/** To be looked at: out/pictures/NAME.png. */
export async function picture(page: Page, name: string, options: { readonly fullPage?: boolean } = {}): Promise<void> {
  const path = join(root, "out", "pictures", `${name}.png`);
  mkdirSync(dirname(path), { recursive: true });
  await page.screenshot({ path, ...options });
}

function html(name: string, origin: string, { class: className }: Theme, language: string): string {
  const policy = `default-src 'none'; base-uri 'none'; form-action 'none'; style-src ${origin}; font-src ${origin}; script-src 'nonce-page'`;
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${origin}/behind.css">
<link rel="stylesheet" href="${origin}/${name}.css">
</head>
<body class="${className}">
<script nonce="page" src="${origin}/${name}.js"></script>
</body>
</html>`;
}
