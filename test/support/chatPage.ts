/** The built page of the chat in a browser, with its real policy, beside an extension that is a script. */

import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Browser, Page } from "playwright-core";
import type {
  ChatStrings,
  FromChatPage,
  ShownComposer,
  ShownTurn,
  ToChatPage,
} from "../../src/extension/chatProtocol.ts";
import { parseFromChatPage, parseToChatPage } from "../../src/extension/chatMessages.ts";
import { english } from "./chatStrings.ts";
import { type Theme, themes } from "./themes.ts";

const root = join(import.meta.dirname, "..", "..");
const ORIGIN = "https://chat.test";

export interface ChatPage {
  readonly page: Page;
  readonly say: (...messages: readonly ToChatPage[]) => Promise<void>;
  /** What the page has said since this was asked last. */
  readonly heard: () => Promise<readonly FromChatPage[]>;
  /** Waits for a message of this type and takes it with all before it. */
  readonly hear: <Type extends FromChatPage["type"]>(type: Type) => Promise<FromChatPage & { readonly type: Type }>;
  /** What the browser complained about: errors of the page and breaches of its policy. */
  readonly complaints: readonly string[];
  readonly picture: (name: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface ChatPageOptions {
  readonly theme?: keyof typeof themes;
  readonly strings?: ChatStrings;
  readonly width?: number;
  readonly height?: number;
  readonly language?: string;
}

declare global {
  interface Window {
    heard: unknown[];
  }
}

export async function openChatPage(browser: Browser, options: ChatPageOptions = {}): Promise<ChatPage> {
  const { theme = "dark", strings = english, width = 300, height = 700, language = "en" } = options;
  const page = await browser.newPage({ viewport: { width, height } });
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.route("**/*", async (route) => {
    const { pathname, origin } = new URL(route.request().url());
    if (origin !== ORIGIN) complaints.push(`It asked for ${route.request().url()}.`);
    if (pathname === "/") return route.fulfill({ contentType: "text/html", body: html(themes[theme], language) });
    // The side bar, in which a view has no colour of its own.
    if (pathname === "/behind.css")
      return route.fulfill({ contentType: "text/css", body: "html { background: var(--vscode-sideBar-background); }" });
    const file = join(root, "dist", pathname.slice(1));
    if (!existsSync(file)) return route.fulfill({ status: 404 });
    return route.fulfill({ path: file });
  });
  await page.addInitScript(() => {
    window.heard = [];
    let kept: unknown;
    const host = {
      postMessage: (message: unknown) => window.heard.push(message),
      getState: () => kept,
      setState: (state: unknown) => (kept = state),
    };
    Object.assign(window, { acquireVsCodeApi: () => host });
  });
  await page.addInitScript((variables) => {
    const set = (): void => {
      for (const [name, value] of Object.entries(variables))
        document.documentElement.style.setProperty(`--vscode-${name}`, value);
    };
    if (document.documentElement) set();
    else document.addEventListener("readystatechange", set, { once: true });
  }, themes[theme].variables);
  await page.goto(`${ORIGIN}/`);
  const say = async (...messages: readonly ToChatPage[]): Promise<void> => {
    for (const message of messages)
      if (!parseToChatPage(message)) throw new Error(`The extension may not say ${JSON.stringify(message)}.`);
    await page.evaluate((all) => {
      for (const message of all) window.dispatchEvent(new MessageEvent("message", { data: message }));
    }, messages);
  };
  const heard = async (): Promise<readonly FromChatPage[]> => {
    const messages = await page.evaluate(() => window.heard.splice(0));
    return messages.map((message) => {
      const parsed = parseFromChatPage(message);
      if (!parsed) throw new Error(`The page may not say ${JSON.stringify(message)}.`);
      return parsed;
    });
  };
  const hear: ChatPage["hear"] = async (type) => {
    await page.waitForFunction(
      (wanted) => window.heard.some((message) => (message as { readonly type: string }).type === wanted),
      type,
    );
    const found = (await heard()).findLast((message) => message.type === type);
    if (!found) throw new Error(`There is no ${type}.`);
    return found as FromChatPage & { readonly type: typeof type };
  };
  await hear("ready");
  await say({ type: "strings", strings });
  return {
    page,
    say,
    heard,
    hear,
    complaints,
    picture: async (name) => {
      const path = join(root, "out", "pictures", "chat", `${name}.png`);
      mkdirSync(dirname(path), { recursive: true });
      await page.screenshot({ path });
    },
    close: () => page.close(),
  };
}

function html({ class: className }: Theme, language: string): string {
  const policy = `default-src 'none'; base-uri 'none'; form-action 'none'; style-src ${ORIGIN}; font-src ${ORIGIN}; script-src 'nonce-page'`;
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${ORIGIN}/behind.css">
<link rel="stylesheet" href="${ORIGIN}/chat.css">
</head>
<body class="${className}">
<script nonce="page" src="${ORIGIN}/chat.js"></script>
</body>
</html>`;
}

let made = 0;

export function question(text: string, rest: Partial<ShownTurn> = {}): ShownTurn {
  return turn("question", text, rest);
}

export function answer(text: string, rest: Partial<ShownTurn> = {}): ShownTurn {
  return turn("answer", text, rest);
}

function turn(role: ShownTurn["role"], text: string, rest: Partial<ShownTurn>): ShownTurn {
  made += 1;
  return {
    id: `turn-${made}`,
    role,
    text,
    state: "done",
    stateWords: "",
    ways: [],
    chips: [],
    pieces: [],
    summary: "",
    tools: [],
    branch: 1,
    branches: 1,
    blockActions: ["copy", "insert", "apply", "open", "run"],
    blockNotes: [],
    ...rest,
  };
}

export function thread(
  turns: readonly ShownTurn[],
  rest: Partial<Extract<ToChatPage, { type: "thread" }>> = {},
): ToChatPage {
  return { type: "thread", id: "thread-1", title: "", turns, draft: "", questions: [], ...rest };
}

export function composer(rest: Partial<ShownComposer> = {}): ToChatPage {
  return {
    type: "composer",
    composer: {
      chips: [],
      model: "gpt-4.1",
      modelTitle: "",
      seesPictures: true,
      meter: "412 tok",
      meterTitle: "412 of 128,000 tokens",
      meterState: "fits",
      isBusy: false,
      ...rest,
    },
  };
}
