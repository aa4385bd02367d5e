/** What tests of the chat's page begin with. */

import assert from "node:assert/strict";
import { after, before } from "node:test";
import type { Browser, Locator } from "playwright-core";
import type { ShownTurn, ToChatPage } from "../../src/extension/chatProtocol.ts";
import { launchBrowser } from "./browser.ts";
import { answer, type ChatPage, composer, openChatPage, question, thread } from "./chatPage.ts";

/** Gives each test of the file an empty thread in one browser, and fails where the browser complains. */
export function chatPages(): (use: (chat: ChatPage) => Promise<void>) => Promise<void> {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());
  return async (use) => {
    const chat = await openChatPage(browser, { width: 420 });
    try {
      await chat.say(thread([]), composer());
      await use(chat);
      assert.deepEqual(chat.complaints, []);
    } finally {
      await chat.close();
    }
  };
}

export const appended = (turn: string, text: string): ToChatPage => ({ type: "append", turn, text });

/** An answer that is being written. */
export async function begin({ say }: ChatPage, rest: Partial<ShownTurn> = {}): Promise<ShownTurn> {
  const asked = question("Why?");
  const running = answer("", { state: "running", ...rest });
  await say({ type: "turn", turn: asked, after: undefined }, { type: "turn", turn: running, after: asked.id });
  return running;
}

/** Of the last answer. */
export function textOf({ page }: ChatPage): Locator {
  return page.locator(".turn .text").last();
}
